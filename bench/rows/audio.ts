import { createHash } from 'node:crypto';
import { twiml, type Urls } from '../../lib/carrier/twiml.ts';
import { step } from '../../lib/engine/step.ts';
import { textsOf } from '../../lib/engine/texts.ts';
import { begin, readCursor } from '../../lib/flow/cursor.ts';
import type { Call, Event } from '../../lib/flow/events.ts';
import { noMemory } from '../../lib/flow/memory.ts';
import { type Sounds, speechKey, withSounds } from '../../lib/flow/sounds.ts';
import { openPolly, requestsPerSecond } from '../../lib/media/polly.ts';
import { readSound } from '../../lib/media/read.ts';
import { renderForPhones } from '../../lib/media/rendition.ts';
import { renderSpeech } from '../../lib/media/speech.ts';
import { createPolly, pollyPath } from '../../local/aws/polly.ts';
import { mp3Of, tone, wavOf } from '../../test/kit/audio.ts';
import { startServer } from '../../test/kit/server.ts';
import { drawing, lastStep } from '../drawing.ts';
import { median, race, ratio, timed, timedSync } from '../race.ts';
import type { Line } from '../report.ts';
import { publicUrl } from '../webhook.ts';

const call: Call = { callSid: 'CA0123456789abcdef0123456789abcdef', from: '+15550123', to: '+15550100' };

/** Synthesis against the stand-in, the check of uploads, and what a step costs that plays instead of speaking. */
export async function measure(): Promise<Line[]> {
  return [...(await synthesis()), ...(await uploads()), ...(await steps())];
}

/** Time is handed in, so that the pace of the service is not waited for but counted. */
async function synthesis(): Promise<Line[]> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  let at = Date.now();
  const serve = createPolly({ credentials, now: () => new Date(at) });
  const server = await startServer((request, response) => {
    void serve(request).then((answer) => response.writeHead(answer?.status ?? 404).end(answer?.body));
  });
  const endpoint = `${server.url}${pollyPath}`;
  const clock = {
    now: () => at,
    async sleep(ms: number) {
      at += ms;
    },
  };
  const speak = openPolly({ endpoint, region: 'us-east-1', credentials }, clock);
  const count = 100;
  const began = { paced: at, real: performance.now() };
  for (let index = 0; index < count; index += 1) {
    const text = `Prompt ${index}: for our opening hours, press ${index % 10}.`;
    await renderSpeech(speak, { voiceId: 'Joanna', engine: 'neural', text }, at + 20_000);
  }
  const perSecond = count / ((at - began.paced) / 1000);
  const ms = (performance.now() - began.real) / count;
  await server.close();
  return [
    {
      what: 'prompts synthesised, at the pace of the service',
      measured: perSecond,
      unit: 'a second',
      aim: { least: requestsPerSecond - 0.1, most: requestsPerSecond + 0.1 },
    },
    { what: 'a prompt without that pace: ours and the stand-in’s part', measured: ms, unit: 'ms' },
  ];
}

async function uploads(): Promise<Line[]> {
  const samples = tone({ seconds: 60, rate: 16_000 });
  const files = { wav: wavOf(samples, 16_000), mp3: mp3Of(samples) };
  const check = (bytes: Buffer, type: 'audio/wav' | 'audio/mpeg') => async () => {
    const read = await readSound(bytes, type);
    if ('sound' in read) await renderForPhones(read.sound);
  };
  const taken = await race(
    {
      'SHA-256 of the WAV': timedSync(1, () => createHash('sha256').update(files.wav).digest()),
      'check and rendition of a WAV': timed(1, check(files.wav, 'audio/wav')),
      'check and rendition of an MP3': timed(1, check(files.mp3, 'audio/mpeg')),
    },
    8,
  );
  const base = taken['SHA-256 of the WAV'].map(({ cpu }) => cpu);
  const megabytes = { wav: files.wav.length / 1e6, mp3: files.mp3.length / 1e6 };
  const line = (what: keyof typeof taken, mb: number): Line => {
    const cpus = taken[what].map(({ cpu }) => cpu);
    return {
      ...{ what: `${what}, a MB`, measured: median(cpus) / 1000 / mb, unit: 'ms' },
      ...{ ratio: ratio(cpus, base), beside: 'SHA-256 of the WAV' },
    };
  };
  return [
    line('check and rendition of a WAV', megabytes.wav),
    line('check and rendition of an MP3', megabytes.mp3),
  ];
}

/** A step that says all the prompts of a menu, from the event to the document. */
async function steps(): Promise<Line[]> {
  const flow = drawing(50);
  const at = lastStep(50, 1);
  const menu = readCursor(at.slice(at.indexOf('?') + 1)) ?? begin(flow.id, 1, 'en-US');
  const texts = textsOf(flow).filter(({ varies }) => !varies);
  const spoken: Sounds = { audio: {}, speech: {}, words: {} };
  const file = `s-${'0'.repeat(32)}.wav`;
  const played: Sounds = {
    ...spoken,
    speech: Object.fromEntries(texts.map((text) => [speechKey(text), file])),
  };
  const urls: Urls = {
    action: `${publicUrl}/voice/step?cursor=1`,
    answered: '',
    recorded: () => '',
    announcement: `${publicUrl}/voice/announcement`,
    wait: () => `${publicUrl}/voice/wait`,
    audio: (file) => `${publicUrl}/audio/${file}`,
    queue: (group) => group,
  };
  const event: Event = { event: 'silent', call };
  const take = (sounds: Sounds) =>
    timedSync(1000, () => twiml(withSounds(step(flow, menu, noMemory, event).verbs, sounds), urls));
  const taken = await race(
    {
      'a step that speaks its texts (<Say>)': take(spoken),
      'the same again (A/A: the noise)': take(spoken),
      'the same step where they are played (<Play>)': take(played),
    },
    30,
  );
  const base = taken['a step that speaks its texts (<Say>)'].map(({ cpu }) => cpu);
  return Object.entries(taken).map(([what, costs]) => {
    const cpus = costs.map(({ cpu }) => cpu);
    const aim = what.includes('<Play>') ? { aim: { most: 1.1 } } : {};
    return {
      what,
      measured: median(cpus),
      unit: 'µs',
      ratio: ratio(cpus, base),
      beside: 'a step that speaks its texts (<Say>)',
      ...aim,
    };
  });
}
