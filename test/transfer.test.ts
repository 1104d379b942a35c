import { describe, expect, test } from 'vitest';
import { type Acts, openFloor } from './kit/floor.ts';

const menu = ['say 您好，欢迎致电。', 'say 转人工坐席接听请按1。', 'gathering 60'];
const queued = ['say 正在为您转接，请稍后。', 'queued test-phone-experience', 'play hold-music-1.mp3'];
const closed = 'say 当前非工作时间，欢迎您于工作时间再次联系。';

type Floor = Awaited<ReturnType<typeof openFloor>>;

/** An agent who answers after some seconds and hangs up after a talk of some. */
function serving({ clock }: Floor, answers: number, talks: number): Acts {
  const soon = (seconds: number, act: () => unknown) => void clock.sleep(seconds * 1000).then(act);
  return {
    ringing: (call) => soon(answers, () => call.answer()),
    bridged: (call) => soon(talks, () => call.hangup()),
  };
}

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
});
