import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Call } from './call.ts';
import type { Carrier } from './carrier.ts';
import { realClock, VirtualClock } from './clock.ts';
import type { CallEvent } from './event.ts';

/** A phone with a call on it. */
interface Phone {
  readonly call: Call;
  /** Lets the time to wait for a key be over; false where no key is awaited. */
  silence(): boolean;
  /** A phone on virtual time has acted on a gather. */
  decide(): void;
}

interface Order {
  readonly to: string;
  readonly from: string;
  readonly virtual: boolean;
}

const largestOrder = 10_000;
const e164 = /^\+[1-9]\d{1,14}$/;

/**
 * The carrier's phones over HTTP, not yet listening. `POST /phones {to, from, virtual?}` makes a call and answers with
 * its events, a line of JSON each, the first with the call's id; whoever stops reading hangs up. `POST
 * /phones/{id}/keys {keys}`, `/silence` and `/hangup` act on it and answer `{heard}`: whether anybody listened. On
 * virtual time nothing is waited for but the phone: a gather lasts until it has acted.
 */
export function createPhones(carrier: Carrier): Server {
  const phones = new Map<string, Phone>();
  return createServer((request, response) => {
    serve(carrier, phones, request, response).catch(() => response.destroy());
  });
}

async function serve(
  carrier: Carrier,
  phones: Map<string, Phone>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, root, id, act] = (request.url ?? '').split('/');
  if (request.method !== 'POST' || root !== 'phones') return refuse(response, 404, 'Nothing is here.');
  // A page in a browser cannot send this type to another origin, so no web site can make calls here.
  if (request.headers['content-type'] !== 'application/json')
    return refuse(response, 415, 'Send application/json.');
  const body = await bodyOf(request);
  if (body === undefined) return refuse(response, 400, 'The body must be a JSON object.');
  if (id === undefined) {
    const order = orderOf(body);
    if (typeof order === 'string') return refuse(response, 400, order);
    return await ring(carrier, phones, order, response);
  }
  const phone = phones.get(id);
  if (phone === undefined) return refuse(response, 404, 'There is no such call, or it is over.');
  const heard = perform(phone, act, body);
  if (heard === undefined) return refuse(response, 400, 'Send keys (0-9 * #), silence or hangup.');
  phone.decide();
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ heard }));
}

async function ring(
  carrier: Carrier,
  phones: Map<string, Phone>,
  { to, from, virtual }: Order,
  response: ServerResponse,
): Promise<void> {
  let deciding: (() => void) | undefined;
  const decide = () => {
    deciding?.();
    deciding = undefined;
  };
  const listener = (event: CallEvent) => {
    response.write(`${JSON.stringify(event)}\n`);
    if (!virtual || event.event !== 'gathering') return;
    return new Promise<void>((resolve) => {
      deciding = resolve;
    });
  };
  const clock = virtual ? new VirtualClock({ startsAt: Date.now() }) : realClock;
  const call = carrier.dial({ from, to, listener, clock });
  if (call === undefined) return refuse(response, 404, `Nobody has the number ${to}.`);
  // On virtual time nothing need be cut short: once the phone has decided to do nothing, the wait costs none.
  const silence = virtual ? () => deciding !== undefined : () => call.silence();
  phones.set(call.sid, { call, silence, decide });
  response.on('close', () => {
    call.hangup();
    decide();
  });
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.write(`${JSON.stringify({ event: 'dialled', id: call.sid })}\n`);
  await call.ended.finally(() => phones.delete(call.sid));
  response.end();
}

/** Whether anybody listened; undefined for an act that no phone knows. */
function perform(
  { call, silence }: Phone,
  act: string | undefined,
  { keys }: Record<string, unknown>,
): boolean | undefined {
  if (act === 'silence') return silence();
  if (act === 'hangup') {
    call.hangup();
    return true;
  }
  if (act !== 'keys' || typeof keys !== 'string' || !/^[0-9*#]+$/.test(keys)) return undefined;
  return Array.from(keys, (key) => call.press(key)).every((heard) => heard);
}

/** The order of a call, or what is wrong with it. */
function orderOf({ to, from, virtual = false }: Record<string, unknown>): Order | string {
  if (typeof to !== 'string' || !e164.test(to)) return '`to` must be a number such as +15550100.';
  if (typeof from !== 'string' || !e164.test(from)) return '`from` must be a number such as +15550199.';
  if (typeof virtual !== 'boolean') return '`virtual` must be true or false.';
  return { to, from, virtual };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > largestOrder) return undefined;
  }
  try {
    const body: unknown = JSON.parse(text || '{}');
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}
