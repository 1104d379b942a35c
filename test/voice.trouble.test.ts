import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { saveDraft } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import type { Library } from '../lib/calls/library.ts';
import { createTokens } from '../lib/carrier/tokens.ts';
import { noSounds } from '../lib/flow/sounds.ts';
import type { HttpHandler } from '../lib/http.ts';
import { createQueue } from '../lib/queue/queue.ts';
import { openTable, type Table } from '../lib/store/table/table.ts';
import { startServer } from './kit/server.ts';
import { setUpVoice } from './kit/voice.ts';
import { actionOf, call, eventOf, hear, publicUrl, tokens } from './kit/webhook.ts';

const { admin, load, journal, lines } = setUpVoice();

const sorryEnglish = 'We are sorry';
const sorryChinese = '非常抱歉';

describe('the caller hears the apology', () => {
  const step =
    '/voice/step?cursor=1&flow=phone-experience&version=1&node=menu&waiting=1&step=1&language=zh-CN';

  test.each([
    ['of an unknown number', '/voice/incoming', { ...call, To: '+15559999' }, sorryEnglish, 'unknown-number'],
    ['of what is no number', '/voice/incoming', { ...call, To: 'sip:a@b' }, sorryEnglish, 'unknown-number'],
    ['of an unknown version', step.replace('version=1', 'version=77'), call, sorryChinese, 'unknown-version'],
    [
      'of an unknown flow',
      step.replace('phone-experience', 'nowhere'),
      call,
      sorryChinese,
      'unknown-version',
    ],
    [
      'of a cursor that cannot be read',
      step.replace('cursor=1', 'cursor=9'),
      call,
      sorryChinese,
      'bad-cursor',
    ],
    ['without a cursor', '/voice/step', call, sorryEnglish, 'bad-cursor'],
    ['of an unknown path', '/voice/constructor', call, sorryEnglish, 'unknown-path'],
  ])('%s', async (_, at, post, words, trouble) => {
    const xml = await hear(await load(), at, post);
    expect(xml).toContain(words);
    expect(xml).toMatch(/<Hangup\/><\/Response>$/);
    expect(journal()).toMatchObject([{ callSid: call.CallSid, trouble }]);
  });

  test('of an unknown node', async () => {
    expect(await hear(await load(), step.replace('node=menu', 'node=constructor'))).toContain(sorryChinese);
    expect(journal()).toMatchObject([{ entries: [{ node: 'constructor', end: 'fault', fault: 'no-node' }] }]);
  });

  test.each([
    ['zh-CN', 'en-US', sorryChinese],
    ['en-GB', 'zh-CN', sorryEnglish],
    ['fr-FR', 'zh-CN', sorryChinese],
  ])('of a flow in %s without a live version, by default in %s', async (language, unset, words) => {
    const handler = await load({ DEFAULT_LANGUAGE: unset });
    await saveDraft(admin(), { schema: 1, id: 'draft', name: 'Draft', language, nodes: {} }, { force: true });
    await bindNumber(admin(), '+15550103', 'draft');
    expect(await hear(handler, '/voice/incoming', { ...call, To: '+15550103' })).toContain(words);
    expect(journal()).toMatchObject([{ trouble: 'no-live-version' }]);
  });

  test('of a version that cannot be read, in the language of the flow that was reached', async () => {
    const handler = await serve(async () => {
      throw new Error('The table is too busy.');
    });
    expect(await hear(handler, '/voice/incoming')).toContain(sorryChinese);
    expect(journal()).toMatchObject([{ trouble: 'error', language: 'zh-CN' }]);
  });

  test('of a node whose code throws', async () => {
    const node = { type: 'play' };
    Object.defineProperty(node, 'prompt', {
      enumerable: true,
      get: () => {
        throw new Error('a bug');
      },
    });
    const nodes = { start: { type: 'start', exits: { next: 'node' } }, node };
    const flow = { schema: 1, id: 'broken', name: 'Broken', language: 'zh-CN', nodes } as const;
    const handler = await serve(async () => ({ flow, sounds: noSounds }));
    expect(await hear(handler, '/voice/incoming')).toContain(sorryChinese);
    expect(journal()).toMatchObject([
      { entries: [{ node: 'start' }, { node: 'node', end: 'fault', fault: 'threw' }] },
    ]);
    expect(JSON.parse(lines()[0] ?? '')).toMatchObject({
      ...{ level: 'error', path: '/voice/incoming', callSid: call.CallSid, requestId: 'request' },
      ...{ code: 'node-threw', message: 'Node "node" of broken, version 1, threw.' },
      causes: [
        {
          error: 'Error',
          frames: expect.arrayContaining([expect.stringMatching(/lib\/engine\/step\.ts:\d+/)]),
        },
      ],
    });
  });

  test('of a database that is down, in the language that the cursor tells', async () => {
    const handler = await load({ AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' });
    expect(await hear(handler, '/voice/incoming')).toContain(sorryEnglish);
    expect(await hear(handler, step)).toContain(sorryChinese);
    expect(journal()).toMatchObject([{ trouble: 'error' }, { trouble: 'error' }]);
  });

  test('of a database that does not answer within 2.5 s', async () => {
    const asked = Promise.withResolvers<void>();
    const mute = await startServer(() => asked.resolve());
    const handler = await load({ AWS_ENDPOINT_URL_DYNAMODB: mute.url });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answer = hear(handler, '/voice/incoming');
    await asked.promise;
    await vi.advanceTimersByTimeAsync(2500);
    expect(await answer).toContain(sorryEnglish);
    expect(journal()).toMatchObject([{ trouble: 'error' }]);
    expect(lines().join()).toContain('"error":"TimeoutError"');
    await mute.close();
  });

  test('when the carrier could not play a document, in the language of the call', async () => {
    const failed = { ...call, ErrorCode: '11200', ErrorUrl: `${publicUrl}${step}` };
    expect(await hear(await load(), '/voice/fallback', failed)).toContain(sorryChinese);
    expect(await hear(await load(), '/voice/fallback')).toContain(sorryEnglish);
    expect(journal()).toMatchObject([
      { trouble: 'carrier', code: '11200' },
      { trouble: 'carrier', code: '' },
    ]);
  });

  test('in DEFAULT_LANGUAGE where no flow was reached', async () => {
    const handler = await load({ DEFAULT_LANGUAGE: 'zh-CN' });
    expect(await hear(handler, '/voice/incoming', { ...call, To: '+15559999' })).toContain(sorryChinese);
  });
});

test('who hung up in a queue is said so, though the database does not answer', async () => {
  const asked = Promise.withResolvers<void>();
  const mute = await startServer(() => asked.resolve());
  const agents = { type: 'transfer', skillGroup: 'sales', exits: { next: 'agents' } };
  const flow = { schema: 1, id: 'mute', name: 'Mute', nodes: { agents } } as const;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const table = openTable('mute', { endpoint: mute.url, region: 'us-east-1', credentials });
  const handler = await serve(async () => ({ flow, sounds: noSounds }), table);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const at = '/voice/step?cursor=1&flow=mute&version=1&node=agents&waiting=1&step=1&language=en-US';
  const answer = hear(handler, at, {
    ...call,
    CallStatus: 'completed',
    QueueResult: 'hangup',
    QueueTime: '7',
  });
  await asked.promise;
  await vi.advanceTimersByTimeAsync(4000);
  await answer;
  expect(journal()).toMatchObject([{ entries: [{ node: 'agents', end: 'hung-up-waiting' }] }]);
  table.client.destroy();
  await mute.close();
});

describe('bad input', () => {
  test.each([
    ['two keys at once', { Digits: '12' }, '输入错误'],
    ['a key that no phone has', { Digits: 'A' }, '输入错误'],
    ['an empty key', { Digits: '' }, '已超时'],
    [
      'two of every field',
      { Digits: ['1', '2'], CallSid: ['CA1', 'CA2'], From: ['+15550123', '+15550124'] },
      '非工作时间',
    ],
    ['fields nobody knows', { __proto__: 'x', constructor: 'y', Digits: '9' }, '输入错误'],
    ['a post of 1 MB', { Digits: '9', Padding: 'x'.repeat(1024 * 1024) }, '输入错误'],
    ['a caller who is a page long', { From: '&'.repeat(100_000), Digits: '9' }, '输入错误'],
  ])('%s', async (_, fields, words) => {
    const handler = await load();
    const menu = await hear(handler, '/voice/incoming');
    expect(await hear(handler, actionOf(menu), { ...call, ...fields })).toContain(words);
  });

  test('random bytes are refused, and random signed posts are answered: never a 500', async () => {
    const handler = await load();
    const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
    const headers = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 });
    await fc.assert(
      fc.asyncProperty(bytes, fc.boolean(), headers, fc.string(), async (body, base64, more, query) => {
        const event = eventOf('/voice/step', call);
        const answer = await handler({
          ...event,
          rawQueryString: query,
          body: base64 ? body.toString('base64') : body.toString('latin1'),
          isBase64Encoded: base64,
          headers: { ...event.headers, ...more },
        });
        expect(answer.statusCode).toBe(403);
      }),
      { numRuns: 100 },
    );
    const posts = fc.dictionary(
      fc.oneof(fc.constantFrom('Digits', 'CallSid', 'From', 'To', 'CallStatus', 'ErrorUrl'), fc.string()),
      fc.oneof(fc.string({ unit: 'binary' }).map(wellFormed), fc.constantFrom('1', '#')),
    );
    const paths = fc.constantFrom('incoming', 'step', 'fallback', 'status', '', 'a/b', '__proto__');
    const queries = fc.stringMatching(/^[A-Za-z0-9._~=&%-]{0,60}$/);
    await fc.assert(
      fc.asyncProperty(paths, queries, posts, async (path, query, post) => {
        await hear(handler, `/voice/${path}?${query}`, post);
      }),
      { numRuns: 200 },
    );
  });
});

/** A form is UTF-8, which has no halves of surrogate pairs. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}

/** The function over one flow in Chinese, whose version is read so. */
async function serve(versionOf: Library['versionOf'], table: Table = admin().table): Promise<HttpHandler> {
  await load();
  const { createVoice } = await import('../lib/calls/app.ts');
  const { readQueueConfig, readVoiceConfig } = await import('../lib/config.ts');
  const now = () => new Date(0);
  return createVoice({
    config: readVoiceConfig(),
    tokens: createTokens(tokens, { onFault: () => expect.unreachable() }),
    library: {
      reachedBy: async () => ({ flow: 'broken', live: { version: 1, language: 'zh-CN' } }),
      liveVersionOf: async () => ({ version: 1, language: 'zh-CN' }),
      versionOf,
    },
    queue: createQueue(readQueueConfig(), { table, now, onFault: () => undefined }),
    now,
    write: (line) => process.stdout.write(line),
  });
}
