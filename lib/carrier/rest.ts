import { InternalError } from '../errors.ts';
import { callStatuses } from '../flow/status.ts';
import type { Status } from './posts.ts';
import { askCarrier, type RestAnswer } from './request.ts';

/** An account at the carrier, with access to its REST API (https://www.twilio.com/docs/voice/api/call-resource). */
export interface RestAccount {
  readonly apiUrl: string;
  readonly accountSid: string;
  /** Returns the auth token that is valid now. */
  readonly token: () => string | Promise<string>;
  /** Called once for each request without a usable response. The message names the HTTP status and the carrier's code. */
  readonly onFault: (error: InternalError) => void;
  /** The time limit of a request, in milliseconds; 2,000 if left out. */
  readonly limitMs?: number;
}

/** A leg to ring. The URLs are absolute. */
export interface Ring {
  readonly from: string;
  readonly to: string;
  readonly timeoutSeconds: number;
  /** The URL that is requested when the leg is answered. */
  readonly answered: string;
  /** The URL that is requested if `answered` fails. */
  readonly fallback: string;
  /** The URL of status callbacks. */
  readonly status: string;
}

/**
 * The result of a ring. `refused`: the carrier does not ring that endpoint. `declined`: it does not make this call, such as to a country
 * that the account does not allow; others may be possible. `unavailable`: the request failed, and nothing rings. `unknown`: the response
 * was lost or too late, so the phone may ring.
 */
export type Rung =
  | { readonly outcome: 'rung'; readonly leg: string }
  | { readonly outcome: 'refused' | 'declined' | 'unavailable' | 'unknown' };

/**
 * The status of a leg. `unknown`: the request failed. `gone`: the carrier does not know the call, or it can no longer be changed.
 */
export type LegStatus = Status['status'] | 'gone' | 'unknown';

/** A text message. */
export interface TextMessage {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** The carrier's REST API. No method throws if the carrier fails. */
export interface Rest {
  ring(ring: Ring): Promise<Rung>;
  /** Cancels a leg that was not answered; an answered one goes on. Resolves with its status afterwards. */
  cancel(leg: string): Promise<LegStatus>;
  /** Sends a text message. `unknown`: the response was lost or too late, so it may have been sent. */
  send(message: TextMessage): Promise<'sent' | 'refused' | 'unavailable' | 'unknown'>;
  /** Reads the status of a leg. */
  read(leg: string): Promise<LegStatus>;
}

const usualLimitMs = 2000;

/** Opens the REST API of an account. */
export function createRest(account: RestAccount): Rest {
  return {
    async ring(ring) {
      const answer = await post(account, 'Calls.json', formOf(ring));
      if (typeof answer === 'string') return { outcome: answer };
      const leg = answer.body.sid;
      if (isDone(answer) && typeof leg === 'string' && leg !== '') return { outcome: 'rung', leg };
      if (answer.status === 400 && endpointCodes.has(codeOf(answer))) return { outcome: 'refused' };
      account.onFault(faultOf('POST', 'Calls.json', answer));
      if (answer.status === 400 && isAboutCall(codeOf(answer))) return { outcome: 'declined' };
      // This includes a 408: the carrier did not receive the complete request (RFC 9110, 15.5.9).
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
 * The carrier's error codes about the endpoint to ring: it is not a number, not valid, or not reachable. All other codes are about the
 * account, our request or the carrier (https://www.twilio.com/docs/api/errors).
 */
const endpointCodes: ReadonlySet<number> = new Set([21201, 21211, 21214, 21217, 13223, 13224]);

/** Whether a code is about this one call, such as its country or its caller id, and not about the account as a whole. */
function isAboutCall(code: number): boolean {
  return code >= 21200 && code < 21300;
}

/** The time limit for sending a message, in milliseconds: less than that of the step that waits for it. */
const messageMs = 1000;

/** The carrier's error codes about the recipient of a message: not a number, not a mobile one, or opted out. */
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
  // `ringing` and `answered` are not needed: an answered leg requests its document.
  for (const event of ['initiated', 'completed']) form.append('StatusCallbackEvent', event);
  return form;
}

function pathOf(leg: string): string {
  return `Calls/${encodeURIComponent(leg)}.json`;
}

/** Sends a request. Without a response it resolves with `unavailable`, or with `unknown` if the carrier may have got the request. */
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

/** The reason for a missing response in one word: the system's error code if there is one. */
function reasonOf(error: unknown): string {
  const known = causesOf(error).flatMap((each) =>
    each instanceof Error && 'code' in each && typeof each.code === 'string' ? [each.code] : [],
  );
  return known[0] ?? (error instanceof Error ? error.name : typeof error);
}

function isDone({ status }: RestAnswer): boolean {
  return status >= 200 && status < 300;
}

/** The carrier's error code in a response; `NaN` if there is none. Some carriers write it as a string. */
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

/** Whether no connection was made. If a connection broke, the request may have been received. */
function neverSent(error: unknown): boolean {
  return causesOf(error).some(
    (each) => each instanceof Error && 'code' in each && unreached.includes(String(each.code)),
  );
}

/** The system's errors behind an error of `fetch`. */
function causesOf(error: unknown): readonly unknown[] {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof AggregateError ? cause.errors : [cause];
}

/** Reads a leg, or changes it with a form. Resolves with its status afterwards. */
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
 * Whether the carrier does not know the call (404 with code 20404), or the call can no longer be changed (400 with code 21220). A 404
 * without that code may come from a proxy (https://www.twilio.com/docs/api/errors/21220).
 */
function isGone(answer: RestAnswer): boolean {
  const code = codeOf(answer);
  return (answer.status === 404 && code === 20404) || (answer.status === 400 && code === 21220);
}
