import {
  type OutputFormat,
  PollyClient,
  type PollyClientConfig,
  PollyServiceException,
  SynthesizeSpeechCommand,
} from '@aws-sdk/client-polly';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type Clock, createPace, systemClock } from './pace.ts';
import { phoneRate } from './rendition.ts';
import type { PollyVoice } from './voices.ts';
import { fromMuLaw, fromPcm16 } from './wav.ts';

/** A text, and who speaks it. */
export interface SpeechOrder extends PollyVoice {
  readonly text: string;
}

/** Speaks a text: mono samples at 8 kHz, between -1 and 1. Throws {@link SpeechRefused}, or {@link SpeechUnavailable}. */
export type Speaker = (order: SpeechOrder) => Promise<Float32Array>;

/** The service does not speak this text: there is no such voice, or the text is too long. Asking again does not help. */
export class SpeechRefused extends Error {
  override readonly name = 'SpeechRefused';
}

/** The service speaks nothing at present: it does not answer, is too busy, or does not know us. */
export class SpeechUnavailable extends Error {
  override readonly name = 'SpeechUnavailable';
}

/**
 * How often it is asked, for all engines alike: the neural and generative ones take 8 requests a second.
 * (https://docs.aws.amazon.com/polly/latest/dg/limits.html)
 */
export const requestsPerSecond = 6;

/** How often a request is tried that was throttled or got no answer, and how long the first pause is. */
const tries = 6;
const firstPauseMs = 250;

const limitMs = 8000;

/** Opens Amazon Polly. Endpoint, region and credentials are the AWS SDK's own unless given. */
export function openPolly(config: PollyClientConfig = {}, clock: Clock = systemClock): Speaker {
  // The pauses between tries are ours: they are long enough for a quota of a second, and a test can hand in their time.
  const client = new PollyClient({
    maxAttempts: 1,
    // The SDK speaks HTTP/2 with Polly because of its streams, which are not used here.
    requestHandler: new NodeHttpHandler({ requestTimeout: limitMs, throwOnRequestTimeout: true }),
    ...config,
  });
  const turn = createPace(requestsPerSecond, clock);
  const ask = (order: SpeechOrder, format: OutputFormat) =>
    patiently(clock, async () => {
      await turn();
      return await synthesize(client, order, format);
    });
  return async (order) => {
    try {
      return fromMuLaw(await ask(order, 'mulaw'));
    } catch (error) {
      if (!(error instanceof SpeechRefused)) throw error;
      // Not every engine writes µ-law. If the text itself is refused, it is refused again.
      return fromPcm16(await ask(order, 'pcm'));
    }
  };
}

async function synthesize(
  client: PollyClient,
  { text, voiceId, engine, languageCode }: SpeechOrder,
  format: OutputFormat,
): Promise<Uint8Array> {
  const { AudioStream } = await client.send(
    new SynthesizeSpeechCommand({
      Text: text,
      TextType: 'text',
      // The SDK lists the voices that it knew when it was made.
      VoiceId: voiceId as never,
      Engine: engine,
      OutputFormat: format,
      SampleRate: String(phoneRate),
      ...(languageCode === undefined ? {} : { LanguageCode: languageCode as never }),
    }),
  );
  const bytes = await AudioStream?.transformToByteArray();
  if (bytes === undefined || bytes.length === 0) throw new SpeechRefused('Polly answered without a sound.');
  return bytes;
}

async function patiently<Result>({ sleep }: Clock, work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (isRefusal(error)) throw new SpeechRefused(messageOf(error), { cause: error });
      if (!isPassing(error) || attempt === tries) {
        throw new SpeechUnavailable(`Polly: ${messageOf(error)}`, { cause: error });
      }
      await sleep(firstPauseMs * 2 ** (attempt - 1));
    }
  }
}

/** Polly throttles with a 400; network errors have no status. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof PollyServiceException)) return !(error instanceof SpeechRefused);
  const { httpStatusCode: status = 500 } = error.$metadata;
  return isThrottle(error) || status === 429 || status >= 500;
}

function isRefusal(error: unknown): boolean {
  if (error instanceof SpeechRefused) return true;
  if (!(error instanceof PollyServiceException)) return false;
  return error.$metadata.httpStatusCode === 400 && !isThrottle(error) && !isForbidden(error);
}

function isThrottle({ name }: Error): boolean {
  return /Throttl|TooManyRequests|ServiceUnavailable/.test(name);
}

function isForbidden({ name }: Error): boolean {
  return /AccessDenied|UnrecognizedClient|InvalidClientTokenId|ExpiredToken|Signature/.test(name);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
