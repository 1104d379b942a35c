import { InternalError } from '../errors.ts';
import { type Measure, measureNothing } from '../metrics.ts';
import { Breaker } from './breaker.ts';
import type { Incoming, Send } from './send.ts';

/** A service that is asked. */
export interface Service {
  readonly id: string;
  /** Its URL without a slash at its end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What it is asked. */
export interface ServiceRequest {
  readonly method: string;
  /** Begins with a slash; may have a query. */
  readonly path: string;
  /** JSON. */
  readonly body?: string;
  /** The same for a request that is made again. */
  readonly idempotencyKey?: string;
}

/** Asks services; each request ends with its signal. */
export interface Outbound {
  /** Whatever the service answers. Throws `request-refused`, `request-failed`. */
  send(service: Service, request: ServiceRequest, signal: AbortSignal): Promise<Incoming>;
  /**
   * The same, but fails at once while the service gives no answers or says itself that it cannot serve (5xx, 429): throws
   * `request-paused`, too. Whatever else it answers shows that it works: a 404 for one caller keeps no other from asking.
   */
  ask(service: Service, request: ServiceRequest, signal: AbortSignal): Promise<Incoming>;
}

/** Asks services through a way to send. `onFault` learns that a service is no longer asked, `measure` of that and that it is asked again. */
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
    async ask(service, request, signal) {
      const { id, url } = service;
      if (urlOf(url, request.path) === undefined) return await sendTo(service, request, signal);
      // With its URL: a connection whose URL was mended is asked at once.
      const key = `${id} ${url}`;
      if (!breaker.admits(key))
        throw new InternalError('request-paused', `Connection ${id} is not asked: it keeps failing.`);
      let works = false;
      try {
        const answer = await sendTo(service, request, signal);
        works = answer.status < 500 && answer.status !== 429;
        return answer;
      } finally {
        const changed = breaker.tell(key, works);
        if (changed === 'closed') measure({ ResumedConnections: 1 }, { code: id });
        if (changed === 'open') {
          measure({ PausedConnections: 1 }, { code: id });
          onFault(new InternalError('request-paused', `Connection ${id} fails: it is not asked for 30 s.`));
        }
      }
    },
  };
}

/** The URL of a path below that of a service; `undefined` if it would lead anywhere else. */
export function urlOf(base: string, path: string): URL | undefined {
  const whole = `${base}${path}`;
  if (!path.startsWith('/') || !URL.canParse(whole)) return undefined;
  const [url, root] = [new URL(whole), new URL(base)];
  const way = root.pathname.replace(/\/$/, '');
  return url.origin === root.origin && url.pathname.startsWith(`${way}/`) ? url : undefined;
}
