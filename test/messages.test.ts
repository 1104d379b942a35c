import { describe, expect, test } from 'vitest';
import { bindNumber } from '../lib/admin/numbers.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import { type Answer, application } from './kit/application.ts';
import { exchange } from './kit/exchange.ts';
import { setUpVoice } from './kit/voice.ts';
import { actionOf, call, hear } from './kit/webhook.ts';

const { admin, load, publishFlow, lines } = setUpVoice();

/** A flow that sends a message, says what came of it, and sends it again for each key 1. */
function texting(id: string, settings: Partial<FlowNode> = {}): Flow {
  const menu = (text: string): FlowNode => ({ type: 'branch', prompt: { text }, exits: { 1: 'sms' } });
  const text = 'Hello ${SystemCallerNumber}';
  const nodes: Record<string, FlowNode> = {
    start: { type: 'start', exits: { next: 'sms' } },
    sms: { type: 'message', text, exits: { next: 'sent', failed: 'failed' }, ...settings },
    sent: menu('Sent.'),
    failed: menu('Failed.'),
  };
  return { schema: 1, id, name: id, nodes };
}

const sms = '/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json';
const taken: Answer = { status: 201, body: '{"sid":"SM1"}', headers: { 'content-type': 'application/json' } };
const refused: Answer = { ...taken, status: 400, body: '{"code":21610}' };

let callers = 0;

/** Somebody calls a flow that sends a message, before a carrier that answers so. */
async function called(flow: Flow, answer: Answer = taken, post: Record<string, string> = {}) {
  callers += 1;
  const id = `${flow.id}-${callers}`;
  await publishFlow({ ...flow, id });
  await bindNumber(admin(), '+15550130', id);
  const carrier = await application({ [sms]: answer });
  const handler = await load({ TWILIO_API_URL: carrier.origin });
  const number = `+1555030${String(callers).padStart(4, '0')}`;
  const from = { ...call, CallSid: `CS${callers}`, From: number, To: '+15550130', ...post };
  const arrive = (CallSid = from.CallSid) => hear(handler, '/voice/incoming', { ...from, CallSid });
  const sent = () => carrier.asked.map(({ fields }) => fields);
  return { from, handler, arrive, sent, first: await arrive() };
}

describe('a message', () => {
  test('goes to the caller from the number that was dialled', async () => {
    const { first, from, sent } = await called(texting('plain'));
    expect(first).toContain('Sent.');
    expect(sent()).toEqual([{ From: '+15550130', To: from.From, Body: `Hello ${from.From}` }]);
    expect(lines().slice(1).join()).not.toContain('Hello');
  });

  test('is sent once a call, however often its webhook comes or the caller comes back; another call gets its own', async () => {
    const { arrive, first, handler, from, sent } = await called(texting('once'));
    await arrive();
    const again = await hear(handler, actionOf(first), { ...from, Digits: '1' });
    expect(again).toContain('Sent.');
    expect(sent()).toHaveLength(1);
    await arrive('CSother');
    expect(sent()).toHaveLength(2);
  });

  test('that the carrier refuses takes `failed`, and does so again, without another try', async () => {
    const { first, handler, from, sent } = await called(texting('refused'), refused);
    expect(first).toContain('Failed.');
    expect(await hear(handler, actionOf(first), { ...from, Digits: '1' })).toContain('Failed.');
    expect(sent()).toHaveLength(1);
    const { first: open } = await called(texting('open', { exits: { next: 'sent' } }), refused);
    expect(open).toContain('Sent.');
  });

  test('whose answer is lost counts as sent: the caller is not sent another', async () => {
    const lost = { ...taken, body: '{"sid":', headers: { 'content-length': '100' } };
    const { first, handler, from, sent } = await called(texting('lost'), lost);
    expect(first).toContain('Sent.');
    expect(await hear(handler, actionOf(first), { ...from, Digits: '1' })).toContain('Sent.');
    expect(sent()).toHaveLength(1);
  });

  test.each([
    ['a withheld caller', {}, { From: 'anonymous' }],
    ['a premium number', { to: '${SystemCallerNumber}' }, { From: '+19005550123' }],
    ['a number abroad', { to: '+8613800138000' }, {}],
    ['one of our own', { to: '+15550100' }, {}],
    ['no number', { to: '${SystemCallerNumber}' }, { From: '110' }],
    ['nothing to say', { to: '+15550177', text: '${SystemCallerNumber}' }, { From: 'anonymous' }],
  ])('is not sent: %s', async (name, settings, post) => {
    const { first, sent } = await called(texting(name.replaceAll(' ', '-'), settings), taken, post);
    expect(first).toContain('Failed.');
    expect(sent()).toEqual([]);
  });

  test('is cut at 1,600 characters once it is filled', async () => {
    const drawn = texting('long', { text: '${Long}'.repeat(10) });
    const values = [{ variable: 'Long', value: '文'.repeat(250) }];
    const start: FlowNode = { type: 'start', exits: { next: 'set' } };
    const set: FlowNode = { type: 'set', values, exits: { next: 'sms' } };
    const { sent } = await called({ ...drawn, nodes: { ...drawn.nodes, start, set } });
    expect(sent()[0]?.Body).toBe('文'.repeat(1600));
  });

  test('is sent five times an hour for a caller', async () => {
    const { arrive, sent } = await called(texting('often'));
    for (const sid of ['CT2', 'CT3', 'CT4', 'CT5']) expect(await arrive(sid)).toContain('Sent.');
    expect(await arrive('CT6')).toContain('Failed.');
    expect(sent()).toHaveLength(5);
  });
});

describe('the embedded carrier', () => {
  const fields = { To: '+15550199', From: '+15550100', Body: 'Hello' };

  test('shows a message on the call of whom it goes to', async () => {
    const office = await exchange({ '/': '<Pause length="5"/>' });
    const heard: unknown[] = [];
    const ann = office.call('ann', (event) => void heard.push(event));
    expect(office.rest('POST', 'Messages.json', fields)).toMatchObject({
      status: 201,
      body: { status: 'queued' },
    });
    await ann.ended;
    expect(heard).toContainEqual({ event: 'message', from: '+15550100', text: 'Hello' });
  });

  test.each([
    [21211, { To: '110' }],
    [21212, { From: 'office' }],
    [21602, { Body: '' }],
    [21617, { Body: 'x'.repeat(1601) }],
  ])('refuses with %s what the carrier refuses', async (code, wrong) => {
    const office = await exchange({});
    expect(office.rest('POST', 'Messages.json', { ...fields, ...wrong })).toMatchObject({
      status: 400,
      body: { code },
    });
  });
});
