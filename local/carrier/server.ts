import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { guard } from '../aws/access.ts';
import { bodyOf } from '../aws/body.ts';
import { keepIdle } from '../aws/idle.ts';
import type { Carrier } from './carrier.ts';
import type { RestRequest } from './exchange.ts';
import { createPhones, type Phones } from './phones.ts';
import { recordingFiles } from './recordings.ts';
import { type RestAnswer, refusal } from './rest.ts';

/** The largest body, in bytes. */
const largestBody = 100_000;

/**
 * Creates an HTTP server, not yet listening, for the carrier: its REST API under `/2010-04-01/`, for the account and its token, and its
 * phones under `/phones` (see `createPhones`), for requests with `Authorization: Bearer KEY`. Requests with another `Host`, or from a
 * web page, get 403.
 */
export function createCarrierServer(carrier: Carrier, phoneKey: string): Server {
  const phones = createPhones(carrier);
  const server = createServer((request, response) => {
    serve(carrier, phones, request, response).catch(() => response.destroy());
  });
  const guarded = guard(server, ({ url = '', headers }) => {
    return !url.startsWith('/phones') || headers.authorization === `Bearer ${phoneKey}`;
  });
  return keepIdle(guarded);
}

async function serve(
  carrier: Carrier,
  phones: Phones,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  const body = (await bodyOf(request, largestBody))?.toString('utf8');
  if (body === undefined) return answer(response, { status: 413, body: { message: 'That is too long.' } });
  if (path.startsWith('/phones')) return phones({ request, response, path, body });
  if (path.startsWith(recordingFiles)) return sendFile(response, carrier.file(path));
  if (!path.startsWith('/2010-04-01/'))
    return answer(response, { status: 404, body: { message: 'Nothing is here.' } });
  const { method = '', headers } = request;
  const asked = { method, path, fields: new URLSearchParams(body) };
  // A virtual clock stands still during the request, even if it never gets a response.
  await carrier.clock.work(rest(carrier, asked, headers.authorization, response));
}

async function rest(
  carrier: Carrier,
  asked: RestRequest,
  authorization: string | undefined,
  response: ServerResponse,
): Promise<void> {
  const fault = carrier.faultOf(asked);
  if (typeof fault === 'object') return answer(response, refusal(fault.status, fault.code, 'Made to fail'));
  const given = fault === 'hung' ? undefined : carrier.rest(asked, authorization);
  if (fault === undefined && given !== undefined) return answer(response, given);
  await new Promise((gone) => response.once('close', gone));
}

function answer(response: ServerResponse, { status, body, location }: RestAnswer): void {
  const to = location === undefined ? {} : { location };
  if (body === undefined) response.writeHead(status, to).end();
  else response.writeHead(status, { 'content-type': 'application/json', ...to }).end(JSON.stringify(body));
}

function sendFile(response: ServerResponse, file: Uint8Array | undefined): void {
  if (file === undefined) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(file);
}
