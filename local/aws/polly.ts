import type { IncomingMessage } from 'node:http';
import libsamplerate from '@alexanderolsen/libsamplerate-js';
import { LanguageCode, VoiceId } from '@aws-sdk/client-polly';
import alawmulaw from 'alawmulaw';
import { bodyOf } from './body.ts';
import type { Samples } from './espeak.ts';
import { type Answer, json } from './payload.ts';
import { type Credentials, refusalOf } from './sigv4.ts';
import { tonesOf } from './tones.ts';

/** The options of the local speech service, which implements the part of Polly's API that is used. */
export interface PollyStandIn {
  readonly credentials: Credentials;
  readonly now: () => Date;
  /** Synthesises a text as 16-bit samples; with `undefined` as its result, tones are used. */
  readonly speak?: (text: string, voice: string) => Promise<Samples | undefined>;
}

/** The sample rate of phone lines, in Hz. */
const phoneRate = 8000;

/** Its path, for the endpoint of the AWS SDK. */
export const pollyPath = '/polly';

/** The quotas of each engine (https://docs.aws.amazon.com/polly/latest/dg/limits.html). */
const quotas: Readonly<Record<string, { readonly perSecond: number; readonly burst: number }>> = {
  standard: { perSecond: 80, burst: 100 },
  neural: { perSecond: 8, burst: 10 },
  generative: { perSecond: 8, burst: 10 },
  'long-form': { perSecond: 8, burst: 10 },
};

/** The longest text, in characters. */
const longestText = 3000;

const largestBody = 64 * 1024;

interface Order {
  readonly Text?: unknown;
  readonly OutputFormat?: unknown;
  readonly SampleRate?: unknown;
  readonly VoiceId?: unknown;
  readonly Engine?: unknown;
  readonly LanguageCode?: unknown;
}

const voices: readonly string[] = Object.values(VoiceId);
const languageCodes: readonly string[] = Object.values(LanguageCode);

/**
 * Returns a function that answers requests under {@link pollyPath} like Polly: SynthesizeSpeech with `mulaw` and `pcm` at 8 kHz, with its
 * signature, quotas and errors. It resolves with `undefined` for other paths. Long-form voices refuse `mulaw` here, so that the
 * product's fallback is exercised.
 * (https://docs.aws.amazon.com/polly/latest/dg/API_SynthesizeSpeech.html)
 */
export function createPolly(
  service: PollyStandIn,
): (request: IncomingMessage) => Promise<Answer | undefined> {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return async (request) => {
    const target = request.url ?? '/';
    if (!target.startsWith(`${pollyPath}/`)) return undefined;
    const url = new URL(target, 'http://polly');
    const body = await bodyOf(request, largestBody);
    if (body === undefined) return failed(413, 'RequestEntityTooLargeException', 'The body is too large.');
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

/** Reads the order in a request; returns Polly's error if it is not valid. */
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
    LanguageCode: language,
  } = order;
  const invalid = (message: string) => ({ code: 'ValidationException', message });
  if (typeof text !== 'string' || text.trim() === '') return invalid('Text must not be empty.');
  if (text.length > longestText)
    return { code: 'TextLengthExceededException', message: 'Maximum text length has been exceeded' };
  if (typeof voice !== 'string' || !voices.includes(voice))
    return invalid('VoiceId must be a voice of Polly.');
  if (language !== undefined && !languageCodes.includes(String(language)))
    return invalid('LanguageCode must be a language of Polly.');
  if (typeof engine !== 'string' || !Object.hasOwn(quotas, engine))
    return invalid('Engine must be an engine.');
  if (format !== 'mulaw' && format !== 'pcm') return invalid('OutputFormat must be mulaw or pcm here.');
  if (rate !== String(phoneRate))
    return { code: 'InvalidSampleRateException', message: 'SampleRate must be 8000 here.' };
  if (format === 'mulaw' && engine === 'long-form')
    return invalid('This engine does not support the OutputFormat mulaw.');
  return { text, voice, engine, format };
}

/** Takes a token from the token bucket of an engine; `false` if it is empty. */
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

/** An error response. Its name is in a header, as in AWS's REST-JSON services. */
function failed(status: number, name: string, message: string): Answer {
  const answer = json(status, { message });
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': name } };
}
