import { describe, expect, test } from 'vitest';
import { setUpCentre } from './kit/centre.ts';
import { attribute, pathOf } from './kit/phones.ts';
import { hear, type Post } from './kit/webhook.ts';

/**
 * Whole calls as carriers post them that speak TwiML but are not Twilio: no `QueueTime` or `QueuePosition` in a wait request,
 * which may come only once; no `initiated` of a leg; `QueueResult` in the action of a Dial, and no `DialCallSid`;
 * `CallStatus=completed` in the action of an Enqueue; times as RFC 3339 has them; ids that hold colons.
 */
const centre = setUpCentre();
const caller = 'v3:in_T02ll.x-1';
const leg = 'v3:out_T02ll.x-2';
const music = '<Play>https://phone.example.com/audio/hold-music-1.mp3</Play>';

/** What every post says. */
function posted(CallSid: string, more: Post = {}): Post {
  const Timestamp = centre.now().toISOString().replace('.000Z', '+00:00');
  const parties = { From: '+15550199', Caller: '+15550199', To: '+15550100', Called: '+15550100' };
  return {
    CallSid,
    AccountSid: 'AC1',
    ApiVersion: '2010-04-01',
    CallStatus: 'in-progress',
    Timestamp,
    ...parties,
    ...more,
  };
}

const post = (at: string, sid: string, more?: Post) => hear(centre.handler(), at, posted(sid, more));

/** An agent is online, and a call comes in: its way into the queue. */
async function open(To = '+15550100', ...agents: readonly (readonly [string, string])[]) {
  for (const id of ['sales', 'support']) await centre.group({ id, wrapUpSeconds: 30 });
  await centre.online('sales support', ['1001', 'sip:ann@phones.example'], ...agents);
  centre.account().rings.push({ status: 201, body: { sid: leg } });
  const queued = await post('/voice/incoming', caller, { To, CallStatus: 'ringing' });
  const action = attribute(queued, 'action');
  return {
    wait: () => post(attribute(queued, 'waitUrl'), caller, { To }),
    leaves: (more: Post) => post(action, caller, { To, ...more }),
  };
}

const ringForm = (index = 0) => centre.rings()[index]?.form ?? new URLSearchParams();
const answer = () => post(pathOf(ringForm().get('Url') ?? ''), leg);
const status = (CallStatus: string, index = 0) =>
  post(pathOf(ringForm(index).get('StatusCallback') ?? ''), leg, { CallStatus, CallDuration: '60' });

/** Answers, and meets the caller: what the caller hears, and the action of the agent's Dial. */
async function talk() {
  const dial = await answer();
  expect(dial).toContain('<Queue ');
  const heard = await post(attribute(dial, 'url'), caller);
  return { heard, dialled: (more: Post) => post(attribute(dial, 'action'), leg, more) };
}

const lastEntry = () =>
  centre.lines.flatMap((line) => JSON.parse(line).entries ?? []).findLast(({ node }) => node === 'agents');

describe('as other carriers post', () => {
  test('a talk that the agent ends leads on, and their wrap-up begins', async () => {
    const { wait, leaves } = await open();
    expect(await wait()).toContain(music);
    expect(ringForm().get('Url')).toMatch(/\/voice\/answered\?[A-Za-z0-9._~=&-]+$/);
    const { heard, dialled } = await talk();
    expect(heard).toContain('agent 1 0 0 1.');
    expect(await centre.state('1001')).toBe('talking');
    centre.pass(60);
    const bridged = { QueueResult: 'bridged', QueueSid: 'QU1', QueueTime: '0' };
    expect(await dialled({ DialCallStatus: 'completed', DialCallDuration: '60', ...bridged })).toContain(
      '<Hangup/>',
    );
    expect(await leaves(bridged)).toContain('>Goodbye.</Say><Hangup/>');
    await status('completed');
    expect(await centre.state('1001')).toBe('wrap-up');
    expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
    expect(await centre.waiting()).toEqual([]);
    expect(centre.rings()).toHaveLength(1);
    expect(centre.errors()).toEqual([]);
  });

  test('a talk that the caller ends is their hanging up', async () => {
    const { wait, leaves } = await open();
    await wait();
    const { dialled } = await talk();
    await leaves({ QueueResult: 'bridged', QueueTime: '0', CallStatus: 'completed' });
    expect(lastEntry()).toMatchObject({ end: 'hung-up-talking' });
    await dialled({ DialCallStatus: 'completed', QueueResult: 'bridged', CallStatus: 'completed' });
    await status('completed');
    expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
    expect(await centre.state('1001')).toBe('wrap-up');
  });

  test('a caller who hangs up while an agent rings stops the ring', async () => {
    const { wait, leaves } = await open();
    await wait();
    expect(await centre.state('1001')).toBe('ringing');
    await leaves({ QueueResult: 'hangup', QueueTime: '3', CallStatus: 'completed' });
    expect(lastEntry()).toMatchObject({ end: 'hung-up-ringing' });
    expect(centre.cancelled()).toEqual([leg]);
    await status('canceled');
    expect(await centre.state('1001')).toBe('available');
    expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
  });

  test('a caller who hung up before their wait request came is not rung for', async () => {
    const { wait, leaves } = await open();
    await leaves({ QueueResult: 'hangup', QueueTime: '0', CallStatus: 'completed' });
    expect(await wait()).toContain(music);
    expect(centre.rings()).toEqual([]);
    expect(await centre.waiting()).toEqual([]);
  });

  test('a caller has waited too long by our own clock, and it is told why they left', async () => {
    const { wait, leaves } = await open('+15550200');
    await wait();
    centre.pass(60);
    await status('ringing');
    expect(await wait()).toContain('<Play>');
    await status('no-answer');
    await centre.online('support', ['1002', 'client:bob']);
    expect(await wait()).toContain('<Response><Leave/></Response>');
    expect(centre.rings()).toHaveLength(1);
    expect(await leaves({ QueueResult: 'leave' })).toContain('>Nobody is here.</Say>');
    expect(lastEntry()).toMatchObject({ lost: 'waited-too-long' });
    expect(await centre.waiting()).toEqual([]);
  });

  test('a caller who asks for music only once is put through all the same, and hears their place', async () => {
    const { wait } = await open('+15550300');
    expect(await wait()).toContain('>You are number 1, 0 ahead.</Say>');
    centre.pass(15);
    expect((await talk()).heard).toContain('>Agent 1 0 0 1, 0 ahead.</Say>');
  });

  test.each(['no-answer', 'busy', 'failed'])(
    'a leg of which %s is told first is a miss, and the next agent is rung',
    async (how) => {
      const { wait } = await open('+15550100', ['1002', 'client:bob']);
      await wait();
      await status(how);
      expect(await centre.agent('1001')).toMatchObject({ misses: 1 });
      expect(centre.rungFor()).toEqual(['sip:ann@phones.example', 'client:bob']);
    },
  );

  test('a leg whose ring was taken without an answer of its id is known when it is answered', async () => {
    const { wait, leaves } = await open();
    centre.account().rings.splice(0);
    centre.account().rings.push({ status: 201, body: {} });
    await wait();
    expect((await talk()).heard).toContain('agent 1 0 0 1.');
    expect((await centre.agent('1001')).lease).toMatchObject({ phase: 'talking', leg });
    await leaves({ QueueResult: 'bridged', CallStatus: 'completed' });
    await status('completed');
    expect(await centre.state('1001')).toBe('wrap-up');
  });

  test('an agent who finds the queue empty hears so, which is no miss', async () => {
    const { wait, leaves } = await open();
    await wait();
    const dial = await answer();
    await leaves({ QueueResult: 'hangup', CallStatus: 'completed' });
    const empty = { DialCallStatus: 'no-answer', DialCallDuration: '0', QueueResult: '', QueueTime: '5' };
    expect(await post(attribute(dial, 'action'), leg, empty)).toContain('nobody else is waiting');
    await status('completed');
    expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
    expect(await centre.state('1001')).toBe('available');
  });
});
