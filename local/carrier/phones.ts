import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Call, otherSides } from './call.ts';
import type { Carrier } from './carrier.ts';
import { VirtualClock } from './clock.ts';
import type { CallEvent, Listener } from './event.ts';
import { e164 } from './fields.ts';

/** A request about phones. */
interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly body: string;
}

/** Serves the requests under `/phones`. */
export type Phones = (asked: Asked) => Promise<void>;

/** A phone whose holder reads its events over a connection. */
interface Held {
  /** The call on it, or the last one. */
  call: Call | undefined;
  /** Ends the wait for a key; `false` if no key is awaited. */
  silence(): boolean;
  /** Lets virtual time go on: the holder has acted. */
  decide(): void;
}

interface Order {
  readonly to: string;
  readonly from: string;
  readonly virtual: boolean;
}

/** A caller: a number, a SIP address, or a word for a withheld number. */
const caller = /^(\+[1-9]\d{1,14}|sips?:[^\s@]+@[^\s@]+|anonymous|restricted|unknown|unavailable)$/i;
const address = /^(\+[1-9]\d{1,14}|sips?:\S+|client:\S+)$/;

/** The events at which virtual time waits for the holder. */
const decisive: readonly string[] = ['gathering', 'queued', 'dialling', 'bridged', 'recording'];

/**
 * The carrier's phones over HTTP. `POST /phones {to, from, virtual?}` makes a call, `POST /phones {address}` registers a phone; both
 * respond with the events of the phone, one line of JSON each, the first with its id. If the client stops reading, the phone hangs up
 * and is no longer registered. These requests act on a phone and respond with `{heard}`, whether the action had an effect:
 * `POST /phones/{id}/answer`, `/decline`, `/keys {keys}`, `/silence`, `/say {text}`, `/speak {seconds}` (into a recording),
 * `/other {does}` (a dialled number: `answered`, `busy`, `no-answer`, `refused`; in a talk `talked`) and `/hangup`. On virtual time only
 * the holder is waited for: a gather, a queue, a dial and a talk last until they act.
 */
export function createPhones(carrier: Carrier): Phones {
  const phones = new Map<string, Held>();
  return async ({ request, response, path, body: text }) => {
    const [, , id, act] = path.split('/');
    if (request.method !== 'POST') return refuse(response, 404, 'Nothing is here.');
    // A web page cannot send this content type to another origin, so no web site can make calls here.
    if (request.headers['content-type'] !== 'application/json')
      return refuse(response, 415, 'Send application/json.');
    const body = objectOf(text);
    if (body === undefined) return refuse(response, 400, 'The body must be a JSON object.');
    if (id === undefined) return await pickUp(carrier, phones, body, response);
    const phone = phones.get(id);
    if (phone === undefined) return refuse(response, 404, 'There is no such phone, or its call is over.');
    const heard = perform(phone, act, body);
    if (heard === undefined)
      return refuse(response, 400, 'There is no such action, or a field of it is missing.');
    phone.decide();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ heard }));
  };
}

async function pickUp(
  carrier: Carrier,
  phones: Map<string, Held>,
  body: Record<string, unknown>,
  response: ServerResponse,
): Promise<void> {
  // The holder went away before this: `close` does not come again.
  if (response.closed) return;
  if (typeof body.address === 'string') return await register(carrier, phones, body.address, response);
  const order = orderOf(body);
  if (typeof order === 'string') return refuse(response, 400, order);
  await dial(carrier, phones, order, response);
}

/** Registers a phone until its holder stops reading. A second call at the same time finds it busy. */
async function register(
  carrier: Carrier,
  phones: Map<string, Held>,
  at: string,
  response: ServerResponse,
): Promise<void> {
  if (!address.test(at)) {
    return refuse(response, 400, '`address` must be a number, sip:… or client:….');
  }
  const phone: Held = {
    call: undefined,
    silence: () => phone.call?.silence() ?? false,
    decide: () => undefined,
  };
  const leave = carrier.register(
    at,
    (call) => {
      if (phone.call?.gone.aborted === false) {
        call.decline();
        return () => undefined;
      }
      phone.call = call;
      return (event) => write(response, event);
    },
    (event) => write(response, event),
  );
  if (leave === undefined) return refuse(response, 409, `Another phone is rung at ${at} already.`);
  const id = randomUUID();
  phones.set(id, phone);
  begin(response, { event: 'registered', id });
  await once(response, 'close');
  leave();
  phones.delete(id);
  phone.call?.hangup();
}

/** Makes a call and resolves when it is over. */
async function dial(
  carrier: Carrier,
  phones: Map<string, Held>,
  { to, from, virtual }: Order,
  response: ServerResponse,
): Promise<void> {
  let deciding: (() => void) | undefined;
  const decide = () => {
    deciding?.();
    deciding = undefined;
  };
  const listener: Listener = (event) => {
    write(response, event);
    if (!virtual || !decisive.includes(event.event)) return;
    return new Promise<void>((resolve) => {
      deciding = resolve;
    });
  };
  const clock = virtual ? new VirtualClock({ startsAt: Date.now() }) : carrier.clock;
  const call = carrier.dial({ from, to, listener, clock });
  if (call === undefined) return refuse(response, 404, `Nobody has the number ${to}.`);
  // On virtual time the wait need not be interrupted: when the holder decides to do nothing, it takes no real time.
  const silence = virtual ? () => deciding !== undefined : () => call.silence();
  phones.set(call.sid, { call, silence, decide });
  // Who decides is no longer waited for once the call is over.
  call.gone.addEventListener('abort', decide);
  response.on('close', () => {
    call.hangup();
    decide();
  });
  begin(response, { event: 'dialled', id: call.sid });
  await call.ended.finally(() => phones.delete(call.sid));
  response.end();
}

/** Performs an action; returns whether it had an effect, or `undefined` if it is not valid. */
function perform(
  { call, silence }: Held,
  act: string | undefined,
  { keys, text, seconds, does }: Record<string, unknown>,
): boolean | undefined {
  const was = call?.gone.aborted === false;
  switch (act) {
    case 'answer':
      return call?.answer() ?? false;
    case 'decline':
      return call?.decline() ?? false;
    case 'silence':
      return silence();
    case 'hangup':
      call?.hangup();
      return was;
    case 'say':
      return typeof text === 'string' ? (call?.say(text) ?? false) : undefined;
    case 'speak':
      return isSeconds(seconds) ? (call?.speak(seconds) ?? false) : undefined;
    case 'other': {
      const side = otherSides.find((each) => each === does);
      return side === undefined ? undefined : (call?.other(side) ?? false);
    }
    case 'keys':
      if (typeof keys !== 'string' || !/^[0-9*#]+$/.test(keys)) return undefined;
      return Array.from(keys, (key) => call?.press(key)).every((heard) => heard === true);
    default:
      return undefined;
  }
}

function isSeconds(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 3600;
}

/** Reads the order of a call; returns an error message if it is not valid. */
function orderOf({ to, from, virtual = false }: Record<string, unknown>): Order | string {
  if (typeof to !== 'string' || !e164.test(to)) return '`to` must be a number such as +15550100.';
  if (typeof from !== 'string' || !caller.test(from))
    return '`from` must be a number such as +15550199, sip:…, or a word for a withheld one such as anonymous.';
  if (typeof virtual !== 'boolean') return '`virtual` must be true or false.';
  return { to, from, virtual };
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text || '{}');
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function begin(response: ServerResponse, first: { readonly event: string; readonly id: string }): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.write(`${JSON.stringify(first)}\n`);
}

function write(response: ServerResponse, event: CallEvent): void {
  response.write(`${JSON.stringify(event)}\n`);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}
