import { describe, expect, test } from 'vitest';
import { bindNumber } from '../lib/admin/numbers.ts';
import { check } from '../lib/engine/check.ts';
import { countryPrefix } from '../lib/flow/dial.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import { readLine } from '../lib/journal/read.ts';
import { recordOf } from '../lib/journal/record.ts';
import { claimHourly, mostHourly } from '../lib/store/calls/hourly.ts';
import { setUpVoice } from './kit/voice.ts';
import { actionOf, call, hear } from './kit/webhook.ts';

const { admin, load, publishFlow, lines } = setUpVoice();

/** A flow that dials, and says which exit was taken. */
function dialling(id: string, dial: Partial<FlowNode>, number?: string): Flow {
  const end = (text: string): FlowNode => ({ type: 'end', prompt: { text } });
  const values = [{ variable: 'Number', value: number ?? 'x' }];
  const exits = { next: 'next', busy: 'busy', 'no-answer': 'unanswered', failed: 'failed' };
  const nodes: Record<string, FlowNode> = {
    start: { type: 'start', exits: { next: 'set' } },
    set: { type: 'set', values, exits: { next: 'dial' } },
    dial: { type: 'dial', number: number === undefined ? '+15550177' : '${Number}', exits, ...dial },
    next: end('Next.'),
    busy: end('Busy.'),
    unanswered: end('No answer.'),
    failed: end('Failed.'),
  };
  return { schema: 1, id, name: id, nodes };
}

/** Callers of their own, so that the dials of one test do not count in another. */
let callers = 0;
const someone = () => ({
  ...call,
  CallSid: `CA${callers}`,
  From: `+1555020${String(callers++).padStart(4, '0')}`,
});

/** Publishes a flow under an id of its own, on a number; somebody calls it. */
async function on(drawn: Flow, number = '+15550120') {
  const flow = { ...drawn, id: `${drawn.id}-${callers}` };
  await publishFlow(flow);
  await bindNumber(admin(), number, flow.id);
  const from = { ...someone(), To: number };
  const handler = await load();
  return { from, handler, first: await hear(handler, '/voice/incoming', from) };
}

describe('an outside number', () => {
  test('rings after the prompt, with our number, its limits, and where its answer is told', async () => {
    const prompt = { text: 'Please hold.' };
    const { first } = await on(dialling('rings', { prompt, ringSeconds: 40, maxMinutes: 2 }));
    expect(first).toContain(
      '>Please hold.</Say><Dial callerId="+15550120" timeout="40" timeLimit="120" action="',
    );
    expect(first).toMatch(
      /<Number statusCallbackEvent="answered" statusCallback="[^"]+\/voice\/number" statusCallbackMethod="POST">\+15550177<\/Number><\/Dial><\/Response>$/,
    );
  });

  test("shows the caller's number if the flow says so, and ours for a withheld one", async () => {
    const { first, handler, from } = await on(dialling('shows', { callerId: 'caller' }), '+15550121');
    expect(first).toContain(`callerId="${from.From}"`);
    const hidden = await hear(handler, '/voice/incoming', { ...from, From: 'anonymous' });
    expect(hidden).toContain('callerId="+15550121"');
  });

  test.each([
    ['completed', 'Next.'],
    ['answered', 'Next.'],
    ['busy', 'Busy.'],
    ['no-answer', 'No answer.'],
    ['failed', 'Failed.'],
    ['canceled', 'Failed.'],
    ['', 'Failed.'],
  ])('goes on by how it went: %s', async (DialCallStatus, said) => {
    const { first, handler, from } = await on(dialling('ways', {}));
    const action = actionOf(first);
    const after = await hear(handler, action, { ...from, DialCallStatus });
    expect(after).toContain(`>${said}</Say>`);
    expect(await hear(handler, action, { ...from, DialCallStatus })).toBe(after);
  });

  test('takes `failed` for an exit that is not connected, then `next`', async () => {
    const only = await on(dialling('only', { exits: { next: 'next' } }));
    expect(
      await hear(only.handler, actionOf(only.first), { ...only.from, DialCallStatus: 'busy' }),
    ).toContain('Next.');
    const failed = await on(dialling('failing', { exits: { next: 'next', failed: 'failed' } }));
    const after = await hear(failed.handler, actionOf(failed.first), {
      ...failed.from,
      DialCallStatus: 'busy',
    });
    expect(after).toContain('Failed.');
  });

  test.each([
    ['', 'empty'],
    ['110', 'no E.164'],
    ['+110', 'too short'],
    ['+19005550123', 'premium'],
    ['+8613800138000', 'abroad'],
    ['+18765550123', 'another country within +1'],
    ['+15550100', 'bound here'],
    ['１５５５０１７７', 'fullwidth'],
  ])('is not dialled from a variable: "%s" is %s', async (number) => {
    const { first } = await on(dialling('variable', {}, number));
    expect(first).not.toContain('<Dial');
    expect(first).toContain('Failed.');
  });

  test('may be abroad if `DIAL_ALLOW` says so, and at home then only if it says that, too', async () => {
    const { from } = await on(dialling('abroad', {}, '+8613800138000'));
    const handler = await load({ DIAL_ALLOW: '+86' });
    expect(await hear(handler, '/voice/incoming', from)).toContain('>+8613800138000</Number>');
    await on(dialling('home', {}));
    expect(await hear(await load({ DIAL_ALLOW: '+86' }), '/voice/incoming', someone())).not.toContain(
      '<Dial',
    );
  });

  test('is dialled 20 times an hour for a caller; a webhook that comes twice is one dial', async () => {
    const { from, handler } = await on(dialling('often', {}));
    const arrive = (CallSid: string) => hear(handler, '/voice/incoming', { ...from, CallSid });
    for (let count = 1; count < mostHourly.dials; count += 1)
      expect(await arrive(`CB${count}`)).toContain('<Dial');
    expect(await arrive('CB1')).toContain('<Dial');
    expect(await arrive('CB20')).toContain('Failed.');
    const { table } = admin();
    const later = new Date(Date.now() + 3_601_000);
    expect(await claimHourly(table, 'dials', from.From, 'CB21', later)).toBe(true);
  });

  test('is dialled no more than that by calls that arrive together', async () => {
    const { table } = admin();
    const at = new Date();
    const claim = (name: string) => claimHourly(table, 'dials', '+15550999', name, at);
    for (let count = 0; count < mostHourly.dials - 1; count += 1) await claim(`CC${count}`);
    const last = await Promise.all(['a', 'b', 'c'].map(claim));
    expect(last.filter((each) => each)).toHaveLength(1);
  });
});

describe('a caller who hangs up', () => {
  const gone = { CallStatus: 'completed' };

  async function endOf(posts: (handled: Awaited<ReturnType<typeof on>>) => Promise<unknown>) {
    const called = await on(dialling('leaving', {}));
    await posts(called);
    const found = lines().flatMap((line) => {
      const read = readLine(line)?.entry;
      return read?.callSid === called.from.CallSid ? [read] : [];
    });
    const [first, ...rest] = found;
    if (first === undefined) throw new Error('There is no line.');
    return recordOf(called.from.CallSid, [first, ...rest]).endReason;
  }
  const answered = ({ handler, from }: Awaited<ReturnType<typeof on>>) =>
    hear(handler, '/voice/number', {
      ...call,
      CallSid: 'CAchild',
      ParentCallSid: from.CallSid,
      CallStatus: 'in-progress',
    });

  test.each([
    ['no-answer', 'hung-up-ringing'],
    ['canceled', 'hung-up-ringing'],
    ['completed', 'hung-up-talking'],
  ])('is told by the action: %s is %s', async (DialCallStatus, reason) => {
    const end = await endOf(async ({ handler, first, from }) => {
      const document = await hear(handler, actionOf(first), { ...from, ...gone, DialCallStatus });
      expect(document).toContain('<Response><Hangup/></Response>');
    });
    expect(end).toBe(reason);
  });

  test('is told by the status alone, in a talk if the number has answered', async () => {
    const status = ({ handler, from }: Awaited<ReturnType<typeof on>>) =>
      hear(handler, '/voice/status', { ...from, ...gone });
    expect(await endOf(status)).toBe('hung-up-ringing');
    const talking = await endOf(async (called) => {
      expect(await answered(called)).toContain('<Response/>');
      await status(called);
    });
    expect(talking).toBe('hung-up-talking');
  });
});

describe('check', () => {
  const rules = (number: string) =>
    check(dialling('checked', { number }))
      .filter(({ node }) => node === 'dial')
      .map(({ rule, severity }) => `${severity} ${rule}`);

  test('refuses an invalid or premium number; what a variable holds only calls can tell', () => {
    expect(rules('+15550177')).toEqual([]);
    expect(rules('110')).toEqual(['error bad-phone']);
    expect(rules('+19005550123')).toEqual(['error premium-number']);
    expect(rules('${Number}')).toEqual([]);
  });

  test.each([
    ['110', ['bad-phone']],
    ['', ['bad-phone']],
    ['+19005550123', ['premium-number']],
    ['+15550177', []],
    ['${SystemCallerNumber}', []],
  ])('holds the number that gets a message to the same: %s', (to, found) => {
    const flow = dialling('checked', { number: '+15550177' });
    const sms: FlowNode = { type: 'message', text: 'Here.', to, exits: { next: 'set' } };
    const start: FlowNode = { type: 'start', exits: { next: 'sms' } };
    const of = check({ ...flow, nodes: { ...flow.nodes, start, sms } });
    expect(of.filter(({ node }) => node === 'sms').map(({ rule }) => rule)).toEqual(found);
  });
});

test.each([
  ['+15550100', '+1'],
  ['+18765550100', '+1876'],
  ['+8613800138000', '+86'],
  ['+74951234567', '+7'],
  ['+35312345678', '+353'],
  ['+493012345678', '+49'],
  ['anonymous', undefined],
])('%s is in %s', (number, country) => {
  expect(countryPrefix(number)).toBe(country);
});
