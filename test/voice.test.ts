import { describe, expect, test, vi } from 'vitest';
import { bindNumber } from '../lib/admin/numbers.ts';
import { lineFormat } from '../lib/journal/line.ts';
import { setUpVoice } from './kit/voice.ts';
import { actionOf, call, eventOf, hear, publicUrl, tokens } from './kit/webhook.ts';

const { admin, load, publishFlow, lines, journal } = setUpVoice();

describe('a call', () => {
  test.each([
    ['POST, base64', {}],
    ['POST, plain', { base64: false }],
    ['GET', { method: 'GET' as const }],
  ])('goes from its number through its flow by %s', async (_, how) => {
    const handler = await load();
    const menu = await hear(handler, '/voice/incoming', call, how);
    const said = '<Say language="cmn-CN" voice="Polly.Zhiyu">';
    expect(menu).toMatch(/<Response><Gather [^>]*>/);
    expect(menu).toContain(`>${said}您好，欢迎致电。</Say>${said}转人工坐席接听请按1。</Say></Gather>`);
    expect(menu).toContain('timeout="60"');
    const wrong = await hear(handler, actionOf(menu), { ...call, Digits: '7' }, how);
    expect(wrong).toMatch(
      /<Gather[^>]*><Say[^>]*>输入错误.*<\/Say><Say[^>]*>转人工坐席接听请按1。<\/Say><\/Gather>/,
    );
    const silent = await hear(handler, actionOf(wrong), call, how);
    expect(silent).toMatch(
      /<Response><Say[^>]*>您的回复已超时，请挂断重新拨打。<\/Say><Hangup\/><\/Response>$/,
    );
  });

  test('keeps the version it began with, whatever is published meanwhile', async () => {
    const flow = (text: string) => ({
      schema: 1,
      id: 'moving',
      name: 'Moving',
      nodes: {
        start: { type: 'start', exits: { next: 'menu' } },
        menu: { type: 'branch', prompt: { text }, exits: { 1: 'menu' } },
      },
    });
    await publishFlow(flow('The first.'));
    await bindNumber(admin(), '+15550102', 'moving');
    const handler = await load();
    const first = await hear(handler, '/voice/incoming', { ...call, To: '+15550102' });
    await publishFlow(flow('The second.'));
    expect(await hear(handler, actionOf(first), { ...call, Digits: '1' })).toContain('The first.');
    expect(await hear(handler, '/voice/incoming', { ...call, To: '+15550102' })).toContain('The second.');
  });

  test('is answered alike when a webhook comes twice, late, or as the very same event', async () => {
    const handler = await load();
    const arrival = eventOf('/voice/incoming', call);
    const menu = await handler(arrival);
    expect(await handler(arrival)).toEqual(menu);
    const at = actionOf(menu.body ?? '');
    const pressed = await hear(handler, at, { ...call, Digits: '9' });
    const done = await hear(handler, actionOf(pressed), { ...call, Digits: '1' });
    expect(await hear(handler, at, { ...call, Digits: '9' }, { base64: false })).toBe(pressed);
    expect(await hear(await load(), actionOf(pressed), { ...call, Digits: '1' })).toBe(done);
  });

  test('reads nothing in a warm step: it goes on with the database gone', async () => {
    // The table takes the client's method when it is opened.
    const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
    const send = vi.spyOn(DynamoDBClient.prototype, 'send');
    const handler = await load();
    const menu = await hear(handler, '/voice/incoming');
    expect(send).toHaveBeenCalled();
    send.mockClear();
    expect(await hear(handler, actionOf(menu), { ...call, Digits: '7' })).toContain('输入错误');
    expect(send).not.toHaveBeenCalled();
    await hear(handler, '/voice/incoming');
    // A call that arrives reads its number and its flow, both again.
    expect(send.mock.calls.map(([command]) => command.constructor.name)).toEqual(['BatchGetItemCommand']);
  });
});

test.each(['sip:+15550100@pbx.example.com', '15550100'])(
  'a call to %s reaches the flow of +15550100, and its record names the number',
  async (To) => {
    expect(await hear(await load(), '/voice/incoming', { ...call, To })).toContain('<Gather');
    expect(journal()).toMatchObject([{ to: '+15550100' }]);
  },
);

describe('the signature', () => {
  test.each([
    ['of the first token', {}],
    ['of the second token', { token: tokens[1] ?? '' }],
    ['over the default port', { signedUrl: `${publicUrl}:443` }],
  ])('%s is taken', async (_, how) => {
    expect(await hear(await load(), '/voice/incoming', call, how)).toContain('<Gather');
  });

  test('of SignalWire is taken from a header of its own', async () => {
    const event = eventOf('/voice/incoming', call);
    const { 'x-twilio-signature': signature, ...headers } = event.headers;
    const post = (value: string | undefined) => ({
      ...event,
      headers: { ...headers, ...(value === undefined ? {} : { 'x-signalwire-signature': value }) },
    });
    const handler = await load();
    expect((await handler(post(signature))).body).toContain('<Gather');
    expect((await handler(post('AAAA'))).statusCode).toBe(403);
  });

  test('over the host that was asked is taken where the public URL is another', async () => {
    const handler = await load({ PUBLIC_URL: 'https://api.example.net' });
    const answer = await handler(eventOf('/voice/incoming', call));
    expect(answer.body).toContain('action="https://api.example.net/voice/step?');
  });

  test.each([
    ['none', { signature: undefined }],
    ['an empty one', { signature: '' }],
    ['one of another token', { token: 'another-token' }],
    ['one over another host', { signedUrl: 'https://phone.example.org' }],
    ['one over plain http', { signedUrl: publicUrl.replace('https', 'http') }],
    ['noise', { signature: '\u0000 not base64' }],
  ])('%s is refused, and nothing is written', async (_, how) => {
    const handler = await load();
    for (const path of [
      '/voice/incoming',
      '/voice/step',
      '/voice/fallback',
      '/voice/status',
      '/voice/nowhere',
    ]) {
      const answer = await handler(eventOf(path, call, how));
      expect(answer).toEqual({ statusCode: 403, body: 'Forbidden' });
    }
    expect(lines()).toEqual([]);
  });

  test('of a post whose fields were changed is refused', async () => {
    const handler = await load();
    const event = eventOf('/voice/incoming', call, { base64: false });
    const answer = await handler({ ...event, body: event.body?.replace('15550123', '15550124') ?? '' });
    expect(answer.statusCode).toBe(403);
  });
});

test.each(['completed', 'canceled', 'failed', 'busy', 'no-answer'])(
  'a step whose call is %s is a hang-up: no step is taken',
  async (CallStatus) => {
    const handler = await load();
    const menu = await hear(handler, '/voice/incoming');
    expect(await hear(handler, actionOf(menu), { ...call, CallStatus })).toMatch(/<Response\/>$/);
    const record = journal().slice(1);
    expect(record).toEqual([
      { journal: lineFormat, at: expect.any(String), callSid: call.CallSid, status: CallStatus },
    ]);
  },
);

test('a status callback is answered with nothing and journaled', async () => {
  const xml = await hear(await load(), '/voice/status', {
    ...call,
    CallStatus: 'completed',
    CallDuration: '12',
  });
  expect(xml).toMatch(/<Response\/>$/);
  expect(journal()).toMatchObject([{ status: 'completed', durationSeconds: 12 }]);
});

describe('the journal', () => {
  test('says what a call did: its number once, keys of a phone, and nothing else that was typed', async () => {
    const handler = await load();
    const menu = await hear(handler, '/voice/incoming');
    const wrong = await hear(handler, actionOf(menu), { ...call, Digits: '4111111111111111' });
    const again = await hear(handler, actionOf(wrong), { ...call, Digits: '*' });
    await hear(handler, actionOf(again), { ...call, Digits: '1', SpeechResult: 'my secret' });
    expect(journal()).toMatchObject([
      {
        from: '+15550123',
        to: '+15550100',
        entries: [{ node: 'start', exit: 'next' }, { node: 'welcome' }, { node: 'menu' }],
      },
      { entries: [{ node: 'menu', key: '?' }] },
      { entries: [{ node: 'menu', key: '*' }] },
      {
        entries: [
          { node: 'menu', key: '1', exit: '1' },
          { node: 'agents', exit: 'next' },
          { node: 'end', end: 'finished' },
        ],
      },
    ]);
    const common = { flow: 'phone-experience', version: 1, language: 'zh-CN' };
    expect(journal()[1]?.entries).toEqual([
      { ...common, node: 'menu', key: '?', heard: ['errorPrompt', 'prompt'], waits: 'keys' },
    ]);
    const written = lines().join('');
    expect(written.match(/15550123/g)).toHaveLength(1);
    expect(written).not.toMatch(/4111|secret|转人工/);
    for (const token of tokens) expect(written).not.toContain(token);
  });
});
