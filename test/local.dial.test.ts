import { describe, expect, test } from 'vitest';
import type { Page } from './kit/application.ts';
import { exchange } from './kit/exchange.ts';
import { type Holder, later } from './kit/handsets.ts';

/** An application with a queue. Callers come to `/`; agents are rung with `/agent`. */
const pages: Record<string, Page> = {
  '/': '<Say>Hold.</Say><Enqueue action="/left" waitUrl="/wait">sales</Enqueue>',
  '/wait': '<Pause length="10"/>',
  '/left': '<Say>Bye.</Say>',
  '/agent': '<Dial action="/dialled" timeout="5"><Queue url="/hello">sales</Queue></Dial>',
  '/hello': '<Say>Agent one.</Say>',
  '/dialled': '<Hangup/>',
};

const agent = { To: 'client:one', From: '+15550100' };

describe('a Dial of a queue', () => {
  /** An office whose agent answers, and says when to hang up. */
  async function staffed(more: Record<string, Page> = {}, hold: Holder = () => undefined) {
    const office = await exchange({ ...pages, ...more });
    office.register('one', 'client:one', (event, call) => {
      if (event.event === 'ringing') call.answer();
      hold(event, call);
    });
    const ring = () =>
      office.rest('POST', 'Calls.json', { ...agent, Url: `${office.origin}/agent` }).body.sid;
    return { ...office, ring };
  }

  test('takes the first caller, who hears the announcement; then the two talk until one hangs up', async () => {
    const office = await staffed({}, ({ event }, call) => {
      if (event === 'bridged') later(office.clock, 60, () => call.hangup());
    });
    const ann = office.call('ann', ({ event }, call) => {
      if (event === 'bridged') expect(call.say('Hello?')).toBe(true);
    });
    const bob = office.call('bob');
    let sid: unknown;
    later(office.clock, 12, () => {
      sid = office.ring();
    });
    await ann.ended;
    expect(office.of('ann')).toEqual([
      ...[
        'say Hold.',
        'queued sales',
        'say Agent one.',
        'bridged',
        'parted',
        'say Bye.',
        'ended finished 73',
      ],
    ]);
    expect(office.of('one')).toEqual(['ringing', 'bridged', 'said Hello?', 'parted', 'ended phone 61']);
    expect(office.fieldsOf('/hello')).toMatchObject([
      { CallSid: ann.sid, DequeingCallSid: sid, QueueTime: '11', QueueSid: expect.stringMatching(/^QU/) },
    ]);
    expect(office.fieldsOf('/dialled')).toMatchObject([
      {
        CallSid: sid,
        CallStatus: 'completed',
        Direction: 'outbound-api',
        DialCallStatus: 'completed',
        DialCallSid: ann.sid,
        DialCallDuration: '60',
        DialBridged: 'true',
      },
    ]);
    expect(office.fieldsOf('/left')).toMatchObject([{ QueueResult: 'bridged', CallStatus: 'in-progress' }]);
    bob.hangup();
    await bob.ended;
  });

  test('goes on with its action where the caller hangs up, whose own action is told too', async () => {
    const office = await staffed({ '/dialled': '<Say>They are gone.</Say>' });
    const ann = office.call('ann', ({ event }, call) => {
      if (event === 'bridged') later(office.clock, 30, () => call.hangup());
    });
    later(office.clock, 5, () => office.ring());
    await ann.ended;
    await office.clock.settled();
    expect(office.fieldsOf('/left')).toMatchObject([{ QueueResult: 'bridged', CallStatus: 'completed' }]);
    expect(office.fieldsOf('/dialled')).toMatchObject([
      { DialCallStatus: 'completed', CallStatus: 'in-progress' },
    ]);
    expect(office.of('one').slice(-2)).toEqual(['say They are gone.', 'ended finished 32']);
    expect(office.of('ann').at(-1)).toBe('ended phone 36');
  });

  test('waits for a caller, who is taken before any music', async () => {
    const office = await staffed();
    const first = office.call('ann');
    first.hangup();
    await first.ended;
    await office.call('bob', ({ event }, call) => {
      if (event === 'queued') call.hangup();
    }).ended;
    office.ring();
    const waits = office.fieldsOf('/wait').length;
    later(office.clock, 3, () => {
      const cat = office.call('cat', ({ event }) => {
        if (event === 'bridged') later(office.clock, 5, () => cat.hangup());
      });
    });
    await office.clock.settled();
    expect(office.of('cat')).toContain('bridged');
    expect(office.fieldsOf('/wait')).toHaveLength(waits);
  });

  test('comes to nothing where nobody waits, and where there is no such queue', async () => {
    const office = await staffed();
    office.ring();
    await office.clock.settled();
    expect(office.fieldsOf('/dialled')).toMatchObject([{ DialCallStatus: 'failed', DialBridged: 'false' }]);
    const ann = office.call('ann', ({ event }, call) => {
      if (event === 'queued') call.hangup();
    });
    await ann.ended;
    const from = office.clock.now();
    office.ring();
    await office.clock.settled();
    expect(office.fieldsOf('/dialled')[1]).toMatchObject({ DialCallStatus: 'no-answer' });
    expect(office.fieldsOf('/dialled')[1]?.DialCallSid).toBeUndefined();
    expect(office.log.at(-1)).toMatch(new RegExp(`^${Math.round(from / 1000) + 5} one ended hangup`));
  });

  test('of two agents, one gets the caller and the other waits', async () => {
    const office = await staffed({}, ({ event }, call) => {
      if (event === 'bridged') later(office.clock, 20, () => call.hangup());
    });
    office.register('two', 'client:two', ({ event }, call) => {
      if (event === 'ringing') call.answer();
    });
    const ann = office.call('ann');
    later(office.clock, 5, () => {
      office.ring();
      office.rest('POST', 'Calls.json', { ...agent, To: 'client:two', Url: `${office.origin}/agent` });
    });
    await ann.ended;
    expect(office.log.filter((line) => line.endsWith('bridged'))).toEqual(['6 ann bridged', '6 one bridged']);
    expect(office.fieldsOf('/dialled').map(({ DialCallStatus }) => DialCallStatus)).toEqual([
      'no-answer',
      'completed',
    ]);
  });

  test('the caller hangs up while they hear the announcement', async () => {
    const office = await staffed({ '/hello': '<Pause length="10"/>' });
    const ann = office.call('ann');
    later(office.clock, 5, () => office.ring());
    later(office.clock, 8, () => ann.hangup());
    await ann.ended;
    await office.clock.settled();
    expect(office.fieldsOf('/left')).toMatchObject([{ QueueResult: 'hangup', CallStatus: 'completed' }]);
    expect(office.fieldsOf('/dialled')).toMatchObject([
      { DialCallStatus: 'no-answer', DialBridged: 'false' },
    ]);
    expect(office.of('ann')).not.toContain('bridged');
  });

  test('the agent hangs up while the caller hears the announcement', async () => {
    const office = await staffed({ '/hello': '<Pause length="10"/>' }, ({ event }, call) => {
      if (event === 'ringing') later(office.clock, 3, () => call.hangup());
    });
    const ann = office.call('ann');
    later(office.clock, 5, () => office.ring());
    await ann.ended;
    expect(office.fieldsOf('/left')).toMatchObject([{ QueueResult: 'bridging-in-process' }]);
    expect(office.of('ann').slice(-2)).toEqual(['say Bye.', 'ended finished 8']);
  });

  test('both hang up in the moment of the bridge', async () => {
    const office = await staffed({ '/hello': '' }, ({ event }, call) => {
      if (event === 'bridged') call.hangup();
    });
    const ann = office.call('ann', ({ event }, call) => {
      if (event === 'bridged') call.hangup();
    });
    later(office.clock, 5, () => office.ring());
    await ann.ended;
    await office.clock.settled();
    expect(office.fieldsOf('/left')).toMatchObject([{ QueueResult: 'bridged', CallStatus: 'completed' }]);
    expect(office.fieldsOf('/dialled')).toMatchObject([
      { DialCallStatus: 'completed', DialCallDuration: '0' },
    ]);
    expect(office.log.filter((line) => line.includes('ended phone'))).toHaveLength(2);
  });

  test.each([
    ['hangupOnStar="true"', 'ended hangup 11'],
    ['timeLimit="20"', 'ended hangup 21'],
  ])('ends as %s says', async (attribute, end) => {
    const office = await staffed(
      { '/agent': `<Dial action="/dialled" ${attribute}><Queue url="/hello">sales</Queue></Dial>` },
      ({ event }, call) => {
        if (event === 'bridged') later(office.clock, 10, () => call.press('*'));
      },
    );
    const ann = office.call('ann');
    later(office.clock, 5, () => office.ring());
    await ann.ended;
    await office.clock.settled();
    expect(office.of('one').at(-1)).toBe(end);
  });

  test('a caller redirected out of the talk leaves the agent alone', async () => {
    const office = await staffed({ '/new': '<Say>New.</Say>', '/dialled': '<Say>Alone.</Say>' });
    const ann = office.call('ann', ({ event }, { sid }) => {
      if (event !== 'bridged') return;
      later(office.clock, 9, () =>
        office.rest('POST', `Calls/${sid}.json`, { Twiml: '<Response><Say>New.</Say></Response>' }),
      );
    });
    later(office.clock, 5, () => office.ring());
    await ann.ended;
    await office.clock.settled();
    expect(office.fieldsOf('/left')).toMatchObject([{ QueueResult: 'redirected-from-bridged' }]);
    expect(office.of('ann').slice(-3)).toEqual(['parted', 'say New.', 'ended finished 15']);
    expect(office.of('one')).toContain('say Alone.');
  });
});
