import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { beforeAll, expect, test, vi } from 'vitest';
import { saveDraft } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { setLive } from '../lib/admin/publish.ts';
import type { HttpHandler } from '../lib/http.ts';
import { setUpApi } from './kit/api.ts';
import { loadFunction } from './kit/loadfunction.ts';
import { actionOf, call, hear, publicUrl, tokens } from './kit/webhook.ts';

const api = setUpApi({ speech: 'polly' });
const post = { ...call, To: '+15550188' };

/** The voice function beside the admin function, on the same table. */
let voice: HttpHandler;
beforeAll(async () => {
  const environment = {
    ...{ PUBLIC_URL: publicUrl, AUDIO_URL: `${publicUrl}/audio`, DEFAULT_LANGUAGE: 'en-US' },
    TWILIO_AUTH_TOKEN: tokens.join(','),
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  voice = await loadFunction('voice');
});

function flow(welcome: string) {
  return {
    ...{ schema: 1, id: 'heard', name: 'Heard', language: 'en-US' },
    nodes: {
      start: { type: 'start', exits: { next: 'hello' } },
      hello: { type: 'play', prompt: { text: welcome }, exits: { next: 'menu' } },
      menu: {
        type: 'branch',
        prompt: [{ text: 'Press 1.' }, { text: 'You are ${SystemCallerNumber}.' }],
        exits: { '1': 'bye' },
      },
      bye: { type: 'end', prompt: { text: 'Goodbye from IVR.' } },
    },
  };
}

async function publish(welcome: string) {
  await saveDraft(api.admin(), flow(welcome), { force: true });
  expect((await api.ask('POST', '/api/flows/heard/speech')).body).toMatchObject({ left: 0, failed: [] });
  expect(await api.ask('POST', '/api/flows/heard/publish', {})).toMatchObject({ status: 201 });
}

const arrive = () => hear(voice, '/voice/incoming', post);
const plays = (xml: string) =>
  Array.from(xml.matchAll(/<Play>https:\/\/phone\.example\.com\/audio\/(s-[0-9a-f]{32}\.wav)<\/Play>/g)).map(
    ([, file = '']) => file,
  );

test('callers hear the files that were made, in the menu, too; what names variables is spoken', async () => {
  await publish('Welcome.');
  await bindNumber(api.admin(), '+15550188', 'heard');
  const welcome = await arrive();
  const files = plays(welcome);
  expect(files).toHaveLength(2);
  for (const file of files) expect(api.rendition(file)?.subarray(0, 4).toString()).toBe('RIFF');
  expect(welcome).toMatch(/<Gather[^>]*><Play>[^<]*<\/Play><Play>[^<]*<\/Play><Say[^>]*>You are 1 5 5/);
  expect(welcome).not.toContain('Welcome.');
  const bye = await hear(voice, actionOf(welcome), { ...post, Digits: '1' });
  expect(plays(bye)).toHaveLength(1);
});

test('a step whose version was read before asks nobody for anything', async () => {
  const menu = actionOf(await arrive());
  let asked = 0;
  const count = () => {
    asked += 1;
  };
  subscribe('http.client.request.start', count);
  try {
    expect(plays(await hear(voice, menu, { ...post, Digits: '1' }))).toHaveLength(1);
    expect(asked).toBe(0);
    await arrive();
    expect(asked).toBeGreaterThan(0);
  } finally {
    unsubscribe('http.client.request.start', count);
  }
});

test('a version stays as it was heard, whatever is edited, pronounced or published after it', async () => {
  const before = await arrive();
  const menu = actionOf(before);
  const bye = await hear(voice, menu, { ...post, Digits: '1' });
  await saveDraft(api.admin(), flow('Hello!'), { force: true });
  const words = [{ word: 'IVR', spokenAs: 'I V R' }];
  await api.ask('PUT', '/api/pronunciations/en-US', { words });
  expect(await arrive()).toBe(before);
  await publish('Hello!');
  const after = await arrive();
  expect(plays(after)[0]).not.toBe(plays(before)[0]);
  expect(plays(after)[1]).toBe(plays(before)[1]);
  // A call that began before goes on in its version, and that says its last words as it always did.
  expect(await hear(voice, menu, { ...post, Digits: '1' })).toBe(bye);
  expect(await hear(voice, actionOf(after), { ...post, Digits: '1' })).not.toBe(bye);
  await setLive(api.admin(), 'heard', 1);
  expect(await arrive()).toBe(before);
});

test('where the carrier speaks, a version keeps how words are spoken', async () => {
  const { publish: publishByCarrier } = await import('../lib/admin/publish.ts');
  await saveDraft(api.admin(), flow('Call the IVR.'), { force: true });
  await publishByCarrier(api.admin(), 'heard');
  const spoken = await arrive();
  expect(spoken).toContain('>Call the I V R.</Say>');
  await api.ask('PUT', '/api/pronunciations/en-US', { words: [{ word: 'IVR', spokenAs: 'menu' }] });
  expect(await arrive()).toBe(spoken);
});
