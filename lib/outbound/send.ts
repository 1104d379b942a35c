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

/** A request to a service. */
export interface Outgoing {
  /** With the path and the query. */
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body?: string;
  /** Ends the request when the time is up. */
  readonly signal: AbortSignal;
}

/** What a service answered. */
export interface Incoming {
  readonly status: number;
  readonly text: string;
}

/** Sends a request to a public address, or to loopback where that is allowed. Throws `request-refused`, `request-failed`. */
export type Send = (outgoing: Outgoing) => Promise<Incoming>;

/** Finds the addresses of a name. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

/** The most bytes of an answer. */
const largestAnswer = 64 * 1024;

/** Connects to addresses that are allowed only: what a name resolves to is looked at when the socket is opened, each time. */
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

function exchange({ url, method, headers, body, signal }: Outgoing, agent: HttpAgent): Promise<Incoming> {
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
    request.on('error', reject);
    request.end(body);
  });
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
  return new InternalError('request-refused', `${host} is no public address, or is not asked by https.`);
}

function codeOf(error: unknown): string {
  const { code, name } = error as NodeJS.ErrnoException;
  return code ?? name;
}
