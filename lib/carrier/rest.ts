import type { Status } from './posts.ts';
import { callStatuses } from './posts.ts';

/** An account at the carrier, and where its REST API is (https://www.twilio.com/docs/voice/api/call-resource). */
export interface Account {
  readonly apiUrl: string;
  readonly accountSid: string;
  /** The auth token that is valid now. */
  readonly token: () => string | Promise<string>;
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
 * What came of a ring. `refused`: the carrier will not ring that endpoint. `unavailable`: it could not take the ring, and
 * nothing rings. `unknown`: it did not answer in time, so it may ring or not.
 */
export type Rung =
  | { readonly outcome: 'rung'; readonly leg: string }
  | { readonly outcome: 'refused' | 'unavailable' | 'unknown' };

/**
 * How a leg is. `unknown`: the carrier could not be asked; `gone`: it knows no such call, or none that can be changed any
 * more.
 */
export type Told = Status['status'] | 'gone' | 'unknown';

/** The carrier's REST API. No method throws for what the carrier does. */
export interface Rest {
  ring(ring: Ring): Promise<Rung>;
  /** Ends a leg that nobody has answered; one that was answered goes on. Answers how it is then. */
  cancel(leg: string): Promise<Told>;
  /** Asks how a leg is. */
  read(leg: string): Promise<Told>;
}

/** How long the carrier is given for an answer. */
const limitMs = 2000;

/** The REST API of an account. */
export function createRest(account: Account): Rest {
  return {
    async ring(ring) {
      const answer = await post(account, 'Calls.json', formOf(ring));
      if (typeof answer === 'string') return { outcome: answer };
      if (answer.status === 429 || answer.status >= 500) return { outcome: 'unavailable' };
      if (answer.status >= 400) return { outcome: 'refused' };
      const leg = answer.body.sid;
      return typeof leg === 'string' && leg !== '' ? { outcome: 'rung', leg } : { outcome: 'unknown' };
    },
    async cancel(leg) {
      return toldBy(await post(account, pathOf(leg), new URLSearchParams({ Status: 'canceled' })));
    },
    async read(leg) {
      return toldBy(await post(account, pathOf(leg)));
    },
  };
}

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

/** The carrier's answer, or why there is none. */
type Answer = { readonly status: number; readonly body: Record<string, unknown> } | 'unavailable' | 'unknown';

/** Posts a form, or gets what stands at the path. */
async function post(account: Account, path: string, form?: URLSearchParams): Promise<Answer> {
  const { apiUrl, accountSid } = account;
  const authorization = await authorize(account);
  if (authorization === undefined) return 'unavailable';
  try {
    const response = await fetch(`${apiUrl}/2010-04-01/Accounts/${accountSid}/${path}`, {
      method: form === undefined ? 'GET' : 'POST',
      headers: { authorization, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(limitMs),
      ...(form === undefined ? {} : { body: form }),
    });
    return { status: response.status, body: parsed(await response.text()) };
  } catch (error) {
    return neverSent(error) ? 'unavailable' : 'unknown';
  }
}

/** The header of basic authentication; undefined where the token cannot be had. */
async function authorize({ accountSid, token }: Account): Promise<string | undefined> {
  try {
    return `Basic ${Buffer.from(`${accountSid}:${await token()}`).toString('base64')}`;
  } catch {
    return undefined;
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

const unreached = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Whether no connection was made. One that broke may have carried the request. */
function neverSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const causes = cause instanceof AggregateError ? cause.errors : [cause];
  return causes.some(
    (each) => each instanceof Error && 'code' in each && unreached.includes(String(each.code)),
  );
}

// A call that is over cannot be changed: 400 with the code 21220 (https://www.twilio.com/docs/api/errors/21220).
function toldBy(answer: Answer): Told {
  if (typeof answer === 'string') return 'unknown';
  const { status, body } = answer;
  if (status === 404 || (status === 400 && body.code === 21220)) return 'gone';
  if (status >= 300) return 'unknown';
  return callStatuses.find((each) => each === body.status) ?? 'unknown';
}
