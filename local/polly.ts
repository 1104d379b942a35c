import { spawn } from 'node:child_process';
import type { IncomingMessage } from 'node:http';
import libsamplerate from '@alexanderolsen/libsamplerate-js';
import alawmulaw from 'alawmulaw';
import { type Answer, json } from './payload.ts';
import { type Credentials, refusalOf } from './sigv4.ts';
import { tonesOf } from './tones.ts';

/** A speaking service on this machine, which speaks as much of Polly's protocol as the product uses. */
export interface PollyStandIn {
  readonly credentials: Credentials;
  readonly now: () => Date;
  /** Speaks a text in 16-bit samples; `undefined` if no program for it is installed: tones take its place then. */
  readonly speak?: (text: string, voice: string) => Promise<Samples | undefined>;
}

/** Mono samples, and how many a second has. */
export interface Samples {
  readonly samples: Int16Array;
  readonly rate: number;
}

/** What phone lines carry, in Hz. */
const phoneRate = 8000;

/** The path under which it is served: the endpoint of the AWS SDK. */
export const pollyPath = '/polly';

/** How many requests a second an engine takes, and how many at once (https://docs.aws.amazon.com/polly/latest/dg/limits.html). */
const quotas: Readonly<Record<string, { readonly perSecond: number; readonly burst: number }>> = {
  standard: { perSecond: 80, burst: 100 },
  neural: { perSecond: 8, burst: 10 },
  generative: { perSecond: 8, burst: 10 },
  'long-form': { perSecond: 8, burst: 10 },
};

/** What Polly bills of one text at the most, in characters. */
const longestText = 3000;

const largestBody = 64 * 1024;

interface Order {
  readonly Text?: unknown;
  readonly OutputFormat?: unknown;
  readonly SampleRate?: unknown;
  readonly VoiceId?: unknown;
  readonly Engine?: unknown;
}

/**
 * A function that answers requests under {@link pollyPath} as Polly does: SynthesizeSpeech with `mulaw` and `pcm` at 8 kHz, its
 * signature, quotas and errors. It resolves with `undefined` for other paths. Long-form voices take no `mulaw` here, so that
 * what the product does then is run, too.
 * (https://docs.aws.amazon.com/polly/latest/dg/API_SynthesizeSpeech.html)
 */
export function createPolly(
  service: PollyStandIn,
): (request: IncomingMessage) => Promise<Answer | undefined> {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return async (request) => {
    const url = new URL(request.url ?? '/', 'http://polly');
    if (!url.pathname.startsWith(`${pollyPath}/`)) return undefined;
    const body = await bodyOf(request);
    const refusal = refusalOf(request, url, body, service);
    if (refusal !== undefined) return failed(403, 'InvalidSignatureException', refusal);
    if (request.method !== 'POST' || url.pathname !== `${pollyPath}/v1/speech`)
      return failed(404, 'UnknownOperationException', 'There is no such operation.');
    const order = orderOf(body);
    if ('code' in order) return failed(400, order.code, order.message);
    if (!takes(buckets, order.engine, service.now().getTime()))
      return failed(400, 'ThrottlingException', 'Rate exceeded');
    const samples = await soundOf(service, order.text, order.voice);
    const bytes = order.format === 'mulaw' ? alawmulaw.mulaw.encode(samples) : new Uint8Array(samples.buffer);
    return {
      status: 200,
      cookies: [],
      headers: {
        'content-type': order.format === 'mulaw' ? 'audio/mulaw' : 'audio/pcm',
        'x-amzn-requestcharacters': String(order.text.length),
      },
      body: Buffer.from(bytes),
    };
  };
}

interface GoodOrder {
  readonly text: string;
  readonly voice: string;
  readonly engine: string;
  readonly format: 'mulaw' | 'pcm';
}

/** What is ordered, or what Polly would say against it. */
function orderOf(body: Buffer): GoodOrder | { readonly code: string; readonly message: string } {
  let order: Order;
  try {
    order = JSON.parse(body.toString('utf8')) as Order;
  } catch {
    return { code: 'SerializationException', message: 'The body is not JSON.' };
  }
  const {
    Text: text,
    VoiceId: voice,
    OutputFormat: format,
    SampleRate: rate,
    Engine: engine = 'standard',
  } = order;
  const invalid = (message: string) => ({ code: 'ValidationException', message });
  if (typeof text !== 'string' || text.trim() === '') return invalid('Text must not be empty.');
  if (text.length > longestText)
    return { code: 'TextLengthExceededException', message: 'Maximum text length has been exceeded' };
  if (typeof voice !== 'string' || !/^[A-Z][A-Za-z]{1,30}$/.test(voice))
    return invalid('VoiceId must be a voice.');
  if (typeof engine !== 'string' || !Object.hasOwn(quotas, engine))
    return invalid('Engine must be an engine.');
  if (format !== 'mulaw' && format !== 'pcm') return invalid('OutputFormat must be mulaw or pcm here.');
  if (rate !== String(phoneRate))
    return { code: 'InvalidSampleRateException', message: 'SampleRate must be 8000 here.' };
  if (format === 'mulaw' && engine === 'long-form')
    return invalid('This engine does not support the OutputFormat mulaw.');
  return { text, voice, engine, format };
}

/** Takes a token from the bucket of an engine; `false` if there is none. */
function takes(buckets: Map<string, { tokens: number; at: number }>, engine: string, now: number): boolean {
  const { perSecond = 8, burst = 10 } = quotas[engine] ?? {};
  const { tokens, at } = buckets.get(engine) ?? { tokens: burst, at: now };
  const filled = Math.min(burst, tokens + ((now - at) * perSecond) / 1000);
  buckets.set(engine, { tokens: filled < 1 ? filled : filled - 1, at: now });
  return filled >= 1;
}

async function soundOf({ speak }: PollyStandIn, text: string, voice: string): Promise<Int16Array> {
  const spoken = await speak?.(text, voice);
  if (spoken === undefined) return tonesOf(text, phoneRate);
  const { samples, rate } = spoken;
  const converter = await libsamplerate.create(1, rate, phoneRate);
  try {
    const phone = converter.full(Float32Array.from(samples, (sample) => sample / 0x8000));
    return Int16Array.from(phone, (sample) =>
      Math.max(-0x8000, Math.min(0x7fff, Math.round(sample * 0x8000))),
    );
  } finally {
    converter.destroy();
  }
}

/** Languages of some voices, for the program that speaks; any other voice speaks English. */
const tongues: Readonly<Record<string, string>> = {
  ...{ Zhiyu: 'cmn', Hiujin: 'yue', Vicki: 'de', Lea: 'fr-fr', Chantal: 'fr-fr', Lucia: 'es', Mia: 'es-419' },
  ...{
    Lupe: 'es-419',
    Bianca: 'it',
    Mizuki: 'ja',
    Seoyeon: 'ko',
    Lotte: 'nl',
    Camila: 'pt-br',
    Tatyana: 'ru',
  },
  ...{ Amy: 'en-gb', Aditi: 'hi', Raveena: 'en-gb' },
};

/**
 * Speaks by `espeak-ng` if that is installed: a program of its own, which is never part of this one. Resolves with `undefined` if
 * it is not there, or fails.
 */
export function speakByEspeak(text: string, voice: string): Promise<Samples | undefined> {
  return new Promise((done) => {
    const child = spawn('espeak-ng', ['-v', tongues[voice] ?? 'en-us', '--stdin', '--stdout'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    child.once('error', () => done(undefined));
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('close', (code) => done(code === 0 ? samplesOf(Buffer.concat(chunks)) : undefined));
    child.stdin.on('error', () => undefined).end(text);
  });
}

/** The samples of the WAV that the program writes: one of 16 bits, mono, whose sizes are not filled in. */
function samplesOf(wav: Buffer): Samples | undefined {
  const data = wav.indexOf('data', 12, 'latin1') + 8;
  if (data < 8 || wav.length <= data) return undefined;
  const samples = Int16Array.from({ length: Math.floor((wav.length - data) / 2) }, (_, index) =>
    wav.readInt16LE(data + index * 2),
  );
  return { samples, rate: wav.readUInt32LE(24) };
}

/** The error's name stands in a header, as in REST-JSON services of AWS. */
function failed(status: number, name: string, message: string): Answer {
  const answer = json(status, { message });
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': name } };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
