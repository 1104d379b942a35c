import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authorizer } from './authorizer.ts';
import { bodyOf } from './body.ts';

/** The path of the embedded carrier's phones, for pages of the console. */
export const livePhonesPath = '/carrier/phones';

/** The type of `createPhones`' result. */
type Phones = (asked: {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly body: string;
}) => Promise<void>;

/** Answers a request for the phones; the paths are those of `createPhones` below `livePhonesPath`. */
export type LivePhones = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;

const largestBody = 10_000;

/** The carrier's phones for the console: every signed-in user can call and be called on this machine. */
export function createLivePhones(phones: Phones, authorize: Authorizer): LivePhones {
  return async (request, response, path) => {
    const body = await bodyOf(request, largestBody);
    if (body === undefined) return refuse(response, 413, 'That is too long.');
    if ((await authorize(request.headers.authorization)) === undefined) {
      return refuse(response, 401, 'Unauthorized');
    }
    await phones({ request, response, path: path.slice('/carrier'.length), body: body.toString('utf8') });
  };
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}
