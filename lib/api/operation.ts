import type * as v from 'valibot';
import { type ErrorCode, errors } from '../errors.ts';
import { defined } from '../flow/defined.ts';
import { access } from './roles.ts';
import type { Route } from './route.ts';
import { problemType, problemUrn } from './serve.ts';

/** An OpenAPI document, or a part of one. */
export type Json = Readonly<Record<string, unknown>>;

/** Converts the input or output type of a schema to JSON Schema. */
export type SchemaOf = (schema: v.GenericSchema, side?: 'input' | 'output') => Json;

/** The OpenAPI operation of a call: parameters, body, roles and all answers. */
export function operation(route: Route, schemaOf: SchemaOf): Json {
  const { id, summary, about, path, query, headers, body } = route.docs;
  const open = isOpen(route);
  const who = open ? 'No token is needed.' : `Roles: ${[...access[route.key]].join(', ')}.`;
  const entries = (place: string, fields: v.ObjectEntries) =>
    Object.entries(fields).map(([name, field]) =>
      // On the wire all of them are strings; the output type says more.
      parameter(place, name, schemaOf(field as v.GenericSchema, 'output'), !isOptional(field)),
    );
  return {
    operationId: id,
    summary,
    description: about === undefined ? who : `${about} ${who}`,
    tags: [tagOf(route)],
    // Lets consoles hide what a user may not do.
    'x-roles': open ? [] : [...access[route.key]],
    ...(open ? { security: [] } : {}),
    parameters: [
      ...entries('path', path),
      ...entries('query', query),
      ...Object.entries(headers).map(([name, { about: description, optional = false }]) => ({
        ...{ name, in: 'header', required: !optional, description, schema: { type: 'string' } },
      })),
    ],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: body.optional !== true,
            content:
              body.type === undefined
                ? json(schemaOf(body.schema), body.example)
                : { [body.type]: { schema: schemaOf(body.schema), example: body.example } },
          },
        }),
    responses: { ...answer(route, schemaOf), ...refusals(route) },
  };
}

/** The tag of a call: `flows`. */
export function tagOf({ key }: Route): string {
  return key.split('/')[2] ?? '';
}

/** The gateway's answer to a missing or invalid token. */
export const unauthorized: Json = {
  description: 'The token is missing or bad',
  content: json(
    { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] },
    { message: 'Unauthorized' },
  ),
};

/** An answer with one of these errors; the first is the example. */
export function problemAnswer(codes: readonly [ErrorCode, ...ErrorCode[]]): Json {
  const { status, title } = errors[codes[0]];
  const example = { type: problemUrn(codes[0]), title, status, detail: `${title}.` };
  return {
    description: codes.map((code) => `${errors[code].title} (\`${code}\`)`).join('; '),
    content: { [problemType]: { schema: { $ref: '#/components/schemas/Problem' }, example } },
  };
}

function isOpen({ key }: Route): boolean {
  return access[key] === 'anyone';
}

function isOptional({ type }: v.ObjectEntries[string]): boolean {
  return type === 'exact_optional' || type === 'optional';
}

function parameter(place: string, name: string, { description, ...schema }: Json, required: boolean): Json {
  const told = description === undefined ? {} : { description };
  return { name, in: place, required, ...told, schema };
}

function answer({ docs }: Route, schemaOf: SchemaOf): Json {
  const { status, about, schema, example, headers, type } = docs.answer;
  const told = Object.entries(headers ?? {}).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ]);
  return {
    [status]: {
      description: about,
      ...(headers === undefined ? {} : { headers: Object.fromEntries(told) }),
      ...(schema === undefined || type !== undefined ? {} : { content: json(schemaOf(schema), example) }),
      ...(type === undefined ? {} : { content: { [type]: textual(schema, schemaOf, example) } }),
    },
  };
}

/** The schema of an answer that is not JSON: bytes, or plain text. */
function textual(schema: v.GenericSchema | undefined, schemaOf: SchemaOf, example: unknown): Json {
  return schema === undefined ? {} : { schema: schemaOf(schema), example };
}

/** The refusals of a call, by status. */
function refusals(route: Route): Json {
  const byStatus = new Map<number, [ErrorCode, ...ErrorCode[]]>();
  for (const code of codesOf(route)) {
    const { status } = errors[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code] as [ErrorCode, ...ErrorCode[]]);
  }
  return {
    ...(isOpen(route) ? {} : { 401: { $ref: '#/components/responses/Unauthorized' } }),
    ...Object.fromEntries([...byStatus].map(([status, codes]) => [status, problemAnswer(codes)])),
    default: { $ref: '#/components/responses/Internal' },
  };
}

function codesOf(route: Route): ErrorCode[] {
  const { path, query, body, errors: own } = route.docs;
  const reads = body !== undefined || Object.keys({ ...path, ...query }).length > 0;
  return [
    ...own,
    ...(isOpen(route) ? [] : (['role-too-small'] as const)),
    ...('after' in query ? (['cursor-foreign'] as const) : []),
    ...(reads ? (['bad-input'] as const) : []),
    ...(body === undefined ? [] : (['body-too-large'] as const)),
    ...(body === undefined || body.type !== undefined ? [] : (['not-json', 'not-declared-json'] as const)),
  ];
}

function json(schema: Json, example: unknown): Json {
  return { 'application/json': { schema, ...defined({ example }) } };
}
