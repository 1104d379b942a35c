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

/** A Lambda handler. */
export type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<unknown>;

/** The options of a gateway: the routes, and the functions by the `handler` of their routes. */
export interface Gateway {
  readonly routes: readonly Route[];
  readonly handlers: ReadonlyMap<string, Handler>;
  /** The public address. With its host, a request can access only `/voice` and `/audio`. */
  readonly publicUrl: URL;
  /** The base URL of audio, if it is another host. */
  readonly audioUrl?: URL;
  /** The address that it listens at. With it or a loopback name as host, everything can be accessed. */
  readonly host?: string;
  /** The authorizers by name. */
  readonly authorizers?: ReadonlyMap<string, Authorizer>;
  /** The sign-in pages; on AWS those of the user pool. */
  readonly signIn?: SignIn;
  /** The console's files; on AWS in the distribution. */
  readonly console?: Console;
  /** The folders of audio files; on AWS in the distribution. */
  readonly audio?: Folder;
  /** The bucket of audio; on AWS S3. */
  readonly storage?: BucketFiles;
  /** The speech service; on AWS Polly. */
  readonly polly?: (request: IncomingMessage) => Promise<Answer | undefined>;
  /** The phones of the embedded carrier, for pages of the console. */
  readonly phones?: LivePhones;
  /** The time limit of functions, in milliseconds; AWS's limit if left out. */
  readonly limitMs?: number;
  /** Called for every error of a function or of the gateway; errors go to stderr if left out. */
  readonly onError?: (name: string, cause: unknown) => void;
}

/** The limits of an HTTP API (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html). */
const integrationLimitMs = 30_000;
const largestBody = 10 * 1024 * 1024;

/** Imports the functions of the routes from their files under `root`: `functions/voice.handler` → `functions/voice.ts`. */
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

/** Creates an HTTP server, not yet listening, that serves the routes like API Gateway's HTTP API. */
export function createGateway(gateway: Gateway): Server {
  const server = createServer((request, response) => {
    (atPhones(gateway, request, response) ?? serve(gateway, request))
      .then((answer) => answer && send(gateway, request, response, answer))
      .catch((cause: unknown) => {
        // Otherwise the sender went away before its request was complete.
        if (request.complete) (gateway.onError ?? report)('answer', cause);
        response.destroy();
      });
  });
  return keepIdle(server);
}

/** Answers a request for the carrier's phones; these answers last as long as their calls. `undefined` for any other request. */
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

/** The answer to a request that must not access a path; `undefined` if it may. */
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
    // For HEAD a function omits the body, so its length is not known here.
    if (status !== 304 && !(head && body.length === 0)) response.setHeader('content-length', body.length);
    response.writeHead(status);
    if (head) response.end();
    // A short body as a string is sent in one packet with the headers; in latin1 each byte is a character.
    else if (body.length <= largestPiece) response.end(body.toString('latin1'), 'latin1');
    else response.end(body);
  } catch (cause) {
    (gateway.onError ?? report)('answer', cause);
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    response.writeHead(500).end(JSON.stringify({ message: 'Internal Server Error' }));
  }
}
