import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Match } from './route.ts';

/** A request with its body. */
export interface Received {
  readonly request: IncomingMessage;
  /** The decoded path. */
  readonly path: string;
  /** The query as it was sent, without `?`. */
  readonly query: string;
  readonly body: Buffer;
  readonly at: Date;
  /** The claims of the token, if the route has an authorizer. */
  readonly claims?: Readonly<Record<string, string>>;
}

/** An HTTP response. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/**
 * The event of an HTTP API in payload format 2.0: the path is decoded, the query raw, header names are in lower case, form and binary
 * bodies, and texts that are not UTF-8, in base64. Host and scheme are those of the public URL. `domainName` includes the port if it is not the scheme's default, so
 * that it equals the host that the sender used.
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html)
 */
export function eventOf(received: Received, match: Match, publicUrl: URL): APIGatewayProxyEventV2 {
  const { request, path, query, body } = received;
  const { cookie, ...headers } = plainHeaders(request);
  const isBase64Encoded = body.length > 0 && !(isText(headers) && isUtf8(body));
  return {
    version: '2.0',
    routeKey: match.routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers: { ...headers, ...forwarded(request, publicUrl) },
    ...(query === '' ? {} : { queryStringParameters: parametersOf(query) }),
    requestContext: contextOf(received, match.routeKey, publicUrl),
    ...(Object.keys(match.pathParameters).length === 0 ? {} : { pathParameters: match.pathParameters }),
    ...(body.length === 0 ? {} : { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
}

function contextOf(
  { request, path, at, claims }: Received,
  routeKey: string,
  { host, hostname }: URL,
): APIGatewayProxyEventV2['requestContext'] {
  return {
    ...(claims === undefined ? {} : { authorizer: { jwt: { claims, scopes: null } } }),
    accountId: '000000000000',
    apiId: 'local',
    domainName: host,
    domainPrefix: hostname.split('.', 1)[0] ?? '',
    http: {
      method: request.method ?? 'GET',
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey,
    stage: '$default',
    time: commonLogTime(at),
    timeEpoch: at.getTime(),
  };
}

/** The headers; values of one that came several times are joined with commas. */
function plainHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (values !== undefined) headers[name] = values.join(name === 'cookie' ? '; ' : ',');
  }
  return headers;
}

function forwarded(request: IncomingMessage, url: URL): Record<string, string> {
  const scheme = url.protocol.slice(0, -1);
  return {
    host: url.host,
    'x-forwarded-for': request.socket.remoteAddress ?? '127.0.0.1',
    'x-forwarded-port': url.port || (scheme === 'https' ? '443' : '80'),
    'x-forwarded-proto': scheme,
  };
}

function parametersOf(query: string): Record<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = parameters.get(name);
    parameters.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(parameters);
}

function isText(headers: Readonly<Record<string, string>>): boolean {
  const type = headers['content-type'] ?? '';
  return (
    headers['content-encoding'] === undefined &&
    /^(text\/|application\/(json|javascript|xml|[^;\s]+\+(json|xml))\s*(;|$))/i.test(type)
  );
}

function commonLogTime(at: Date): string {
  const [, day, month, year, time] = /(\d\d) (\w{3}) (\d{4}) ([\d:]{8})/.exec(at.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

/**
 * The HTTP response for a function's result: from its fields if it is an object with `statusCode`, else the result itself as JSON with
 * status 200. Throws a TypeError for fields of the wrong type, for which AWS answers 500.
 */
export function answerOf(result: unknown): Answer {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    return json(200, result ?? null);
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = result as Record<string, unknown>;
  if (!Number.isInteger(statusCode)) throw new TypeError('statusCode is not a whole number');
  if (body !== undefined && body !== null && typeof body !== 'string') {
    throw new TypeError('body is not a text');
  }
  const named = Object.entries((headers ?? {}) as object).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  return {
    status: Number(statusCode),
    headers: { 'content-type': 'text/plain; charset=utf-8', ...Object.fromEntries(named) },
    cookies: Array.isArray(cookies) ? cookies.map(String) : [],
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** A JSON response. */
export function json(status: number, value: unknown): Answer {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, cookies: [], body: Buffer.from(JSON.stringify(value)) };
}
