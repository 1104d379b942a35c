import type { ServerResponse } from 'node:http';
import type { Clock } from '../../lib/media/pace.ts';
import { openPolly, type Speaker } from '../../lib/media/polly.ts';
import { createPolly, pollyPath } from '../../local/aws/polly.ts';
import { startServer } from './server.ts';
import { credentials } from './table.ts';

/** A clock that begins now and moves only by waits and by `pass`. Signatures are checked against it. */
export interface HandClock extends Clock {
  /** How long each wait was, in milliseconds. */
  readonly slept: number[];
  pass(ms: number): void;
}

/** Creates such a clock. */
export function handClock(): HandClock {
  let at = Date.now();
  const slept: number[] = [];
  return {
    slept,
    now: () => at,
    pass(ms) {
      at += ms;
    },
    async sleep(ms) {
      slept.push(ms);
      at += ms;
    },
  };
}

/** What an order asks of the service. */
export interface Ordered {
  readonly Text: string;
  readonly VoiceId: string;
  readonly Engine: string;
  readonly OutputFormat: string;
  readonly LanguageCode?: string;
}

/** The stand-in for Polly on a port of its own. */
export interface PollyKit {
  readonly endpoint: string;
  /** The orders that it took or refused so far. */
  readonly orders: Ordered[];
  /** Answers a request in place of the stand-in; `false` leaves it to that. */
  trouble: (response: ServerResponse) => boolean;
  /** The product's own client of it. */
  speaker(secretAccessKey?: string): Speaker;
  close(): Promise<void>;
}

/** Starts the stand-in; its quotas are those of the clock. */
export async function startPolly(clock: Clock): Promise<PollyKit> {
  const serve = createPolly({ credentials, now: () => new Date(clock.now()) });
  const orders: Ordered[] = [];
  const server = await startServer(async (request, response) => {
    if (kit.trouble(response)) return request.resume();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => orders.push(JSON.parse(Buffer.concat(chunks).toString())));
    const answer = await serve(request);
    return response.writeHead(answer?.status ?? 404, answer?.headers).end(answer?.body);
  });
  const endpoint = `${server.url}${pollyPath}`;
  const kit: PollyKit = {
    endpoint,
    orders,
    trouble: () => false,
    speaker: (secretAccessKey = credentials.secretAccessKey) =>
      openPolly({ endpoint, region: 'us-east-1', credentials: { ...credentials, secretAccessKey } }, clock),
    close: server.close,
  };
  return kit;
}

/** Refuses a request as Polly does when it is asked too often. */
export function throttle(response: ServerResponse): true {
  response.writeHead(400, { 'content-type': 'application/json', 'x-amzn-errortype': 'ThrottlingException' });
  response.end('{"message":"Rate exceeded"}');
  return true;
}
