import middy, { type MiddlewareObj } from '@middy/core';
import jsonBodyParser from '@middy/http-json-body-parser';
import httpRouter, { type Method } from '@middy/http-router';
import httpSecurityHeaders from '@middy/http-security-headers';
import type { Context } from 'aws-lambda';
import { wrong } from '../admin/input.ts';
import { type ErrorCode, errors, Failure } from '../errors.ts';
import type { HttpAnswer, HttpHandler, Request } from '../http.ts';
import type { ErrorPlace, Report } from '../log.ts';
import { refuseLossy } from './jsonbody.ts';

/** The claims of a token as the gateway passes them: each a string, lists in brackets (`[admin editor]`). */
export type Claims = Readonly<Record<string, string>>;

/** A request as a route gets it. */
export interface ApiRequest {
  /** The decoded path parameters. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** `undefined` if the route is open to everybody. */
  readonly claims: Claims | undefined;
  /** The parsed JSON, or the string of a plain text body; `undefined` if there is no body. */
  readonly body: unknown;
}

/** The answer of a route: JSON, bytes of another type, or only a status. */
export interface ApiReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent instead of JSON. */
  readonly bytes?: { readonly type: string; readonly content: Uint8Array };
}

/** A route of the API: `/api/flows/{id}`. */
export interface ApiRoute {
  readonly method: Method;
  readonly path: string;
  /** Whether it reads a body, and whether that may be left out. */
  readonly body: 'needed' | 'optional' | 'none';
  /** Whether its body is plain text, not JSON. */
  readonly text?: boolean;
  /** The most bytes of its body; `largestBodyBytes` if left out. */
  readonly maxBodyBytes?: number;
  /** `unknown` answers 401 as the gateway does; throws a Failure if the user is known but not allowed. */
  admit(claims: Claims | undefined): 'known' | 'unknown';
  serve(request: ApiRequest): Promise<ApiReply>;
}

/** The most bytes of a body. */
const largestBodyBytes = 1024 * 1024;

/** The media type of errors (https://www.rfc-editor.org/rfc/rfc9457). */
export const problemType = 'application/problem+json';

/** The `type` of an error in a problem document: it is stable. */
export function problemUrn(code: ErrorCode): string {
  return `urn:branchline:error:${code}`;
}

const unforeseen = new Failure('internal', 'Try again; if it stays, the log of the system says more.');

/** The gateway's own answer if a token is missing or invalid. */
const unauthorized: HttpAnswer = {
  statusCode: 401,
  headers: { 'content-type': 'application/json', 'www-authenticate': 'Bearer' },
  body: JSON.stringify({ message: 'Unauthorized' }),
};

/**
 * A function that serves routes with JSON. Every error is answered with a problem document. `HEAD` is answered like `GET`, without the
 * body.
 */
export function serveApi(routes: readonly ApiRoute[], { report }: { readonly report: Report }): HttpHandler {
  const router = httpRouter<Request, HttpAnswer>({
    routes: routes.map((route) => ({
      method: route.method,
      path: route.path,
      handler: stackOf(route),
    })),
    notFoundResponse: ({ path }) => nowhere(routes, path),
  });
  const stack = middy<Request, HttpAnswer>({ timeoutEarlyInMillis: 0 })
    .use(securityHeaders)
    .onError((request) => {
      const { error, event } = request;
      // A refusal with a cause comes from an error of the system: report it to the operator.
      const isTrouble = !(error instanceof Failure) || error.cause !== undefined;
      if (isTrouble) report(error, placeOf(routes, event));
      request.response = problemOf(error instanceof Failure ? error : unforeseen);
    })
    .handler(router);
  // The router and the parser change the event, and the same event may be passed in twice.
  return async (event) => {
    const { requestContext } = event;
    if (requestContext.http.method !== 'HEAD') return await stack({ ...event }, {} as Context);
    const asGet = { ...requestContext, http: { ...requestContext.http, method: 'GET' } };
    const { body: _, ...head } = await stack({ ...event, requestContext: asGet }, {} as Context);
    return head;
  };
}

/** No answer of the API is a page, and none may be cached. */
const securityHeaders = middlewareOf(
  httpSecurityHeaders({
    contentSecurityPolicy: { 'default-src': "'none'", 'report-to': '', 'require-trusted-types-for': '' },
    permissionsPolicy: false,
    permittedCrossDomainPolicies: false,
    reportTo: false,
  }),
);

/** The middlewares of a route. Roles are checked before the body is read. */
function stackOf(route: ApiRoute): HttpHandler {
  const stack = middy<Request, HttpAnswer>({ timeoutEarlyInMillis: 0 })
    .before(({ event }) => (route.admit(claimsOf(event)) === 'unknown' ? unauthorized : undefined))
    .before(({ event }) => refuseLarge(event, route.maxBodyBytes))
    .use(route.body === 'none' ? [] : route.text === true ? textReader : bodyParser(route))
    .handler(async (event) => answerOf(await route.serve(requestOf(route, event))));
  return async (event) => await stack(event, {} as Context);
}

/** Reads a body as UTF-8 text, regardless of its declared type. */
const textReader: MiddlewareObj<Request, HttpAnswer> = {
  before: ({ event }) => {
    try {
      event.body = decoded(event.body, event.isBase64Encoded);
    } catch {
      throw new Failure('bad-input', 'The body is not UTF-8: send it in that encoding.');
    }
  },
};

/** The text of a body. Throws a TypeError if it is not UTF-8. */
function decoded(body = '', isBase64Encoded = false): string {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

function bodyParser({ body }: ApiRoute): MiddlewareObj<Request, HttpAnswer> {
  const parser = middlewareOf(jsonBodyParser());
  return {
    before: (request) => {
      if (request.event.body === undefined && body === 'optional') return;
      const { body: text = '', isBase64Encoded } = request.event;
      try {
        parser.before?.(request);
      } catch (error) {
        if (!isOverflow(error)) throw unparsed(error);
        // The JSON is nested too deep for the parser's recursive guard. The route refuses it with its own message.
        const json = Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8').toString();
        Object.assign(request.event, { body: JSON.parse(json) });
      }
      // The parser puts U+FFFD in place of what is not UTF-8.
      let json: string;
      try {
        json = decoded(text, isBase64Encoded);
      } catch {
        throw new Failure('not-json', 'The body is not UTF-8: send one JSON value in that encoding.');
      }
      refuseLossy(json, request.event.body);
    },
  };
}

function isOverflow(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return /call stack/i.test(String((cause as { message?: unknown } | undefined)?.message));
}

/** The parser's errors carry a status, and as `cause` what was wrong: of a key that it forbids, the key without a message. */
function unparsed(error: unknown): Failure {
  const { statusCode, cause } = error as {
    statusCode?: number;
    cause?: { data?: unknown; message?: unknown };
  };
  if (statusCode === 415)
    return new Failure(
      'not-declared-json',
      'Send the body with the header `content-type: application/json`.',
    );
  if (typeof cause?.data === 'string' && cause.message === undefined)
    return wrong(cause.data, 'is a key that no object may have here: remove it', 'unknown');
  return new Failure('not-json', 'Send a body that is one JSON value.');
}

/** Casts a middleware: each is typed for its own event, and ours fits all of them. */
function middlewareOf(middleware: object): MiddlewareObj<Request, HttpAnswer> {
  return middleware as MiddlewareObj<Request, HttpAnswer>;
}

function requestOf(route: ApiRoute, event: Request): ApiRequest {
  return {
    path: Object.fromEntries(
      Object.entries(event.pathParameters ?? {}).map(([name, value]) => [name, value ?? '']),
    ),
    query: Object.fromEntries(
      Object.entries(event.queryStringParameters ?? {}).map(([name, value]) => [name, value ?? '']),
    ),
    headers: event.headers,
    claims: claimsOf(event),
    body: route.body === 'none' ? undefined : event.body,
  };
}

/** The claims that the gateway's authorizer put into an event; `undefined` if the route has no authorizer. */
function claimsOf({ requestContext }: Request): Claims | undefined {
  const { authorizer } = requestContext as { authorizer?: { jwt?: { claims?: Claims } } };
  return authorizer?.jwt?.claims;
}

function refuseLarge({ body = '', isBase64Encoded }: Request, maxBytes = largestBodyBytes): void {
  const bytes = Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes <= maxBytes) return;
  throw new Failure(
    'body-too-large',
    `The body has ${bytes} bytes, ${maxBytes} at most are allowed: send less at once.`,
  );
}

/** The place for error lines: the path with its variables, such as `/api/numbers/{number}`, because the value may be a phone number. */
function placeOf(routes: readonly ApiRoute[], { routeKey, requestContext }: Request): ErrorPlace {
  const { http, requestId } = requestContext;
  const route = routes.find(({ method, path }) => method === http.method && fits(path, http.path));
  return { path: route === undefined ? routeKey : `${route.method} ${route.path}`, requestId };
}

function nowhere(routes: readonly ApiRoute[], path: string): never {
  const taken = routes.filter((route) => fits(route.path, path)).map(({ method }) => method);
  const methods = taken.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  if (methods.length === 0)
    throw new Failure('path-missing', 'See /api/openapi.json for the available endpoints.');
  throw new Refused(methods);
}

function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.replace(/(?<=.)\/$/, '').split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => (part.startsWith('{') ? given[at] !== '' : part === given[at]))
  );
}

/** A method that a path does not support. HTTP requires the answer to list the supported ones. */
class Refused extends Failure {
  readonly methods: readonly string[];

  constructor(methods: readonly string[]) {
    super('method-refused', `The path takes ${methods.join(', ')}.`);
    this.methods = methods;
  }
}

function answerOf({ status, headers = {}, body, bytes }: ApiReply): HttpAnswer {
  if (bytes !== undefined) {
    return {
      statusCode: status,
      headers: { 'content-type': bytes.type, ...uncached, ...headers },
      body: Buffer.from(bytes.content).toString('base64'),
      isBase64Encoded: true,
    };
  }
  if (body === undefined) return { statusCode: status, headers: { ...uncached, ...headers } };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...uncached, ...headers },
    body: JSON.stringify(body),
  };
}

const uncached = { 'cache-control': 'no-store' };

function problemOf(failure: Failure): HttpAnswer {
  const { status, title } = errors[failure.code];
  const { message: detail, problems } = failure;
  const problem = {
    type: problemUrn(failure.code),
    title,
    status,
    detail,
    ...(problems.length === 0 ? {} : { problems }),
  };
  return {
    statusCode: status,
    headers: {
      'content-type': problemType,
      ...uncached,
      ...(failure instanceof Refused ? { allow: failure.methods.join(', ') } : {}),
    },
    body: JSON.stringify(problem),
  };
}
