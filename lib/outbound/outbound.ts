import { InternalError } from '../errors.ts';
import { type Measure, measureNothing } from '../metrics.ts';
import { Breaker } from './breaker.ts';
import type { Incoming, Send } from './send.ts';

/** A service that requests are sent to. */
export interface Service {
  readonly id: string;
  /** Its base URL, without a slash at the end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A request to a service. */
export interface ServiceRequest {
  readonly method: string;
  /** The path below the base URL, with a slash at the beginning; may have a query. */
  readonly path: string;
  /** JSON. */
  readonly body?: string;
  /** A key that stays the same if the request is repeated. */
  readonly idempotencyKey?: string;
}

/** Sends requests to services. A request ends when its signal fires. */
export interface Outbound {
  /** Sends a request. Resolves with a response of any status. Throws `request-refused` or `request-failed`. */
  send(service: Service, request: ServiceRequest, signal: AbortSignal): Promise<Incoming>;
  /**
   * The same, but fails at once while the service gives no answers or says itself that it cannot serve (5xx, 429): throws
   * `request-paused`, too. Whatever else it answers shows that it works: a 404 for one caller keeps no other from asking. With `hurried`
   * the signal fires earlier than the service may take, so that no answer by then says nothing about it.
   */
  ask(
    service: Service,
    request: ServiceRequest,
    signal: AbortSignal,
    options?: { readonly hurried?: boolean },
  ): Promise<Incoming>;
}

/** Creates an `Outbound` on top of `send`. `onFault` is called when a connection is paused, `measure` when it is paused or resumed. */
export function createOutbound({
  send,
  now,
  onFault,
  measure = measureNothing,
}: {
  readonly send: Send;
  readonly now: () => Date;
  readonly onFault: (error: InternalError) => void;
  readonly measure?: Measure;
}): Outbound {
  const breaker = new Breaker(() => now().getTime());
  const sendTo: Outbound['send'] = async ({ url, headers }, request, signal) => {
    const { method, path, body, idempotencyKey } = request;
    const whole = urlOf(url, path);
    if (whole === undefined)
      throw new InternalError('request-refused', 'The path leaves the URL of the connection.');
    const key = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
    return await send({
      ...{ url: whole, method, signal, headers: { ...headers, ...key } },
      ...(body === undefined ? {} : { body }),
    });
  };
  return {
    send: sendTo,
    async ask(service, request, signal, { hurried = false } = {}) {
      const { id, url } = service;
      if (urlOf(url, request.path) === undefined) return await sendTo(service, request, signal);
      // The key has the URL, so that a connection is used at once after its URL is corrected.
      const key = `${id} ${url}`;
      if (!breaker.admits(key))
        throw new InternalError('request-paused', `Connection ${id} is not asked: it keeps failing.`);
      let works = false;
      try {
        const answer = await sendTo(service, request, signal);
        works = answer.status < 500 && answer.status !== 429;
        return answer;
      } finally {
        const isUnclear = hurried && !works && signal.aborted;
        if (isUnclear) breaker.drop(key);
        const changed = isUnclear ? undefined : breaker.tell(key, works);
        if (changed === 'closed') measure({ ResumedConnections: 1 }, { code: id });
        if (changed === 'open') {
          measure({ PausedConnections: 1 }, { code: id });
          onFault(new InternalError('request-paused', `Connection ${id} fails: it is not asked for 30 s.`));
        }
      }
    },
  };
}

/** The URL of a path below a base URL; `undefined` if it would be outside of it. */
export function urlOf(base: string, path: string): URL | undefined {
  const whole = `${base}${path}`;
  if (!path.startsWith('/') || !URL.canParse(whole)) return undefined;
  const [url, root] = [new URL(whole), new URL(base)];
  const way = root.pathname.replace(/\/$/, '');
  return url.origin === root.origin && url.pathname.startsWith(`${way}/`) ? url : undefined;
}
