import { createHmac, randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import { Fault } from './fault.ts';

/** The account of the carrier's calls. */
export interface Account {
  readonly sid: string;
  readonly token: string;
}

/** What is needed to send webhooks. */
export interface Line {
  readonly account: Account;
  readonly clock: Clock;
  /** The real origins of public origins, where they differ: `https://phones.example.org` → loopback. */
  readonly origins?: ReadonlyMap<string, string>;
}

/** A request to an application. */
export interface Webhook {
  readonly url: string;
  readonly method: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A response. Relative URLs in it are relative to `url`. */
export interface Reply {
  readonly url: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** The limits of an exchange (https://www.twilio.com/docs/api/errors: 11203, 11215, 11750). */
const exchangeMs = 15_000;
const mostRedirects = 10;
const largestBody = 64 * 1024;

/**
 * Sends a webhook like Twilio and resolves with a 2xx response. Throws a Fault with Twilio's code for everything else: no connection at
 * two tries, more than 15 s in all, more than 10 redirects, a body over 64 KB, or another status.
 */
export async function send(line: Line, webhook: Webhook, gone?: AbortSignal): Promise<Reply> {
  const done = new AbortController();
  // A limit in real time, too: a virtual clock stands still while an application does not respond.
  const limits = [done.signal, AbortSignal.timeout(exchangeMs), ...(gone === undefined ? [] : [gone])];
  const signal = AbortSignal.any(limits);
  const late = line.clock.sleep(exchangeMs, signal).then((): never => {
    if (gone?.aborted) throw new Fault(11200, `${webhook.url} was given up: the call is over`);
    throw new Fault(11203, `${webhook.url} took more than ${exchangeMs / 1000} s`);
  });
  try {
    return await line.clock.work(Promise.race([exchange(line, webhook, signal), late]));
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    if (signal.aborted) return await late;
    throw new Fault(11205, `${webhook.url} cannot be reached: ${reasonOf(cause)}`);
  } finally {
    done.abort();
  }
}

async function exchange(line: Line, webhook: Webhook, signal: AbortSignal): Promise<Reply> {
  const idempotency = randomUUID();
  let next = webhook;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const current = next;
    const { response, url } = await request(line, current, idempotency, signal).catch((cause: unknown) => {
      // Once more by default, with the same token (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
      if (!isUnconnected(cause)) throw cause;
      return request(line, current, idempotency, signal);
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) {
      return await replyOf(response, url);
    }
    await response.body?.cancel();
    next = redirected(next, new URL(location, url).href, response.status);
  }
  throw new Fault(11215, `${webhook.url} redirects more than ${mostRedirects} times`);
}

/** The request after a redirect: as in a browser, a POST becomes a GET without fields, except for 307 and 308. */
function redirected({ method, fields }: Webhook, url: string, status: number): Webhook {
  return status === 307 || status === 308 ? { url, method, fields } : { url, method: 'GET', fields: {} };
}

async function request(line: Line, webhook: Webhook, idempotency: string, signal: AbortSignal) {
  const { url, reached, body } = prepared(line, webhook);
  const headers: Record<string, string> = {
    accept: '*/*',
    'user-agent': 'TwilioProxy/1.1',
    'x-twilio-signature': signatureOf(line.account.token, url, body === undefined ? {} : webhook.fields),
    'i-twilio-idempotency-token': idempotency,
    'x-home-region': 'us1',
  };
  if (body !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded; charset=UTF-8';
  const init = { method: webhook.method, headers, redirect: 'manual' as const, signal };
  return { response: await fetch(reached, body === undefined ? init : { ...init, body }), url };
}

/** The URL that is signed, the real URL, and the form that is posted. */
function prepared(line: Line, { url, method, fields }: Webhook) {
  if (!URL.canParse(url)) throw new Fault(11100, `"${url}" is not a URL`);
  const called = new URL(url);
  called.hash = '';
  if (method === 'GET') for (const [name, value] of Object.entries(fields)) add(called, name, value);
  const reached = (line.origins?.get(called.origin) ?? called.origin) + called.pathname + called.search;
  const body = method === 'GET' ? undefined : new URLSearchParams(fields).toString();
  return { url: called.href, reached, body };
}

// `searchParams` would change the spelling of the existing query.
function add(url: URL, name: string, value: string): void {
  const pair = new URLSearchParams({ [name]: value }).toString();
  url.search = url.search === '' ? pair : `${url.search}&${pair}`;
}

/**
 * The value of `X-Twilio-Signature`: HMAC-SHA1, in base64, of the URL and each field's name and value, sorted by name
 * (https://www.twilio.com/docs/usage/webhooks/webhooks-security).
 */
export function signatureOf(token: string, url: string, fields: Readonly<Record<string, string>>): string {
  const names = Object.keys(fields).sort();
  const signed = url + names.map((name) => name + fields[name]).join('');
  return createHmac('sha1', token).update(signed).digest('base64');
}

async function replyOf(response: Response, url: string): Promise<Reply> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > largestBody) throw new Fault(11750, `${url} answered more than ${largestBody / 1024} KB`);
    chunks.push(chunk);
  }
  const body = decoded(Buffer.concat(chunks), url);
  if (!response.ok) throw new Fault(11200, `${url} answered ${response.status}: ${body.slice(0, 100)}`);
  return { url, status: response.status, contentType: response.headers.get('content-type') ?? '', body };
}

function decoded(bytes: Uint8Array, url: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Fault(12100, `${url} answered bytes that are not UTF-8`);
  }
}

/** Whether no connection came about, so that the application has not seen the request. */
function isUnconnected(cause: unknown): boolean {
  const { syscall, code } = ((cause instanceof Error && cause.cause) ?? {}) as NodeJS.ErrnoException;
  return syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT';
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}
