import {
  type OutputFormat,
  PollyClient,
  type PollyClientConfig,
  PollyServiceException,
  SynthesizeSpeechCommand,
} from '@aws-sdk/client-polly';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type Clock, createPace, systemClock } from './pace.ts';
import { phoneRate } from './sound.ts';
import type { PollyVoice } from './voices.ts';
import { fromMuLaw, fromPcm16 } from './wav.ts';

/** A text, and who speaks it. */
export interface SpeechOrder extends PollyVoice {
  readonly text: string;
}

/**
 * Speaks a text: mono samples at 8 kHz, between -1 and 1. `until` is when it gives up, in milliseconds since 1970. Throws
 * {@link SpeechRefused}, or {@link SpeechUnavailable}.
 */
export type Speaker = (order: SpeechOrder, until: number) => Promise<Float32Array>;

/** The service does not speak this text: there is no such voice, or the text is too long. Asking again does not help. */
export class SpeechRefused extends Error {
  override readonly name = 'SpeechRefused';
  /** Whether another output format may be what is missing: nothing is said against the text, the voice or its engine. */
  readonly mayBeFormat: boolean;

  constructor(message: string, options: { readonly cause?: unknown; readonly mayBeFormat?: boolean } = {}) {
    super(message, options);
    this.mayBeFormat = options.mayBeFormat ?? false;
  }
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

/** How long an answer may take to begin. */
const answerMs = 8000;

/** Opens Amazon Polly. Endpoint, region and credentials are the AWS SDK's own unless given. */
export function openPolly(config: PollyClientConfig = {}, clock: Clock = systemClock): Speaker {
  // The pauses between tries are ours: they are long enough for a quota of a second, and a test can hand in their time.
  const client = new PollyClient({
    maxAttempts: 1,
    // The SDK speaks HTTP/2 with Polly because of its streams, which are not used here.
    requestHandler: new NodeHttpHandler({ requestTimeout: answerMs, throwOnRequestTimeout: true }),
    ...config,
  });
  const turn = createPace(requestsPerSecond, clock);
  const withoutMuLaw = new Set<string>();
  const ask = (order: SpeechOrder, format: OutputFormat, until: number) =>
    patiently(clock, until, async () => {
      await turn();
      return await within(until - clock.now(), (signal) => synthesize(client, order, format, signal));
    });
  return async (order, until) => {
    if (!withoutMuLaw.has(order.engine)) {
      try {
        return fromMuLaw(await ask(order, 'mulaw', until));
      } catch (error) {
        if (!(error instanceof SpeechRefused && error.mayBeFormat)) throw error;
      }
    }
    // If it is not the format that is refused, this is refused, too.
    const samples = fromPcm16(await ask(order, 'pcm', until));
    withoutMuLaw.add(order.engine);
    return samples;
  };
}

async function synthesize(
  client: PollyClient,
  { text, voiceId, engine, languageCode }: SpeechOrder,
  format: OutputFormat,
  abortSignal: AbortSignal,
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
    { abortSignal },
  );
  const bytes = await AudioStream?.transformToByteArray();
  if (bytes === undefined || bytes.length === 0) throw new SpeechRefused('Polly answered without a sound.');
  return bytes;
}

/** Does work that must be done within some milliseconds of the real time: the SDK's own limits end where an answer begins. */
async function within<Result>(ms: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const aborter = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        reject(new SpeechUnavailable('The answer took too long.'));
        aborter.abort();
      },
      Math.max(ms, 0),
    );
  });
  try {
    return await Promise.race([work(aborter.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function patiently<Result>(clock: Clock, until: number, work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof SpeechRefused) throw error;
      if (isRefusal(error)) throw refusal(error);
      const pauseMs = firstPauseMs * 2 ** (attempt - 1);
      if (!isPassing(error) || attempt === tries || clock.now() + pauseMs >= until) {
        throw new SpeechUnavailable(`Polly: ${messageOf(error)}`, { cause: error });
      }
      await clock.sleep(pauseMs);
    }
  }
}

/** Polly throttles with a 400; network errors have no status. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof PollyServiceException)) return true;
  const { httpStatusCode: status = 500 } = error.$metadata;
  return isThrottle(error) || status === 429 || status >= 500;
}

function isRefusal(error: unknown): error is PollyServiceException {
  if (!(error instanceof PollyServiceException)) return false;
  return error.$metadata.httpStatusCode === 400 && !isThrottle(error) && !isForbidden(error);
}

function refusal(error: PollyServiceException): SpeechRefused {
  const mayBeFormat = !/TextLength|EngineNotSupported|LanguageNotSupported|Ssml|Lexicon/.test(error.name);
  return new SpeechRefused(messageOf(error), { cause: error, mayBeFormat });
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
