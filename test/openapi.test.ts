import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as v from 'valibot';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type * as calls from '../lib/admin/calls.ts';
import { openapi, openapiRoute } from '../lib/api/openapi.ts';
import type * as records from '../lib/api/recordSchemas.ts';
import { access } from '../lib/api/roles.ts';
import { routes } from '../lib/api/routes/index.ts';
import { errors } from '../lib/errors.ts';

interface Media {
  readonly schema: object;
  readonly example?: unknown;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: Record<string, Media> };
  readonly responses: Record<string, { readonly content?: Record<string, Media> }>;
}

/** The description as it goes over the wire. */
const document = JSON.parse(JSON.stringify(openapi([...routes, openapiRoute(routes)])));
const operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
);
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(document, 'api');

/** What a schema of the description says against a value. */
function faults(schema: object, value: unknown): unknown {
  const whole = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/'));
  const validate = ajv.compile(whole);
  validate(value);
  return validate.errors;
}

test('it is good OpenAPI 3.1', async () => {
  const result = await new Validator().validate(structuredClone(document));
  expect(result).toEqual({ valid: true });
  expect(document.openapi).toMatch(/^3\.1\./);
});

test('it describes every call, and each has an id of its own and names its roles', () => {
  const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect(described.sort()).toEqual(Object.keys(access).sort());
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { operation } of operations) expect(operation.description).toMatch(/Roles: |No token/);
});

describe.each(operations)('$method $path', ({ path, operation }) => {
  test('every variable of the path is described', () => {
    const named = Array.from(path.matchAll(/\{([^}]+)\}/g), ([, name]) => name);
    const described = operation.parameters.filter((parameter) => parameter.in === 'path');
    expect(described.map(({ name }) => name)).toEqual(named);
  });

  test('its examples are there, and their schemas take them', () => {
    const contents = [operation.requestBody, ...Object.values(operation.responses)];
    const media = contents.flatMap((each) => Object.values(each?.content ?? {}));
    for (const { schema, example } of media) {
      // The description and a sound have none.
      if (schema !== undefined && path !== '/api/openapi.json') expect(example).toBeDefined();
      if (example !== undefined) expect(faults(schema, example)).toBeNull();
    }
  });

  test('it says what it refuses by the types of errors', () => {
    for (const [status, response] of Object.entries(operation.responses)) {
      const [type, media] = Object.entries(response.content ?? {})[0] ?? [];
      if (type !== 'application/problem+json') continue;
      expect(media?.example).toMatchObject({ status: Number(status), type: expect.stringMatching(/^urn:/) });
    }
  });
});

test('the checks of requests take the examples of requests', () => {
  for (const { key, docs } of routes) {
    if (docs.body === undefined) continue;
    expect([key, v.safeParse(docs.body.schema, docs.body.example).issues]).toEqual([key, undefined]);
  }
});

test('a draft may be incomplete or hold too much, a flow may not, and neither takes what has another shape', () => {
  const draft = { schema: 1, id: 'a', name: 'A', nodes: { start: { type: 'start', exits: {} } } };
  const refs = { draft: { $ref: '#/components/schemas/Draft' }, flow: { $ref: '#/components/schemas/Flow' } };
  expect(faults(refs.draft, draft)).toBeNull();
  expect(faults(refs.flow, draft)).not.toBeNull();
  expect(faults(refs.draft, { ...draft, nodes: [] })).not.toBeNull();
  const astray = { ...draft, nodes: { start: { type: 'start', exits: { next: 'no id' } } } };
  expect([faults(refs.draft, astray), faults(refs.flow, astray)]).toEqual([null, expect.anything()]);
  expect(faults(refs.draft, { ...draft, colour: 'red' })).toBeNull();
  expect(faults(refs.flow, { ...draft, colour: 'red' })).not.toBeNull();
});

test('it tells all that is told of a call and its steps', () => {
  type Described<Schema extends v.GenericSchema> = keyof v.InferOutput<Schema>;
  expectTypeOf<Described<typeof records.CallRecordSchema>>().toEqualTypeOf<keyof calls.CallRecord>();
  expectTypeOf<Described<typeof records.CallStepSchema>>().toEqualTypeOf<keyof calls.CallStep>();
});

test('docs/errors.md tells of every type of problem with its status, its title and more, and of none besides', () => {
  const page = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');
  const told = Array.from(
    page.matchAll(/^### `urn:branchline:error:([a-z-]+)`\n\n(\d{3}), (.+?)\. (.{20})/gm),
    ([, code, status, title]) => [code, status, title],
  );
  const known = Object.entries(errors).map(([code, { status, title }]) => [code, String(status), title]);
  expect(told).toEqual(known.sort());
});

test('docs/api.md names every call, with its summary', () => {
  const page = readFileSync(new URL('../docs/api.md', import.meta.url), 'utf8');
  const told = [...page.matchAll(/^\| `([A-Z]+ \/api\/\S+)` \| (.+) \|$/gm)].map(([, key, text]) => [
    key,
    text,
  ]);
  const known = operations.map(({ method, path, operation }) => [
    `${method.toUpperCase()} ${path}`,
    operation.summary,
  ]);
  expect(told.sort()).toEqual(known.sort());
});
