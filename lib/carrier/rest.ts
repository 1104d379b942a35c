import { InternalError } from '../errors.ts';
import { callStatuses } from '../flow/status.ts';
import type { Status } from './posts.ts';
import { askCarrier, type RestAnswer } from './request.ts';

/** An account at the carrier, and where its REST API is (https://www.twilio.com/docs/voice/api/call-resource). */
export interface RestAccount {
  readonly apiUrl: string;
  readonly accountSid: string;
  /** The auth token that is valid now. */
  readonly token: () => string | Promise<string>;
  /** Learns of each request that brought no usable answer, once: its message names the HTTP status and the carrier's code. */
  readonly onFault: (error: InternalError) => void;
  /** How long the carrier is given for an answer, in milliseconds; 2,000 if left out. */
  readonly limitMs?: number;
}

/** A leg that is to be rung. The URLs are absolute. */
export interface Ring {
  readonly from: string;
  readonly to: string;
  readonly timeoutSeconds: number;
  /** Asked for when it is answered. */
  readonly answered: string;
  /** Asked for where the document of an answered leg could not be had. */
  readonly fallback: string;
  /** Told how the leg is. */
  readonly status: string;
}

/**
 * What came of a ring. `refused`: the carrier will not ring that endpoint. `unavailable`: it took no ring, and nothing rings.
 * `unknown`: its answer was lost or came too late, so the phone may ring or not.
 */
export type Rung =
  | { readonly outcome: 'rung'; readonly leg: string }
  | { readonly outcome: 'refused' | 'unavailable' | 'unknown' };

/**
 * How a leg is. `unknown`: the carrier could not be asked; `gone`: it knows no such call, or none that can be changed any
 * more.
 */
export type LegStatus = Status['status'] | 'gone' | 'unknown';

/** A text message. */
export interface TextMessage {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** The carrier's REST API. No method throws for what the carrier does. */
export interface Rest {
  ring(ring: Ring): Promise<Rung>;
  /** Ends a leg that nobody has answered; one that was answered goes on. Answers how it is then. */
  cancel(leg: string): Promise<LegStatus>;
  /** Sends a message. `unknown`: the answer was lost or came too late, so it may be sent or not. */
  send(message: TextMessage): Promise<'sent' | 'refused' | 'unavailable' | 'unknown'>;
  /** Asks how a leg is. */
  read(leg: string): Promise<LegStatus>;
}

const usualLimitMs = 2000;

/** The REST API of an account. */
export function createRest(account: RestAccount): Rest {
  return {
    async ring(ring) {
      const answer = await post(account, 'Calls.json', formOf(ring));
      if (typeof answer === 'string') return { outcome: answer };
      const leg = answer.body.sid;
      if (isDone(answer) && typeof leg === 'string' && leg !== '') return { outcome: 'rung', leg };
      if (answer.status === 400 && endpointCodes.has(codeOf(answer))) return { outcome: 'refused' };
      account.onFault(faultOf('POST', 'Calls.json', answer));
      // A 408, too: the carrier says that the request never reached it whole (RFC 9110, 15.5.9).
      return { outcome: isDone(answer) ? 'unknown' : 'unavailable' };
    },
    async send({ from, to, text }) {
      const form = new URLSearchParams({ From: from, To: to, Body: text });
      const limitMs = Math.min(account.limitMs ?? messageMs, messageMs);
      const answer = await post({ ...account, limitMs }, 'Messages.json', form);
      if (typeof answer === 'string') return answer;
      if (isDone(answer)) return 'sent';
      if (answer.status === 400 && recipientCodes.has(codeOf(answer))) return 'refused';
      account.onFault(faultOf('POST', 'Messages.json', answer));
      return 'unavailable';
    },
    async cancel(leg) {
      return await tell(account, leg, new URLSearchParams({ Status: 'canceled' }));
    },
    async read(leg) {
      return await tell(account, leg);
    },
  };
}

/**
 * The carrier's codes that speak of the endpoint to ring: no number, no valid one, not reachable. All others speak of the
 * account, of us or of the carrier (https://www.twilio.com/docs/api/errors).
 */
const endpointCodes: ReadonlySet<number> = new Set([21201, 21211, 21214, 21217, 13223, 13224]);

/** How long the carrier is given to take a message, in milliseconds: less than the step that waits for it has. */
const messageMs = 1000;

/** The carrier's codes that speak of who gets a message: no number, no mobile one, or they want no messages. */
const recipientCodes: ReadonlySet<number> = new Set([21211, 21610, 21612, 21614, 21408]);

function formOf(ring: Ring): URLSearchParams {
  const form = new URLSearchParams({
    From: ring.from,
    To: ring.to,
    Timeout: String(ring.timeoutSeconds),
    Url: ring.answered,
    Method: 'POST',
    FallbackUrl: ring.fallback,
    FallbackMethod: 'POST',
    StatusCallback: ring.status,
    StatusCallbackMethod: 'POST',
  });
  // What lies between the two tells us nothing new: an answer asks for its document.
  for (const event of ['initiated', 'completed']) form.append('StatusCallbackEvent', event);
  return form;
}

function pathOf(leg: string): string {
  return `Calls/${encodeURIComponent(leg)}.json`;
}

/** Posts a form, or gets what stands at the path; without an answer, says whether the request may have been served. */
async function post(
  account: RestAccount,
  path: string,
  form?: URLSearchParams,
): Promise<RestAnswer | 'unavailable' | 'unknown'> {
  const { apiUrl, accountSid, token, onFault, limitMs = usualLimitMs } = account;
  const method = form === undefined ? 'GET' : 'POST';
  let sent = false;
  try {
    const authToken = await token();
    sent = true;
    return await askCarrier({ apiUrl, accountSid, authToken }, path, { limitMs, form });
  } catch (error) {
    const message = `The carrier gave no answer to ${method} ${path}: ${reasonOf(error)}.`;
    onFault(new InternalError('carrier-failed', message, { cause: error }));
    return sent && !neverSent(error) ? 'unknown' : 'unavailable';
  }
}

/** Why there is no answer, in one word: the system's code if there is one. */
function reasonOf(error: unknown): string {
  const known = causesOf(error).flatMap((each) =>
    each instanceof Error && 'code' in each && typeof each.code === 'string' ? [each.code] : [],
  );
  return known[0] ?? (error instanceof Error ? error.name : typeof error);
}

function isDone({ status }: RestAnswer): boolean {
  return status >= 200 && status < 300;
}

/** The carrier's own code in an answer; `NaN` if it names none. Some carriers write it as a text. */
function codeOf({ body }: RestAnswer): number {
  return Number(body.code ?? Number.NaN);
}

function faultOf(method: string, path: string, answer: RestAnswer): InternalError {
  const code = codeOf(answer);
  const said = `HTTP ${answer.status}${Number.isNaN(code) ? '' : `, code ${code}`}`;
  return new InternalError('carrier-failed', `The carrier answered ${method} ${path} with ${said}.`);
}

const unreached = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Whether no connection was made. One that broke may have carried the request. */
function neverSent(error: unknown): boolean {
  return causesOf(error).some(
    (each) => each instanceof Error && 'code' in each && unreached.includes(String(each.code)),
  );
}

/** What lies behind an error of `fetch`: the system's own errors. */
function causesOf(error: unknown): readonly unknown[] {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof AggregateError ? cause.errors : [cause];
}

/** Asks after a leg, or changes it; what is told is how it is then. */
async function tell(account: RestAccount, leg: string, form?: URLSearchParams): Promise<LegStatus> {
  const path = pathOf(leg);
  const answer = await post(account, path, form);
  if (typeof answer === 'string') return 'unknown';
  if (isGone(answer)) return 'gone';
  const told = isDone(answer) ? callStatuses.find((each) => each === answer.body.status) : undefined;
  if (told === undefined) account.onFault(faultOf(form === undefined ? 'GET' : 'POST', path, answer));
  return told ?? 'unknown';
}

/**
 * Whether the carrier says that it has no such call (404 with 20404), or none that can still be changed (400 with 21220).
 * A 404 without that code may come from anything that is not the API (https://www.twilio.com/docs/api/errors/21220).
 */
function isGone(answer: RestAnswer): boolean {
  const code = codeOf(answer);
  return (answer.status === 404 && code === 20404) || (answer.status === 400 && code === 21220);
}
