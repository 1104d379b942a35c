import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { SignIn } from '../issuer/signin.ts';
import { printError } from '../terminal.ts';
import { type Reach, reachOf } from './access.ts';
import type { Authorizer } from './authorizer.ts';
import { bodyOf } from './body.ts';
import type { Console } from './console.ts';
import { type Folder, serveFolder } from './folder.ts';
import { keepIdle } from './idle.ts';
import { type LivePhones, livePhonesPath } from './livephones.ts';
import { type Answer, answerOf, eventOf, json, type Received } from './payload.ts';
import { type Match, matchRoute } from './route.ts';
import { type BucketFiles, serveStorage } from './storage.ts';
import type { Route } from './template.ts';

/** A function as Lambda runs it. */
export type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<unknown>;

/** What a gateway serves: the routes, and the functions by the `handler` their routes name. */
export interface Gateway {
  readonly routes: readonly Route[];
  readonly handlers: ReadonlyMap<string, Handler>;
  /** The address that the outside sees; under its host a request reaches `/voice` and `/audio` alone. */
  readonly publicUrl: URL;
  /** Where the carrier fetches audio, if that is another host. */
  readonly audioUrl?: URL;
  /** The address that it listens at; everything is answered there and at the loopback names. */
  readonly host?: string;
  /** What stands before the routes that name it. */
  readonly authorizers?: ReadonlyMap<string, Authorizer>;
  /** Where users sign in, beside the routes, where on AWS the user pool stands. */
  readonly signIn?: SignIn;
  /** The console, beside the routes. */
  readonly console?: Console;
  /** The audio that is served beside the routes, where on AWS the distribution stands: the first folder that has a file. */
  readonly audio?: Folder;
  /** The bucket of audio, where on AWS S3 stands. */
  readonly storage?: BucketFiles;
  /** The service that speaks texts, where on AWS Polly stands. */
  readonly polly?: (request: IncomingMessage) => Promise<Answer | undefined>;
  /** The phones of the embedded carrier, for pages of the console. */
  readonly phones?: LivePhones;
  /** After how long a function is given up, in milliseconds; AWS's own limit when left out. */
  readonly limitMs?: number;
  /** Learns of every function that failed; stderr when left out. */
  readonly onError?: (name: string, cause: unknown) => void;
}

/** The limits of an HTTP API (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html). */
const integrationLimitMs = 30_000;
const largestBody = 10 * 1024 * 1024;

/** The functions that routes name, imported from their files under `root`: `functions/voice.handler` → `functions/voice.ts`. */
export async function importHandlers(root: string, routes: readonly Route[]): Promise<Map<string, Handler>> {
  const handlers = new Map<string, Handler>();
  for (const { handler } of routes) {
    if (handlers.has(handler)) continue;
    const dot = handler.lastIndexOf('.');
    const file = resolve(root, `${handler.slice(0, dot)}.ts`);
    const module: Record<string, unknown> = await import(pathToFileURL(file).href);
    const found = module[handler.slice(dot + 1)];
    if (typeof found !== 'function') throw new Error(`${file} exports no ${handler.slice(dot + 1)}`);
    handlers.set(handler, found as Handler);
  }
  return handlers;
}

/** An HTTP server, not yet listening, that serves the routes as API Gateway's HTTP API does. */
export function createGateway(gateway: Gateway): Server {
  const server = createServer((request, response) => {
    (atPhones(gateway, request, response) ?? serve(gateway, request))
      .then((answer) => answer && send(gateway, request, response, answer))
      // The sender went away before its request was whole.
      .catch(() => response.destroy());
  });
  return keepIdle(server);
}

/** Answers a request for the carrier's phones, whose answers go on as long as their calls; `undefined` for any other. */
function atPhones(
  { phones, host, publicUrl }: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<undefined> | undefined {
  const { url = '', method } = request;
  if (phones === undefined || method !== 'POST' || !`${url}/`.startsWith(`${livePhonesPath}/`))
    return undefined;
  if (reachOf(request, { host, carrierUrls: [publicUrl] }) !== 'everything') return undefined;
  return phones(request, response, url).then(() => undefined);
}

async function serve(gateway: Gateway, request: IncomingMessage): Promise<Answer> {
  const at = new Date();
  const { host, publicUrl, audioUrl = publicUrl } = gateway;
  const reach = reachOf(request, { host, carrierUrls: [publicUrl, audioUrl] });
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const path = decoded(mark < 0 ? target : target.slice(0, mark));
  const refusal = refuseFar(reach, path);
  if (refusal !== undefined) return refusal;
  if (path === undefined) return json(400, { message: 'Bad Request' });
  const object = gateway.storage && (await serveStorage(gateway.storage, request));
  if (object !== undefined) return object;
  const sound = await gateway.polly?.(request);
  if (sound !== undefined) return sound;
  const file = gateway.audio && (await serveFolder(gateway.audio, request, path));
  if (file !== undefined) return file;
  const query = mark < 0 ? '' : target.slice(mark + 1);
  const match = matchRoute(gateway.routes, request.method ?? 'GET', path);
  if (match === undefined) {
    const beside =
      (await gateway.signIn?.serve(request, path, query)) ?? (await gateway.console?.serve(request, path));
    return beside ?? json(404, { message: 'Not Found' });
  }
  const body = await bodyOf(request, largestBody);
  if (body === undefined) return json(413, { message: 'Request Entity Too Large' });
  const { authorizer } = match.route;
  if (authorizer === undefined) return await invoke(gateway, match, { request, path, query, body, at });
  const claims = await gateway.authorizers?.get(authorizer)?.(request.headers.authorization);
  if (claims === undefined) return unauthorized;
  return await invoke(gateway, match, { request, path, query, body, at, claims });
}

/** What a request gets for a path that it does not reach; `undefined` for one that it does. */
function refuseFar(reach: Reach, path = ''): Answer | undefined {
  if (reach === 'everything') return undefined;
  if (reach === 'nothing') {
    const message =
      'This stack does not answer under this name. The address of a tunnel goes into PUBLIC_URL, and another address of this machine into HOST.';
    return json(403, { message });
  }
  if (path.startsWith('/voice/') || path.startsWith('/audio/')) return undefined;
  return json(404, { message: 'Only /voice and /audio are served under this name.' });
}

const unauthorized: Answer = {
  ...json(401, { message: 'Unauthorized' }),
  headers: { 'content-type': 'application/json', 'www-authenticate': 'Bearer' },
};

async function invoke(gateway: Gateway, match: Match, received: Received): Promise<Answer> {
  const { name, handler } = match.route;
  const limitMs = gateway.limitMs ?? integrationLimitMs;
  let timer: NodeJS.Timeout | undefined;
  try {
    const run = gateway.handlers.get(handler);
    if (run === undefined) throw new Error(`no function ${handler} is loaded`);
    const event = eventOf(received, match, gateway.publicUrl);
    const context = contextOf(name, event.requestContext.requestId, Date.now() + limitMs);
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), limitMs);
    });
    const result = await Promise.race([run(event, context).then((answer) => ({ answer })), late]);
    return result === 'late' ? json(503, { message: 'Service Unavailable' }) : answerOf(result.answer);
  } catch (cause) {
    (gateway.onError ?? report)(name, cause);
    return json(500, { message: 'Internal Server Error' });
  } finally {
    clearTimeout(timer);
  }
}

function report(name: string, cause: unknown): void {
  printError(`function ${name} failed:`, cause);
}

const logStreamName = randomUUID();

function contextOf(name: string, requestId: string, endsAt: number): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    memoryLimitInMB: '512',
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName,
    getRemainingTimeInMillis: () => Math.max(0, endsAt - Date.now()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

const largestPiece = 65_536;

function send(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, cookies, body }: Answer,
): void {
  try {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (cookies.length > 0) response.setHeader('set-cookie', [...cookies]);
    const head = request.method === 'HEAD';
    // A function leaves out the body that it would send: its length is not known here.
    if (status !== 304 && !(head && body.length === 0)) response.setHeader('content-length', body.length);
    response.writeHead(status);
    if (head) response.end();
    // A short body as a text goes out in one piece with the head; in latin1 each byte is a character.
    else if (body.length <= largestPiece) response.end(body.toString('latin1'), 'latin1');
    else response.end(body);
  } catch (cause) {
    (gateway.onError ?? report)('answer', cause);
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    response.writeHead(500).end(JSON.stringify({ message: 'Internal Server Error' }));
  }
}
