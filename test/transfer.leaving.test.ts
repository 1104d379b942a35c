import { describe, expect, test } from 'vitest';
import { openFloor, serving } from './kit/floor.ts';

const closed = 'say 当前非工作时间，欢迎您于工作时间再次联系。';

describe('a caller who hangs up', () => {
  test('while they wait: the next one is served', async () => {
    const floor = await openFloor();
    floor.agent('1001', serving(floor, 2, 60));
    await floor.presence('1001', 'online');
    floor.caller('ann');
    const bob = floor.caller('bob');
    floor.caller('cat');
    floor.at(30, () => bob.hangup());
    await floor.over();
    expect(floor.of('bob')).not.toContain('bridged');
    expect(floor.of('cat')).toContain('bridged');
    expect(floor.of('1001').filter((line) => line === 'ringing')).toHaveLength(2);
  });

  test('while an agent is rung for them: the ring is cancelled, and that is no miss', async () => {
    const floor = await openFloor();
    floor.agent('1001');
    await floor.presence('1001', 'online');
    const ann = floor.caller('ann', { queued: () => floor.at(5, () => ann.hangup()) });
    await floor.over();
    expect(floor.of('1001')).toEqual(['ringing', 'ended canceled 0']);
    for (const caller of ['bob', 'cat', 'dan']) {
      const call = floor.caller(caller, { queued: () => floor.at(5, () => call.hangup()) });
      await floor.over();
    }
    expect((await floor.agents())['1001']).toMatchObject({ state: 'available', presence: 'online' });
  });

  test('while an agent is rung for them and another waits: the phone rings on for that one', async () => {
    const floor = await openFloor();
    floor.agent('1001', serving(floor, 12, 10));
    await floor.presence('1001', 'online');
    const ann = floor.caller('ann', { queued: () => floor.at(5, () => ann.hangup()) });
    floor.at(1, () => floor.caller('bob'));
    await floor.over();
    expect(floor.of('1001').filter((line) => line === 'ringing')).toHaveLength(1);
    expect(floor.of('bob')).toContain('bridged');
  });

  test('in the moment the agent answers: the agent hears that nobody waits', async () => {
    const floor = await openFloor();
    floor.agent('1001', {
      ringing: (call) =>
        floor.at(5, () => {
          call.answer();
          ann.hangup();
        }),
    });
    await floor.presence('1001', 'online');
    const ann = floor.caller('ann');
    await floor.over();
    expect(floor.of('1001')).toContain('say 来电者已挂机，目前没有其他来电等待。再见。');
    expect((await floor.agents())['1001']).toMatchObject({ state: 'available' });
  });

  test('while they talk: the agent is free for the next one', async () => {
    const floor = await openFloor();
    floor.agent('1001', { ringing: (call) => floor.at(2, () => call.answer()) });
    await floor.presence('1001', 'online');
    for (const caller of ['ann', 'bob']) {
      const call = floor.caller(caller, { bridged: () => floor.at(30, () => call.hangup()) });
    }
    await floor.over();
    expect(floor.of('ann').slice(-3)).toEqual(['bridged', 'parted', expect.stringMatching(/^ended phone/)]);
    expect(floor.of('bob')).toContain('bridged');
  });
});

describe('a caller who waits in vain', () => {
  test('hears so when they have waited too long', async () => {
    const floor = await openFloor({ transfer: { maxWaitSeconds: 60 } });
    floor.agent('1001', serving(floor, 2, 600));
    await floor.presence('1001', 'online');
    floor.caller('ann');
    const bob = floor.caller('bob');
    const { seconds } = await bob.ended;
    expect(floor.of('bob').slice(-2)).toEqual([closed, expect.stringMatching(/^ended hangup/)]);
    expect(seconds).toBeGreaterThan(60);
    expect(seconds).toBeLessThan(60 + 20 + 20);
    await floor.over();
  });

  test.each(['offline', 'break'] as const)('hears so when the last agent is %s', async (presence) => {
    const floor = await openFloor();
    floor.agent('1001', serving(floor, 2, 600));
    await floor.presence('1001', 'online');
    floor.caller('ann');
    const bob = floor.caller('bob');
    floor.at(30, () => floor.presence('1001', presence));
    const { seconds } = await bob.ended;
    expect(floor.of('bob').slice(-2)).toEqual([closed, expect.stringMatching(/^ended hangup/)]);
    expect(seconds).toBeLessThan(30 + 20 + 20);
    await floor.over();
    expect(floor.of('ann')).toContain('bridged');
    expect((await floor.agents())['1001']).toMatchObject({ state: presence });
  });
});

describe('a presence that changes', () => {
  test('while the agent is rung: the ring is cancelled at once, and the other one is rung', async () => {
    const floor = await openFloor();
    floor.agent('1001');
    floor.agent('1002', serving(floor, 2, 10));
    await floor.presence('1001', 'online');
    floor.at(1, () => floor.presence('1002', 'online'));
    floor.at(2, () =>
      floor.caller('ann', { queued: () => floor.at(8, () => floor.presence('1001', 'break')) }),
    );
    await floor.over();
    expect(floor.of('1001')).toEqual(['ringing', 'ended canceled 0']);
    const second = (pattern: RegExp) =>
      Number.parseInt(floor.log.find((line) => pattern.test(line)) ?? '', 10);
    expect(second(/1002 ringing/)).toBe(second(/1001 ended/));
    expect(floor.of('ann')).toContain('say 客服1 0 0 2号为您服务。');
  });

  test('in the moment the agent answers: the call is taken, and the change counts after it', async () => {
    const floor = await openFloor();
    const acts = serving(floor, 2, 30);
    const ringing = () => floor.at(2, () => floor.presence('1001', 'offline'));
    floor.agent('1001', { ...acts, ringing: (call) => [acts.ringing?.(call), ringing()] });
    await floor.presence('1001', 'online');
    floor.caller('ann');
    await floor.over();
    expect(floor.of('ann')).toContain('bridged');
    expect((await floor.agents())['1001']).toMatchObject({ state: 'offline' });
  });

  test('to online: who waits is connected at once', async () => {
    const floor = await openFloor();
    floor.agent('1001', serving(floor, 2, 600));
    floor.agent('1002', serving(floor, 2, 10));
    await floor.presence('1001', 'online');
    floor.caller('ann');
    floor.caller('bob');
    floor.at(53, () => floor.presence('1002', 'online'));
    await floor.over();
    expect(floor.log).toContain('53 1002 ringing');
    expect(floor.of('bob')).toContain('say 客服1 0 0 2号为您服务。');
  });
});
