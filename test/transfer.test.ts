import { describe, expect, test } from 'vitest';
import type { Call } from '../local/carrier/call.ts';
import { type Acts, openFloor, serving } from './kit/floor.ts';

/** When the lines of a log that fit were written. */
function secondsOf(log: readonly string[], pattern: RegExp): number[] {
  return log.filter((line) => pattern.test(line)).map((line) => Number.parseInt(line, 10));
}

function secondOf(log: readonly string[], pattern: RegExp): number {
  const [first] = secondsOf(log, pattern);
  if (first === undefined) throw new Error(`nothing fits ${pattern}`);
  return first;
}

const menu = ['say 您好，欢迎致电。', 'say 转人工坐席接听请按1。', 'gathering 60'];
const queued = ['say 正在为您转接，请稍后。', 'queued test-phone-experience', 'play hold-music-1.mp3'];
const closed = 'say 当前非工作时间，欢迎您于工作时间再次联系。';

describe('a transfer', () => {
  test('to nobody: the caller hears so, and the call is over', async () => {
    const floor = await openFloor();
    floor.agent('1001');
    await floor.caller('ann').ended;
    expect(floor.of('ann')).toEqual([...menu, closed, expect.stringMatching(/^ended hangup/)]);
    expect(floor.of('1001')).toEqual([]);
    await floor.over();
  });

  test('to an agent: music, the staff number, a talk, and the flow goes on', async () => {
    const floor = await openFloor();
    floor.agent('1001', { ...serving(floor, 5, 60), said: (call) => call.say('您好！') });
    await floor.presence('1001', 'online');
    await floor.caller('ann', { bridged: (call) => call.say('你好？') }).ended;
    expect(floor.of('ann')).toEqual([
      ...[...menu, ...queued, 'say 客服1 0 0 1号为您服务。', 'bridged', 'said 您好！', 'parted'],
      expect.stringMatching(/^ended hangup/),
    ]);
    expect(floor.of('1001')).toEqual([
      ...['ringing', 'bridged', 'said 你好？', 'parted'],
      expect.stringMatching(/^ended phone/),
    ]);
    await floor.over();
    expect((await floor.agents())['1001']).toMatchObject({ state: 'available' });
  });

  test('goes to the agent who has been available longest, and to the other while they talk', async () => {
    const floor = await openFloor();
    floor.agent('1001', serving(floor, 2, 60));
    floor.agent('1002', serving(floor, 2, 10));
    await floor.presence('1002', 'online');
    floor.at(1, () => floor.presence('1001', 'online'));
    floor.at(2, () => floor.caller('ann'));
    floor.at(30, () => floor.caller('bob'));
    floor.at(100, () => floor.caller('cat'));
    await floor.over();
    const [ann, bob, cat] = ['ann', 'bob', 'cat'].map((caller) =>
      floor.of(caller).find((line) => /客服/.test(line)),
    );
    expect([ann, bob, cat]).toEqual([
      'say 客服1 0 0 2号为您服务。',
      'say 客服1 0 0 1号为您服务。',
      'say 客服1 0 0 2号为您服务。',
    ]);
  });

  test('wrap-up keeps an agent from being rung', async () => {
    const floor = await openFloor({ group: { wrapUpSeconds: 30 } });
    floor.agent('1001', serving(floor, 2, 10));
    await floor.presence('1001', 'online');
    floor.caller('ann');
    floor.at(5, () => floor.caller('bob'));
    await floor.over();
    const parted = secondOf(floor.log, /^\d+ 1001 ended/);
    const [, second = 0] = secondsOf(floor.log, /^\d+ 1001 ringing/);
    expect(second - parted).toBeGreaterThanOrEqual(30);
    expect(second - parted).toBeLessThanOrEqual(30 + 20);
  });

  test('the queue full: the caller hears so at once', async () => {
    const floor = await openFloor({ group: { maxQueue: 1 } });
    floor.agent('1001', serving(floor, 15, 10));
    await floor.presence('1001', 'online');
    floor.caller('ann');
    floor.at(12, () => floor.caller('bob'));
    await floor.over();
    expect(floor.of('ann')).toContain('bridged');
    expect(floor.of('bob').slice(3)).toEqual([closed, expect.stringMatching(/^ended hangup/)]);
  });
});

describe('an agent who does not take the call', () => {
  test('declines: the other one is rung, and the first one is behind them', async () => {
    const floor = await openFloor();
    floor.agent('1001', { ringing: (call) => call.decline() });
    floor.agent('1002', serving(floor, 2, 10));
    await floor.presence('1001', 'online');
    floor.at(1, () => floor.presence('1002', 'online'));
    floor.at(2, () => floor.caller('ann'));
    floor.at(60, () => floor.caller('bob'));
    await floor.over();
    expect(floor.of('ann')).toContain('say 客服1 0 0 2号为您服务。');
    expect(floor.of('bob')).toContain('say 客服1 0 0 2号为您服务。');
    expect(floor.of('1001')[0]).toBe('ringing');
    expect((await floor.agents())['1001']).toMatchObject({ state: 'available' });
  });

  test('does not answer: the other one is rung when the ring is over', async () => {
    const floor = await openFloor();
    floor.agent('1001');
    floor.agent('1002', serving(floor, 2, 10));
    await floor.presence('1001', 'online');
    floor.at(1, () => floor.presence('1002', 'online'));
    floor.at(2, () => floor.caller('ann'));
    await floor.over();
    expect(floor.of('1001')).toEqual(['ringing', 'ended no-answer 0']);
    const rung = secondOf(floor.log, /1001 ringing/);
    expect(secondOf(floor.log, /1002 ringing/)).toBe(rung + 20);
    expect(floor.of('ann')).toContain('bridged');
  });

  test('three times in a row: a break; with nobody else online the caller hears so', async () => {
    const floor = await openFloor();
    floor.agent('1001', { ringing: (call) => call.decline() });
    await floor.presence('1001', 'online');
    await floor.caller('ann').ended;
    await floor.over();
    expect(floor.of('1001').filter((line) => line === 'ringing')).toHaveLength(3);
    expect((await floor.agents())['1001']).toMatchObject({ presence: 'break' });
    expect(floor.of('ann')).toContain(closed);
  });

  test('has an endpoint that the carrier refuses, or that is not there', async () => {
    const floor = await openFloor({
      agents: { '1001': 'sip:nowhere', '1002': 'client:agent-1002', '1003': 'sip:a@b' },
    });
    floor.agent('1002', serving(floor, 2, 10));
    await floor.presence('1001', 'online');
    floor.at(1, () => floor.presence('1003', 'online'));
    floor.at(2, () => floor.presence('1002', 'online'));
    floor.at(3, () => floor.caller('ann'));
    await floor.over();
    expect(floor.of('ann')).toContain('say 客服1 0 0 2号为您服务。');
    expect(secondOf(floor.log, /ann bridged/)).toBeLessThan(20);
  });
});

describe('an agent who is asked to press 1', () => {
  const agents = { '1001': '+15550001', '1002': 'client:agent-1002' };

  test('takes the call with it', async () => {
    const floor = await openFloor({ agents });
    const acts = serving(floor, 2, 10);
    floor.agent('1001', { ...acts, gathering: (call) => call.press('1') }, '+15550001');
    await floor.presence('1001', 'online');
    await floor.caller('ann').ended;
    expect(floor.of('1001').slice(0, 4)).toEqual([
      'ringing',
      'say 有来电等待您接听，接听请按1。',
      'gathering 10',
      'bridged',
    ]);
    expect(floor.of('ann')).toContain('say 客服1 0 0 1号为您服务。');
    await floor.over();
  });

  test.each<[string, Acts]>([
    ['another key', { gathering: (call) => call.press('2') }],
    ['nothing', { gathering: () => undefined }],
    ['hanging up', { gathering: (call) => call.hangup() }],
  ])('%s is a miss, and the caller keeps the music', async (_, acts) => {
    const floor = await openFloor({ agents });
    floor.agent('1001', { ringing: (call) => call.answer(), ...acts }, '+15550001');
    floor.agent('1002', serving(floor, 2, 10));
    await floor.presence('1001', 'online');
    floor.at(1, () => floor.presence('1002', 'online'));
    floor.at(2, () => floor.caller('ann'));
    await floor.over();
    expect(floor.of('1001')).toContain('gathering 10');
    expect(floor.of('1001')).not.toContain('bridged');
    expect(floor.of('ann')).toContain('say 客服1 0 0 2号为您服务。');
  });

  test('hears in words that nobody waits any more', async () => {
    const floor = await openFloor({ agents });
    const gathering = (call: Call) => {
      ann.hangup();
      floor.at(1, () => call.press('1'));
    };
    floor.agent('1001', { ringing: (call) => call.answer(), gathering }, '+15550001');
    await floor.presence('1001', 'online');
    const ann = floor.caller('ann');
    await floor.over();
    expect(floor.of('1001')).toContain('say 来电者已挂机，目前没有其他来电等待。再见。');
    expect((await floor.agents())['1001']).toMatchObject({ state: 'available' });
  });
});
