import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loudnessOf } from '../lib/media/loudness.ts';
import { createPace } from '../lib/media/pace.ts';
import { openPolly, SpeechRefused, SpeechUnavailable } from '../lib/media/polly.ts';
import { phoneRate } from '../lib/media/rendition.ts';
import { readWav } from '../lib/media/wav.ts';
import { readPublished } from '../lib/store/versions.ts';
import { createPolly, pollyPath } from '../local/polly.ts';
import { tonesOf } from '../local/tones.ts';
import { setUpApi } from './kit/office.ts';

/** Time that passes only where somebody waits. */
function handClock() {
  let at = Date.parse('2026-11-26T12:00:00.000Z');
  const slept: number[] = [];
  return {
    slept,
    now: () => at,
    async sleep(ms: number) {
      slept.push(ms);
      at += ms;
    },
  };
}

const flow = {
  ...{ schema: 1, id: 'speech', name: 'Speech', language: 'en-US' },
  nodes: {
    start: { type: 'start', exits: { next: 'welcome' } },
    welcome: {
      type: 'play',
      prompt: [
        { text: 'Welcome to IVR.' },
        { text: 'Guten Tag.', language: 'tr-TR', voice: 'Google.tr-TR-A' },
      ],
      exits: { next: 'menu' },
    },
    menu: {
      type: 'branch',
      prompt: { text: 'You are ${SystemCallerNumber}. Press 1.' },
      errorPrompt: { text: 'Please press 1.' },
      exits: { '1': 'end', timeout: 'end', errors: 'end' },
    },
    end: { type: 'end', prompt: { text: 'Goodbye.' } },
  },
};

describe('with SPEECH=polly', () => {
  const api = setUpApi({ speech: 'polly' });
  const sounds = async (version: number) => {
    const published = await readPublished(api.admin().table, 'speech', version);
    if (published === undefined) throw new Error(`There is no version ${version}.`);
    return published.sounds;
  };

  test('a draft is published once its texts are spoken, and keeps them', async () => {
    await api.ask('POST', '/api/flows', { name: 'Speech', id: 'speech' });
    await api.ask('PUT', '/api/flows/speech', flow, { 'if-match': '*' });
    const refused = await api.ask('POST', '/api/flows/speech/publish', {});
    expect(refused.status).toBe(422);
    const missing = refused.body.problems.filter(({ rule }: { rule: string }) => rule === 'speech-missing');
    expect(missing.map(({ node, field }: Record<string, string>) => `${node}.${field}`).toSorted()).toEqual([
      'end.prompt',
      'menu.errorPrompt',
      'welcome.prompt',
    ]);

    expect(await api.ask('POST', '/api/flows/speech/speech')).toMatchObject({
      status: 200,
      body: {
        ...{ done: 3, left: 0, failed: [] },
        carrier: [
          { node: 'welcome', field: 'prompt', reason: 'voice' },
          { node: 'menu', field: 'prompt', reason: 'variables' },
        ],
      },
    });
    expect(await api.ask('POST', '/api/flows/speech/publish', {})).toMatchObject({ status: 201 });
    const { speech } = await sounds(1);
    expect(Object.keys(speech)).toEqual([
      'en-US Polly.Joanna Welcome to IVR.',
      'en-US Polly.Joanna Please press 1.',
      'en-US Polly.Joanna Goodbye.',
    ]);
    for (const file of Object.values(speech)) {
      const sound = readWav(api.rendition(file) ?? Buffer.alloc(0));
      expect(sound.sampleRate).toBe(phoneRate);
      expect(loudnessOf(sound.channels[0] ?? new Float32Array(), phoneRate)).toBeCloseTo(-20, 0);
    }
  });

  test('a pronunciation counts from the next publish: the old version stays as it is', async () => {
    expect(await api.ask('POST', '/api/flows/speech/publish', {})).toMatchObject({ status: 409 });
    const words = [{ word: 'ivr', spokenAs: 'I V R' }];
    expect(await api.ask('PUT', '/api/pronunciations/en-US', { words })).toMatchObject({
      status: 200,
      body: { language: 'en-US', words, changedBy: 'ann', concerns: [{ flow: 'speech', name: 'Speech' }] },
    });
    expect(await api.ask('GET', '/api/pronunciations/en-us')).toMatchObject({ body: { words } });
    expect(await api.ask('POST', '/api/flows/speech/publish', {})).toMatchObject({
      status: 422,
      body: { problems: [{ rule: 'speech-missing', node: 'welcome', field: 'prompt' }] },
    });
    // Only what sounds different is made.
    expect((await api.ask('POST', '/api/flows/speech/speech')).body).toMatchObject({ done: 3, left: 0 });
    expect(await api.ask('POST', '/api/flows/speech/publish', {})).toMatchObject({ body: { version: 2 } });
    const [before, after] = [await sounds(1), await sounds(2)];
    const key = 'en-US Polly.Joanna Welcome to IVR.';
    expect(after.speech[key]).not.toBe(before.speech[key]);
    expect(after.speech['en-US Polly.Joanna Goodbye.']).toBe(before.speech['en-US Polly.Joanna Goodbye.']);
    expect([before.words, after.words]).toEqual([{}, { 'en-US': words }]);
    // It is live with them, and no text of it has the other word.
    const more = [...words, { word: 'Zebra', spokenAs: 'zee bra' }];
    const { body } = await api.ask('PUT', '/api/pronunciations/en-US', { words: more });
    expect(body.concerns).toEqual([]);
    await api.ask('PUT', '/api/pronunciations/en-US', { words });
  });

  test('a text that cannot be spoken names its node, and nothing goes live', async () => {
    const words = [{ word: 'Goodbye', spokenAs: 'bye '.repeat(40) }];
    await api.ask('PUT', '/api/pronunciations/en-US', { words });
    const long = {
      ...flow,
      nodes: { ...flow.nodes, end: { type: 'end', prompt: { text: 'Goodbye. '.repeat(300) } } },
    };
    await api.ask('PUT', '/api/flows/speech', long, { 'if-match': '*' });
    const { body } = await api.ask('POST', '/api/flows/speech/speech');
    expect(body).toMatchObject({ left: 0, failed: [{ node: 'end', field: 'prompt' }] });
    expect(body.failed[0].message).toContain('text length');
    expect(await api.ask('POST', '/api/flows/speech/publish', {})).toMatchObject({
      status: 422,
      body: { problems: [{ rule: 'speech-missing', node: 'end' }] },
    });
    expect((await api.ask('GET', '/api/flows?limit=1')).body.items[0]).toMatchObject({ live: 2 });
  });

  test.each([
    [
      [
        { word: 'a', spokenAs: 'x' },
        { word: 'A', spokenAs: 'y' },
      ],
      'words.1.word',
      'stands in the list twice',
    ],
    [[{ word: '\u202E', spokenAs: 'x' }], 'words.0.word', 'U+202E'],
    [Array.from({ length: 501 }, (_, n) => ({ word: `w${n}`, spokenAs: 'x' })), 'words', 'more than 500'],
  ])('pronunciations %# are refused', async (words, field, message) => {
    expect(await api.ask('PUT', '/api/pronunciations/zh-CN', { words })).toMatchObject({
      status: 422,
      body: { problems: [{ field, message: expect.stringContaining(message) }] },
    });
    expect((await api.ask('GET', '/api/pronunciations/zh-CN')).body.words).toEqual([]);
  });
});

describe('with SPEECH=carrier', () => {
  const api = setUpApi();
  const preview = (query: Record<string, string>) =>
    api.ask('GET', `/api/speech/preview?${new URLSearchParams(query)}`);

  test('nothing is made before a publish, and a version keeps how words are spoken', async () => {
    await api.ask('POST', '/api/flows', { name: 'Speech', id: 'speech' });
    await api.ask('PUT', '/api/flows/speech', flow, { 'if-match': '*' });
    expect(await api.ask('POST', '/api/flows/speech/speech')).toMatchObject({
      status: 409,
      body: { type: 'urn:branchline:error:speech-off' },
    });
    const words = [{ word: 'IVR', spokenAs: 'I V R' }];
    await api.ask('PUT', '/api/pronunciations/en-US', { words });
    await api.ask('PUT', '/api/pronunciations/zh-CN', { words });
    expect(await api.ask('POST', '/api/flows/speech/publish', {})).toMatchObject({ status: 201 });
    expect((await readPublished(api.admin().table, 'speech', 1))?.sounds).toEqual({
      ...{ audio: {}, speech: {}, words: { 'en-US': words } },
    });
  });

  test('a text is heard before it is saved', async () => {
    const token = await api.token(['viewer']);
    const path = `/api/speech/preview?${new URLSearchParams({ text: '您好', language: 'zh-CN' })}`;
    const answer = await fetch(api.url() + path, { headers: { authorization: `Bearer ${token}` } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'audio/wav']);
    const { channels, sampleRate } = readWav(new Uint8Array(await answer.arrayBuffer()));
    expect([sampleRate, channels[0]?.length]).toEqual([phoneRate, tonesOf('您好', phoneRate).length]);
  });

  test.each([
    [{ text: 'x'.repeat(301), language: 'en-US' }, 422],
    [{ text: '…', language: 'en-US' }, 422],
    [{ text: '${Name}', language: 'en-US' }, 422],
    [{ text: 'Hi', language: 'english please' }, 422],
    [{ text: 'Merhaba', language: 'sk-SK' }, 503],
    [{ text: 'Hi', language: 'en-US', voice: 'Google.en-US-Standard-A' }, 503],
  ])('a preview of %j is refused with %i', async (query, status) => {
    expect((await preview(query as Record<string, string>)).status).toBe(status);
  });
});

describe('Polly', () => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const clock = handClock();
  let failing = 0;
  let server: Server;
  let endpoint = '';
  beforeAll(async () => {
    const serve = createPolly({ credentials, now: () => new Date() });
    server = createServer((request, response) => {
      if (failing > 0) {
        failing -= 1;
        request.resume();
        response
          .writeHead(400, { 'content-type': 'application/json', 'x-amzn-errortype': 'ThrottlingException' })
          .end('{"message":"Rate exceeded"}');
        return;
      }
      void serve(request).then((answer) => {
        response.writeHead(answer?.status ?? 404, answer?.headers).end(answer?.body);
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}${pollyPath}`;
  });
  afterAll(() => server.close());
  const polly = (secretAccessKey = 'local') =>
    openPolly({ endpoint, region: 'us-east-1', credentials: { ...credentials, secretAccessKey } }, clock);
  const joanna = { voiceId: 'Joanna', engine: 'neural' } as const;

  test('speaks µ-law; an engine that has none is asked for PCM', async () => {
    const length = tonesOf('Hello 1', phoneRate).length;
    for (const engine of ['neural', 'long-form'] as const) {
      const samples = await polly()({ voiceId: 'Joanna', engine, text: 'Hello 1' });
      expect([engine, samples.length]).toEqual([engine, length]);
      expect(Math.max(...samples)).toBeCloseTo(0.3, 1);
    }
  });

  test('that is too busy is asked again, later each time, and given up in the end', async () => {
    failing = 3;
    clock.slept.length = 0;
    await polly()({ ...joanna, text: 'Hello' });
    expect(clock.slept.filter((ms) => ms >= 250)).toEqual([250, 500, 1000]);
    failing = 100;
    await expect(polly()({ ...joanna, text: 'Hello' })).rejects.toBeInstanceOf(SpeechUnavailable);
    expect(failing).toBe(94);
    failing = 0;
  });

  test('that refuses the text is not asked again; one that does not know us is unavailable', async () => {
    await expect(polly()({ ...joanna, text: 'x'.repeat(3001) })).rejects.toBeInstanceOf(SpeechRefused);
    await expect(polly('wrong')({ ...joanna, text: 'Hello' })).rejects.toBeInstanceOf(SpeechUnavailable);
  });

  test('is asked six times a second at the most', async () => {
    const slow = handClock();
    const turn = createPace(6, slow);
    const began = slow.now();
    for (let count = 0; count < 13; count += 1) await turn();
    expect(slow.now() - began).toBeCloseTo(2000, -1);
  });
});
