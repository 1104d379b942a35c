import { type LookupAddress, lookup as lookUp } from 'node:dns';
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { InternalError } from '../errors.ts';
import { hostOf, isLoopback, isPublic } from './address.ts';

/** An HTTP request. */
export interface Outgoing {
  /** The complete URL. */
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body?: string;
  /** Aborts the request. */
  readonly signal: AbortSignal;
}

/** An HTTP response. */
export interface Incoming {
  readonly status: number;
  readonly text: string;
}

/**
 * Sends a request to a public address, or to loopback if that is allowed. Redirects are not followed. Throws `request-refused` or
 * `request-failed`.
 */
export type Send = (outgoing: Outgoing) => Promise<Incoming>;

/** Resolves a host name to addresses. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

/** The largest response, in bytes. */
const largestAnswer = 64 * 1024;

/** Creates a `Send` that connects only to allowed addresses. The addresses of a name are checked each time a socket is opened. */
export function createSend({
  loopback,
  resolve = resolveByDns,
}: {
  readonly loopback: boolean;
  readonly resolve?: Resolve;
}): Send {
  const isAllowed = (address: string) => isPublic(address) || (loopback && isLoopback(address));
  const lookup: LookupFunction = (name, { all }, done) => {
    resolve(name).then(
      (found) => {
        const [first] = found;
        const wrong = found.find(({ address }) => !isAllowed(address));
        if (first === undefined || wrong !== undefined) done(refused(name), '', 0);
        else if (all === true) done(null, [...found]);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, '', 0),
    );
  };
  const agents = {
    'http:': new HttpAgent({ keepAlive: true, lookup } as object),
    'https:': new HttpsAgent({ keepAlive: true, lookup } as object),
  };
  return async (outgoing) => {
    const { url } = outgoing;
    const host = hostOf(url);
    const isHere = loopback && (host === 'localhost' || isLoopback(host));
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere)) throw refused(host);
    if (isIP(host) !== 0 && !isAllowed(host)) throw refused(host);
    const agent = agents[url.protocol as keyof typeof agents];
    try {
      return await exchange(outgoing, agent);
    } catch (error) {
      if (error instanceof InternalError) throw error;
      throw new InternalError('request-failed', `${host} did not answer: ${codeOf(error)}.`);
    }
  };
}

function exchange(outgoing: Outgoing, agent: HttpAgent): Promise<Incoming> {
  const { url, method, headers, body, signal } = outgoing;
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const content =
      body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const request: ClientRequest = send(
      url,
      { method, agent, signal, headers: { accept: 'application/json', ...headers, ...content } },
      (answer) => read(answer, url).then(resolve, reject),
    );
    request.on('error', (error) => {
      if (request.reusedSocket && isClosedByPeer(error)) exchange(outgoing, agent).then(resolve, reject);
      else reject(error);
    });
    request.end(body);
  });
}

/**
 * Whether the other side has closed the connection. If that happens to a reused socket before a response, the service has closed it
 * while it was idle, such as while a Lambda function was frozen, and has not processed the request: it can be sent again
 * (https://nodejs.org/api/http.html#requestreusedsocket).
 */
function isClosedByPeer(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE'].includes(codeOf(error));
}

async function read(answer: IncomingMessage, url: URL): Promise<Incoming> {
  const { statusCode: status = 0 } = answer;
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > largestAnswer) {
      answer.destroy();
      throw new InternalError('request-failed', `${hostOf(url)} answered more than 64 KB.`);
    }
    parts.push(part);
  }
  return { status, text: Buffer.concat(parts).toString('utf8') };
}

function resolveByDns(name: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookUp(name, { all: true }, (error, found) => (error === null ? resolve(found) : reject(error)));
  });
}

function refused(host: string): InternalError {
  return new InternalError('request-refused', `${host} is not a public address, or the URL is not https.`);
}

function codeOf(error: unknown): string {
  const { code, name } = error as NodeJS.ErrnoException;
  return code ?? name;
}
