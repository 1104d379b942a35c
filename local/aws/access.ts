import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';

/** What a request may access: everything, only the paths for a carrier (`/voice` and `/audio`), or nothing. */
export type Reach = 'everything' | 'carrier' | 'nothing';

/** The host names of a server. */
export interface Names {
  /** The address that it listens at, besides the loopback names. */
  readonly host?: string | undefined;
  /** The URLs that a carrier uses for it. */
  readonly carrierUrls: readonly URL[];
}

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/** Headers that proxies and tunnels add, even if they send our own name as `Host`. */
const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'];

/**
 * What a request may access, by its `Host`. Loopback names and the server's own address, with its port, may access everything: a page
 * whose name was rebound to loopback (DNS rebinding) still sends its own name. A request through a proxy may access at most the
 * carrier's paths.
 */
export function reachOf(request: IncomingMessage, { host, carrierUrls }: Names): Reach {
  const named = hostOf(request);
  if (named === undefined) return 'nothing';
  const own = [...loopbackNames, ...(host === undefined ? [] : [bracketed(host)])];
  if (own.some((name) => isAt(named, name, request.socket.localPort))) {
    return forwardingHeaders.some((name) => request.headers[name] !== undefined) ? 'carrier' : 'everything';
  }
  return carrierUrls.some((url) => named === url.host || named === `${url.hostname}:${portOf(url)}`)
    ? 'carrier'
    : 'nothing';
}

/** Whether a listening address can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Adds a check before a server's request listeners. Requests with a `Host` other than 127.0.0.1 and its port, with an `Origin` header
 * (as a browser sends for a page of another origin), or that `admits` refuses, get 403.
 */
export function guard(server: Server, admits: (request: IncomingMessage) => boolean = () => true): Server {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  return server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const named = hostOf(request);
    const ours = named !== undefined && isAt(named, '127.0.0.1', request.socket.localPort);
    if (ours && request.headers.origin === undefined && admits(request)) {
      for (const listener of listeners) listener.call(server, request, response);
      return;
    }
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ message: 'This server is for the programs of its own stack.' }));
  });
}

/** The `Host` of a request in lower case; `undefined` if it has none or several. */
function hostOf(request: IncomingMessage): string | undefined {
  const [named, more] = request.headersDistinct.host ?? [];
  return more === undefined ? named?.toLowerCase() : undefined;
}

function isAt(named: string, name: string, port: number | undefined): boolean {
  return named === `${name}:${port}`.toLowerCase() || (port === 80 && named === name.toLowerCase());
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80');
}
