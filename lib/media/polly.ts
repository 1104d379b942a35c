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

/** A text and its voice. */
export interface SpeechOrder extends PollyVoice {
  readonly text: string;
}

/**
 * Synthesises a text: mono samples at 8 kHz, between -1 and 1. It gives up at `until` (milliseconds since 1970). Throws
 * {@link SpeechRefused} or {@link SpeechUnavailable}.
 */
export type Speaker = (order: SpeechOrder, until: number) => Promise<Float32Array>;

/** The service refuses this text: the voice does not exist, or the text is too long. Another attempt would not help. */
export class SpeechRefused extends Error {
  override readonly name = 'SpeechRefused';
  /** Whether the output format may be the reason: the error is not about the text, the voice or its engine. */
  readonly mayBeFormat: boolean;

  constructor(message: string, options: { readonly cause?: unknown; readonly mayBeFormat?: boolean } = {}) {
    super(message, options);
    this.mayBeFormat = options.mayBeFormat ?? false;
  }
}

/** The service cannot be used at present: it does not respond, is too busy, or refuses our credentials. */
export class SpeechUnavailable extends Error {
  override readonly name = 'SpeechUnavailable';
}

/**
 * The requests per second, for all engines together. The limit of the neural and generative engines is 8
 * (https://docs.aws.amazon.com/polly/latest/dg/limits.html).
 */
export const requestsPerSecond = 6;

/** The most attempts if a request is throttled or gets no response, and the first pause, which doubles each time. */
const tries = 6;
const firstPauseMs = 250;

/** The time limit until a response begins, in milliseconds. */
const answerMs = 8000;

/** Opens Amazon Polly. Endpoint, region and credentials are the AWS SDK's defaults unless `config` sets them. */
export function openPolly(config: PollyClientConfig = {}, clock: Clock = systemClock): Speaker {
  // Retries are made here, with pauses that fit a quota per second and a clock that tests can pass.
  const client = new PollyClient({
    maxAttempts: 1,
    // The SDK uses HTTP/2 for Polly's bidirectional streams, which are not needed here.
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
    // If the format was not the reason, this request is refused, too.
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
      // The SDK's type has only the voices that existed when it was released.
      VoiceId: voiceId as never,
      Engine: engine,
      OutputFormat: format,
      SampleRate: String(phoneRate),
      ...(languageCode === undefined ? {} : { LanguageCode: languageCode as never }),
    }),
    { abortSignal },
  );
  const bytes = await AudioStream?.transformToByteArray();
  if (bytes === undefined || bytes.length === 0) throw new SpeechRefused('Polly returned no audio.');
  return bytes;
}

/** Runs `work` with a time limit, in real milliseconds: the SDK's own limits end when a response begins. */
async function within<Result>(ms: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const aborter = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        reject(new SpeechUnavailable('The response took too long.'));
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

/** Whether another attempt may help. Polly throttles with status 400; network errors have no status. */
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
