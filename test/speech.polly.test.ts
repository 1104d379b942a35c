import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { LanguageCode, VoiceId } from '@aws-sdk/client-polly';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { languages, speechOf } from '../lib/flow/language.ts';
import { createPace } from '../lib/media/pace.ts';
import { SpeechRefused, SpeechUnavailable } from '../lib/media/polly.ts';
import { phoneRate } from '../lib/media/sound.ts';
import { pollyVoice } from '../lib/media/voices.ts';
import { espeakLanguages, speakByEspeak } from '../local/aws/espeak.ts';
import { tonesOf } from '../local/aws/tones.ts';
import { wav } from './kit/audio.ts';
import { handClock, type PollyKit, startPolly, throttle } from './kit/polly.ts';

const clock = handClock();
let polly: PollyKit;
beforeAll(async () => {
  polly = await startPolly(clock);
});
afterAll(() => polly.close());
beforeEach(() => {
  polly.trouble = () => false;
  polly.orders.length = 0;
  clock.slept.length = 0;
});

const later = () => clock.now() + 30_000;
const joanna = { voiceId: 'Joanna', engine: 'neural', text: 'Hello 1' } as const;
const length = tonesOf('Hello 1', phoneRate).length;

describe('a text', () => {
  test('is spoken in µ-law; an engine that has none is asked for PCM, and from then on for nothing else', async () => {
    const speak = polly.speaker();
    const long = { ...joanna, engine: 'long-form' } as const;
    for (const order of [joanna, long, long]) {
      const samples = await speak(order, later());
      expect([order.engine, samples.length]).toEqual([order.engine, length]);
      expect(Math.max(...samples)).toBeCloseTo(0.3, 1);
    }
    expect(polly.orders.map(({ Engine, OutputFormat }) => `${Engine} ${OutputFormat}`)).toEqual([
      ...['neural mulaw', 'long-form mulaw', 'long-form pcm', 'long-form pcm'],
    ]);
  });

  test('that is too long is refused at once, one by an unknown voice after the second format', async () => {
    const tooLong = polly.speaker()({ ...joanna, text: 'x'.repeat(3001) }, later());
    await expect(tooLong).rejects.toBeInstanceOf(SpeechRefused);
    const unknown = polly.speaker()({ ...joanna, voiceId: 'Nobody' }, later());
    await expect(unknown).rejects.toMatchObject({
      name: 'SpeechRefused',
      message: expect.stringContaining('VoiceId'),
    });
    expect(polly.orders.map(({ OutputFormat }) => OutputFormat)).toEqual(['mulaw', 'mulaw', 'pcm']);
    expect(clock.slept.filter((ms) => ms >= 250)).toEqual([]);
  });

  test('that comes back without a sound is refused', async () => {
    polly.trouble = (response) => Boolean(response.writeHead(200, { 'content-type': 'audio/mulaw' }).end());
    await expect(polly.speaker()(joanna, later())).rejects.toBeInstanceOf(SpeechRefused);
  });
});

describe('a service', () => {
  test('that is too busy is asked again, later each time, and given up in the end', async () => {
    let busy = 3;
    polly.trouble = (response) => busy-- > 0 && throttle(response);
    expect((await polly.speaker()(joanna, later())).length).toBe(length);
    expect(clock.slept.filter((ms) => ms >= 250)).toEqual([250, 500, 1000]);
    let asked = 0;
    polly.trouble = (response) => {
      asked += 1;
      return throttle(response);
    };
    await expect(polly.speaker()(joanna, later())).rejects.toBeInstanceOf(SpeechUnavailable);
    expect(asked).toBe(6);
  });

  test('is not waited for beyond the time that is given', async () => {
    let asked = 0;
    polly.trouble = (response) => {
      asked += 1;
      return throttle(response);
    };
    await expect(polly.speaker()(joanna, clock.now() + 600)).rejects.toThrow('Rate exceeded');
    expect([asked, clock.slept.filter((ms) => ms >= 250)]).toEqual([2, [250]]);
  });

  test('that begins an answer and never ends it is given up', async () => {
    polly.trouble = (response) => {
      response.writeHead(200, { 'content-type': 'audio/mulaw' }).write('x');
      return true;
    };
    await expect(polly.speaker()(joanna, clock.now() + 100)).rejects.toThrow('took too long');
  });

  test('that fails by itself is asked again; one that does not know us is not', async () => {
    let broken = 1;
    polly.trouble = (response) => broken-- > 0 && Boolean(response.writeHead(500).end('{}'));
    expect((await polly.speaker()(joanna, later())).length).toBe(length);
    polly.trouble = () => false;
    clock.slept.length = 0;
    await expect(polly.speaker('wrong')(joanna, later())).rejects.toThrow('SignatureDoesNotMatch');
    expect(clock.slept).toEqual([]);
  });

  test('is asked so slowly that it never throttles; asked by many at once it does, and all texts are spoken', async () => {
    const speak = polly.speaker();
    const orders = Array.from({ length: 30 }, (_, count) => ({ ...joanna, text: `Hello ${count}` }));
    const began = clock.now();
    for (const order of orders) await speak(order, later());
    expect(polly.orders).toHaveLength(30);
    expect(clock.now() - began).toBeGreaterThanOrEqual((29 / 6) * 1000 - 1);
    polly.orders.length = 0;
    // Each has a pace of its own, as several functions at a time have.
    await Promise.all(orders.map((order) => polly.speaker()(order, later())));
    expect(polly.orders.length).toBeGreaterThan(30);
  });
});

test('the pace lets six a second go on, evenly, first come first served', async () => {
  const slow = handClock();
  const turn = createPace(6, slow);
  const began = slow.now();
  const times: number[] = [];
  for (let count = 0; count < 13; count += 1) {
    await turn();
    times.push(Math.round(slow.now() - began));
  }
  expect(times.slice(0, 4)).toEqual([0, 167, 333, 500]);
  expect(times.at(-1)).toBe(2000);
});

describe('voices', () => {
  test.each([
    ['Polly.Joanna', 'en-US', { voiceId: 'Joanna', engine: 'standard' }],
    ['Polly.Joanna-Neural', 'en-US', { voiceId: 'Joanna', engine: 'neural' }],
    ['Polly.Ruth-Generative', 'en-US', { voiceId: 'Ruth', engine: 'generative' }],
    ['Polly.Ruth-Long-Form', 'en-US', { voiceId: 'Ruth', engine: 'long-form' }],
    ['Polly.Aditi', 'hi-IN', { voiceId: 'Aditi', engine: 'standard', languageCode: 'hi-IN' }],
    ['Polly.Kajal-Neural', 'en-GB', { voiceId: 'Kajal', engine: 'neural' }],
    ['Google.de-DE-Standard-A', 'de-DE', undefined],
    ['Polly.', 'de-DE', undefined],
    ['alice', 'en-US', undefined],
    [undefined, 'en-US', undefined],
  ])('%s for %s', (name, language, voice) => {
    expect(pollyVoice(name, language)).toEqual(voice);
  });

  test('of the table are known to Polly if they are said to be its own', () => {
    const known: readonly string[] = Object.values(VoiceId);
    const codes: readonly (string | undefined)[] = [undefined, ...Object.values(LanguageCode)];
    const own = languages.flatMap((language) => {
      const { voice = '', language: code = '' } = speechOf(language) ?? {};
      return pollyVoice(voice, code) ?? [];
    });
    expect(own.length).toBeGreaterThan(25);
    for (const { voiceId, languageCode } of own) {
      expect(known).toContain(voiceId);
      expect(codes).toContain(languageCode);
    }
    expect(
      espeakLanguages.flatMap(([, ...voices]) => voices).filter((voice) => !known.includes(voice)),
    ).toEqual([]);
  });
});

describe('espeak-ng', () => {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-espeak-'));
  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A program of that name, which writes what it was told into a file and a WAV to its output. */
  function install(script: string) {
    const program = join(folder, 'espeak-ng');
    writeFileSync(program, `#!/bin/sh\n${script}\n`);
    chmodSync(program, 0o755);
    vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
  }

  test.runIf(process.platform !== 'win32')(
    'is asked for the language of the voice if it is installed',
    async () => {
      const samples = Int16Array.from({ length: 100 }, (_, index) => index * 100);
      // The program does not know how long its output will be when it writes the header.
      const file = join(folder, 'sound.wav');
      writeFileSync(file, wav({ rate: 22_050, data: Buffer.from(samples.buffer), dataSize: 0x7fffffff }));
      install(`echo "$@" > ${folder}/words; cat > ${folder}/text; cat ${file}`);
      expect(await speakByEspeak('您好。', 'Zhiyu')).toEqual({ samples, rate: 22_050 });
      expect(readFileSync(`${folder}/words`, 'utf8')).toBe('-v cmn --stdin --stdout\n');
      expect(readFileSync(`${folder}/text`, 'utf8')).toBe('您好。');
    },
  );

  test.runIf(process.platform !== 'win32')('that fails is not heard: tones take its place', async () => {
    install('exit 1');
    expect(await speakByEspeak('Hello', 'Joanna')).toBeUndefined();
    install('exit 0');
    expect(await speakByEspeak('Hello', 'Joanna')).toBeUndefined();
  });

  test('that is not there is no error', async () => {
    vi.stubEnv('PATH', join(folder, 'nothing'));
    expect(await speakByEspeak('Hello', 'Joanna')).toBeUndefined();
  });
});
