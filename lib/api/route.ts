import * as v from 'valibot';
import type { Admin } from '../admin/admin.ts';
import { refuseMisshapen } from '../admin/input.ts';
import { type ErrorCode, Failure } from '../errors.ts';
import { defined } from '../flow/defined.ts';
import { deepestNesting, isNestedDeeper } from '../flow/size.ts';
import type { Identity } from './identity.ts';
import type { RouteKey } from './roles.ts';
import type { ApiReply, ApiRequest } from './serve.ts';

/** A body as a call takes it. */
export interface BodyDocs<Schema extends v.GenericSchema = v.GenericSchema> {
  readonly schema: Schema;
  readonly example: unknown;
  /** Whether the call can do without. */
  readonly optional?: boolean;
  /** The media type of a body that is a text rather than JSON. */
  readonly type?: 'text/plain';
  /** What it may hold as it is sent, in bytes; the API's own limit if left out. */
  readonly maxBytes?: number;
}

/** A header that a call takes. */
export interface HeaderDocs {
  readonly about: string;
  /** Whether the call can do without. */
  readonly optional?: boolean;
}

/** What a call answers where all is well. */
export interface AnswerDocs {
  readonly status: 200 | 201 | 204;
  readonly about: string;
  /** The name of a component in the API's description, or a schema of its own; nothing if there is no body. */
  readonly schema?: v.GenericSchema;
  readonly example?: unknown;
  /** The media type of an answer that is not JSON. */
  readonly type?: 'audio/wav' | 'text/plain';
  /** Headers beside the usual ones, and what they tell. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the API's description says of a call. */
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

/** A call of the API: what its description says of it, and what it does. */
export interface Route {
  readonly key: RouteKey;
  readonly docs: RouteDocs;
  serve(admin: Admin, request: ApiRequest, caller: Identity | undefined): Promise<ApiReply>;
}

/** What a call was given, as its schemas read it. */
export interface Input<Path extends v.ObjectEntries, Query extends v.ObjectEntries, Body> {
  readonly path: v.InferOutput<v.ObjectSchema<Path, undefined>>;
  readonly query: v.InferOutput<v.ObjectSchema<Query, undefined>>;
  readonly headers: ApiRequest['headers'];
  readonly body: Body;
  /** None where the call is open to anyone. */
  readonly caller: Identity | undefined;
}

/** A call as it is written down; what is left out it does not take. */
export interface Definition<
  Path extends v.ObjectEntries,
  Query extends v.ObjectEntries,
  Schema extends v.GenericSchema,
> extends Omit<RouteDocs, 'path' | 'query' | 'headers' | 'body'> {
  readonly path?: Path;
  /** What is missing where the path names what cannot be; without it such a path is bad input. */
  readonly missing?: ErrorCode;
  readonly query?: Query;
  readonly headers?: RouteDocs['headers'];
  readonly body?: BodyDocs<Schema>;
  run(admin: Admin, input: Input<Path, Query, v.InferOutput<Schema>>): Promise<ApiReply>;
}

/** Defines a call: what reaches `run` has the shape of its schemas, or was refused with `bad-input`. */
export function defineRoute<
  const Path extends v.ObjectEntries = Record<never, never>,
  const Query extends v.ObjectEntries = Record<never, never>,
  const Schema extends v.GenericSchema = v.UndefinedSchema<undefined>,
>(key: RouteKey, definition: Definition<Path, Query, Schema>): Route {
  const { path, query, missing, body, run, headers = {}, ...rest } = definition;
  const readPath = v.object(path ?? ({} as Path));
  const readQuery = v.object(query ?? ({} as Query));
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
  // A call without a body has none that its schema could tell of.
  if (docs === undefined) return undefined as v.InferOutput<Schema>;
  // A flow, of whose shape the schema says nothing, is checked by what reads it.
  if (docs.schema.type !== 'unknown' && isNestedDeeper(body)) {
    throw new Failure('bad-input', `The body nests more than ${deepestNesting} levels of objects and lists.`);
  }
  // The schema library takes a list for an object without fields; no call takes one.
  return refuseMisshapen(v.safeParse(docs.schema, Array.isArray(body) ? null : body), 'body');
}
