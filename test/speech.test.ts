import { describe, expect, test } from 'vitest';
import { loudnessOf } from '../lib/media/loudness.ts';
import { phoneRate } from '../lib/media/sound.ts';
import { readWav } from '../lib/media/wav.ts';
import { readPublished } from '../lib/store/flows/versions.ts';
import { tonesOf } from '../local/aws/tones.ts';
import { setUpApi } from './kit/api.ts';

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
      'end.prompt.text',
      'menu.errorPrompt.text',
      'welcome.prompt.0.text',
    ]);

    expect(await api.ask('POST', '/api/flows/speech/speech')).toMatchObject({
      status: 200,
      body: {
        ...{ done: 3, left: 0, failed: [] },
        carrier: [
          { node: 'welcome', field: 'prompt.1.text', reason: 'voice' },
          { node: 'menu', field: 'prompt.text', reason: 'variables' },
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
      body: { problems: [{ rule: 'speech-missing', node: 'welcome', field: 'prompt.0.text' }] },
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

  test('a text that Polly refuses names its node with the reason, and nothing goes live', async () => {
    const unknown = { type: 'end', prompt: { text: 'Goodbye.', voice: 'Polly.Nobody' } };
    const changed = { ...flow, nodes: { ...flow.nodes, end: unknown } };
    await api.ask('PUT', '/api/flows/speech', changed, { 'if-match': '*' });
    const { body } = await api.ask('POST', '/api/flows/speech/speech');
    expect(body).toMatchObject({ done: 2, left: 0, failed: [{ node: 'end', field: 'prompt.text' }] });
    expect(body.failed[0].message).toContain('VoiceId');
    const refused = await api.ask('POST', '/api/flows/speech/publish', {});
    expect(refused).toMatchObject({
      status: 422,
      body: { problems: [{ rule: 'speech-missing', node: 'end' }] },
    });
    expect(refused.body.problems[0].message).toContain('VoiceId');
    expect((await api.ask('GET', '/api/flows?limit=1')).body.items[0]).toMatchObject({ live: 2 });
  });

  test('a text that its pronunciations make wrong is not asked for, and keeps the flow from going live', async () => {
    const words = [
      { word: 'Goodbye', spokenAs: '' },
      { word: 'ha', spokenAs: 'ha '.repeat(60).trim() },
    ];
    await api.ask('PUT', '/api/pronunciations/en-US', { words });
    const nodes = { ...flow.nodes, welcome: { ...flow.nodes.welcome, prompt: { text: 'ha '.repeat(50) } } };
    await api.ask('PUT', '/api/flows/speech', { ...flow, nodes }, { 'if-match': '*' });
    const places = [
      { node: 'welcome', field: 'prompt.text', message: expect.stringContaining('3,000 characters') },
      {
        node: 'end',
        field: 'prompt.text',
        message: expect.stringContaining('nothing that a voice can speak'),
      },
    ];
    expect(await api.ask('POST', '/api/flows/speech/speech')).toMatchObject({
      body: { done: 1, left: 0, failed: places },
    });
    expect(await api.ask('POST', '/api/flows/speech/publish', {})).toMatchObject({
      status: 422,
      body: { problems: places.map((place) => ({ ...place, rule: 'pronounced' })) },
    });
  });

  test('a draft in any state can be asked for its speech', async () => {
    const nodes = {
      ...flow.nodes,
      welcome: { type: 'play', prompt: [], exits: {} },
      menu: { type: 'branch', exits: {} },
      end: { type: 'end', prompt: [{ text: '' }, { text: '…' }] },
      later: { type: 'not-yet-known', prompt: { text: 'Hello.' } },
    };
    expect(await api.ask('PUT', '/api/flows/speech', { ...flow, nodes }, { 'if-match': '*' })).toMatchObject({
      status: 200,
    });
    expect(await api.ask('POST', '/api/flows/speech/speech')).toMatchObject({
      status: 200,
      body: { done: 0, left: 0, failed: [], carrier: [] },
    });
    expect(await api.ask('POST', '/api/flows/nobody/speech')).toMatchObject({ status: 404 });
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
