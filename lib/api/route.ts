import * as v from 'valibot';
import type { Admin } from '../admin/admin.ts';
import { refuseMisshapen } from '../admin/input.ts';
import { type ErrorCode, Failure } from '../errors.ts';
import { defined } from '../flow/defined.ts';
import { deepestNesting, isNestedDeeper } from '../flow/size.ts';
import type { Identity } from './identity.ts';
import type { RouteKey } from './roles.ts';
import type { ApiReply, ApiRequest } from './serve.ts';

/** The body of a request, as the API's description documents it. */
export interface BodyDocs<Schema extends v.GenericSchema = v.GenericSchema> {
  readonly schema: Schema;
  readonly example: unknown;
  /** Whether it may be left out. */
  readonly optional?: boolean;
  /** The media type of a body that is plain text, not JSON. */
  readonly type?: 'text/plain';
  /** The most bytes as sent; the API's own limit if left out. */
  readonly maxBytes?: number;
}

/** A header that a call takes. */
export interface HeaderDocs {
  readonly about: string;
  /** Whether the call can do without. */
  readonly optional?: boolean;
}

/** The answer of a call that succeeds. */
export interface AnswerDocs {
  readonly status: 200 | 201 | 204;
  readonly about: string;
  /** The schema of the body, inlined in the API's description unless it is a component; left out if there is no body. */
  readonly schema?: v.GenericSchema;
  readonly example?: unknown;
  /** The media type of an answer that is not JSON. */
  readonly type?: 'audio/wav' | 'text/plain';
  /** Headers besides the usual ones, each with its description. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The documentation of a call in the API's description. */
export interface RouteDocs {
  readonly id: string;
  readonly summary: string;
  readonly about?: string;
  readonly path: v.ObjectEntries;
  readonly query: v.ObjectEntries;
  /** Headers that the call takes, by their names. */
  readonly headers: Readonly<Record<string, HeaderDocs>>;
  readonly body?: BodyDocs;
  readonly answer: AnswerDocs;
  readonly errors: readonly ErrorCode[];
}

/** A call of the API: its documentation and its code. */
export interface Route {
  readonly key: RouteKey;
  readonly docs: RouteDocs;
  serve(admin: Admin, request: ApiRequest, caller: Identity | undefined): Promise<ApiReply>;
}

/** The input of a call, parsed by its schemas. */
export interface Input<Path extends v.ObjectEntries, Query extends v.ObjectEntries, Body> {
  readonly path: v.InferOutput<v.ObjectSchema<Path, undefined>>;
  readonly query: v.InferOutput<v.ObjectSchema<Query, undefined>>;
  readonly headers: ApiRequest['headers'];
  readonly body: Body;
  /** `undefined` if the call is open to everybody. */
  readonly caller: Identity | undefined;
}

/** The definition of a call. A part that is left out, such as `body`, is not accepted. */
export interface Definition<
  Path extends v.ObjectEntries,
  Query extends v.ObjectEntries,
  Schema extends v.GenericSchema,
> extends Omit<RouteDocs, 'path' | 'query' | 'headers' | 'body'> {
  readonly path?: Path;
  /** The error if the path contains an invalid name, such as an id with spaces; `bad-input` if left out. */
  readonly missing?: ErrorCode;
  readonly query?: Query;
  readonly headers?: RouteDocs['headers'];
  readonly body?: BodyDocs<Schema>;
  run(admin: Admin, input: Input<Path, Query, v.InferOutput<Schema>>): Promise<ApiReply>;
}

/** Defines a call. `run` gets input that fits its schemas; any other is refused with `bad-input`. */
export function defineRoute<
  const Path extends v.ObjectEntries = Record<never, never>,
  const Query extends v.ObjectEntries = Record<never, never>,
  const Schema extends v.GenericSchema = v.UndefinedSchema<undefined>,
>(key: RouteKey, definition: Definition<Path, Query, Schema>): Route {
  const { path, query, missing, body, run, headers = {}, ...rest } = definition;
  const readPath = v.object(path ?? ({} as Path));
  // A filter that is misspelt must not give everything. A call without parameters has nothing that could be meant.
  const readQuery = query === undefined ? v.object({} as Query) : v.strictObject(query);
  return {
    key,
    docs: {
      ...rest,
      path: path ?? {},
      query: query ?? {},
      headers,
      ...defined({ body }),
    },
    async serve(admin, request, caller) {
      const named = v.safeParse(readPath, request.path);
      if (!named.success && missing !== undefined) {
        throw new Failure(missing, 'The path holds a name that nothing can have.');
      }
      const input = {
        path: refuseMisshapen(named, 'path'),
        query: refuseMisshapen(v.safeParse(readQuery, request.query), 'query'),
        body: bodyOf(body, request.body),
        headers: request.headers,
        caller,
      };
      return await run(admin, input);
    },
  };
}

function bodyOf<Schema extends v.GenericSchema>(docs: BodyDocs<Schema> | undefined, body: unknown) {
  // A call without a body has no schema for one.
  if (docs === undefined) return undefined as v.InferOutput<Schema>;
  // A flow has no schema here: the code that reads it checks its shape.
  if (docs.schema.type !== 'unknown' && isNestedDeeper(body)) {
    throw new Failure('bad-input', `The body nests more than ${deepestNesting} levels of objects and lists.`);
  }
  // The schema library accepts a list as an object without fields; no call accepts a list.
  return refuseMisshapen(v.safeParse(docs.schema, Array.isArray(body) ? null : body), 'body');
}
