import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../local/carrier/clock.ts';
import { application, dial, script } from './kit/application.ts';

describe('a gather', () => {
  const menu = '<Gather numDigits="1" finishOnKey="" timeout="8" action="/key"><Say>Press</Say></Gather>';

  test('posts the key to its action, whose document replaces this one', async () => {
    const { events, asked } = await script({ '/': `${menu}<Say>never</Say>`, '/key': '<Say>Thanks</Say>' }, [
      '#',
    ]);
    expect(events).toEqual(['say Press', 'gathering 8', 'say Thanks', 'ended finished 1']);
    expect(asked[1]?.fields).toMatchObject({ Digits: '#', CallStatus: 'in-progress' });
  });

  test('without a key falls through to the next verb', async () => {
    const { events } = await script({ '/': `${menu}<Say>nobody</Say><Hangup/>` }, ['wait']);
    expect(events).toEqual(['say Press', 'gathering 8', 'say nobody', 'ended hangup 1']);
  });

  test('without a key posts none, where it says actionOnEmptyResult', async () => {
    const gather = '<Gather actionOnEmptyResult="true" action="key"/>';
    const { asked } = await script({ '/': gather, '/key': '' }, ['wait']);
    expect(asked[1]?.fields.Digits).toBe('');
  });

  test('waits its timeout after the sounds have ended', async () => {
    const app = await application({ '/': '<Gather timeout="8"><Pause length="2"/></Gather>' });
    const { events, call } = await dial(app.origin);
    expect(await call.ended).toEqual({ reason: 'finished', seconds: 10 });
    expect(events).toEqual(['gathering 8', 'ended finished 10']);
  });

  test('collects until the key that finishes, which it does not send', async () => {
    const pages = { '/': '<Gather><Say>Number?</Say></Gather>' };
    const answers = ['<Gather><Say>Number?</Say></Gather>', '<Hangup/>'];
    const { events, asked } = await script({ ...pages, '/': () => answers.shift() ?? '' }, ['1', '*', '#']);
    expect(asked[1]?.fields).toMatchObject({ Digits: '1*', FinishedOnKey: '#' });
    expect(events.filter((event) => event === 'gathering 5')).toHaveLength(3);
  });

  test('posts what it has when the next key does not come', async () => {
    const { asked } = await script({ '/': '<Gather numDigits="4" action="/key"/>', '/key': '' }, [
      '1',
      '2',
      'wait',
    ]);
    expect(asked[1]?.fields.Digits).toBe('12');
  });

  test('takes the finishing key alone for silence', async () => {
    const { events, asked } = await script({ '/': '<Gather action="/key"/><Say>none</Say>' }, ['#']);
    expect([events[1], asked.length]).toEqual(['say none', 1]);
  });

  test('stops its sounds at a key, and does not begin the others', async () => {
    const gather =
      '<Gather numDigits="1" action="/key"><Pause length="10"/><Say>b</Say><Say loop="0">c</Say></Gather>';
    const app = await application({ '/': gather, '/key': '<Hangup/>' });
    const clock = new VirtualClock({ byHand: true });
    const { call, events } = await dial(app.origin, { clock });
    await clock.settled();
    await clock.turn(3000);
    expect(call.press('1')).toBe(true);
    expect(await call.ended).toEqual({ reason: 'hangup', seconds: 3 });
    expect(events).toEqual(['ended hangup 3']);
  });

  test('loses the keys that nobody awaits', async () => {
    const app = await application({ '/': '<Pause/><Gather numDigits="1" action="/key"/>' });
    const clock = new VirtualClock({ byHand: true });
    const { call, events } = await dial(app.origin, { clock });
    await clock.settled();
    expect([call.press('1'), call.silence()]).toEqual([false, false]);
    await clock.turn(1000);
    expect(events).toEqual(['gathering 5']);
    call.hangup();
    await call.ended;
    expect(app.asked).toHaveLength(1);
  });

  test('starts its timeout again at each key', async () => {
    const app = await application({ '/': '<Gather timeout="5" action="/key"/>', '/key': '' });
    const clock = new VirtualClock({ byHand: true });
    const { call } = await dial(app.origin, { clock });
    await clock.settled();
    for (const key of ['1', '2', '3']) {
      await clock.turn(4999);
      expect(call.press(key)).toBe(true);
      await clock.turn(0);
    }
    await clock.turn(5000);
    await call.ended;
    expect(app.asked[1]?.fields.Digits).toBe('123');
  });

  test('hears no keys where it wants speech alone', async () => {
    const { asked } = await script({ '/': '<Gather input="speech" action="/key"/>' }, ['1', 'wait']);
    expect(asked).toHaveLength(1);
  });
});
