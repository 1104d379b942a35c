import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { openapi, openapiRoute } from '../lib/api/openapi.ts';
import { routes } from '../lib/api/routes/index.ts';
import { type Answered, setUpApi } from './kit/api.ts';
import { type Schema, valuesOf } from './kit/schemavalues.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

interface Operation {
  readonly parameters: readonly Parameter[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly requestBody?: { readonly content: { readonly 'application/json'?: { readonly schema: Schema } } };
}

const description = JSON.parse(JSON.stringify(openapi([...routes, openapiRoute(routes)])));
const refer = (name: string): Schema => description.components.schemas[name.split('/').at(-1) ?? ''];
const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(description, 'api');
const operations = Object.entries<Record<string, Operation>>(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

/** What is there to be found: ids that the requests name now and then. */
const known = ['front-desk', 'sales', '1001', '+15550100', '1'];

/** The problems that tell of a wrong shape, which a value of the schema has not. */
const shapes = new Set(['shape', 'missing', 'unknown', 'bad-value']);

/** Whether a problem tells of what no schema says: of things or days that are not there, or of another part of the request. */
const isBeyond = ({ message }: Problem) =>
  /^`\w+` (names "|must be ".*", as in the path|must be a time such as |must be later than `since`)/.test(
    message,
  );

interface Problem {
  readonly rule: string;
  readonly message: string;
}

/** A request: what stands in the path and the query, and the body. */
interface Request {
  readonly texts: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const { ask, admin } = setUpApi();

beforeAll(async () => {
  const { createFlow } = await import('../lib/admin/flows.ts');
  const { putGroup } = await import('../lib/admin/groups.ts');
  await createFlow(admin(), { name: 'Front desk', id: 'front-desk', language: 'en-US' });
  await putGroup(admin(), {
    ...{ id: 'sales', name: 'Sales', ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 9 },
  });
});

/** Requests of an operation as its description asks for them, or, if `wild`, with anything in any place. */
function requestsOf({ parameters, requestBody }: Operation, wild: boolean): fc.Arbitrary<Request> {
  const texts = parameters.map(({ name, in: place, schema }) => {
    const some = known.filter((id) => wild || fits(schema, id));
    const good = valuesOf(schema, refer).map(String);
    const one = some.length === 0 ? good : fc.oneof(good, fc.constantFrom(...some));
    const any = fc.oneof(one, fc.string({ unit: 'binary', minLength: place === 'path' ? 1 : 0 }));
    return [name, wild ? any : one] as const;
  });
  const required = parameters.filter((each) => each.required).map(({ name }) => name);
  const schema = requestBody?.content['application/json']?.schema;
  const body = schema === undefined ? fc.constant(undefined) : valuesOf(schema, refer);
  return fc.record({
    texts: fc.record(Object.fromEntries(texts), { requiredKeys: required }) as fc.Arbitrary<
      Record<string, string>
    >,
    body: wild && schema !== undefined ? fc.oneof(body, fc.jsonValue(), body.chain(spoilt)) : body,
  });
}

function fits(schema: Schema, text: string): boolean {
  if (schema.type !== 'integer') return ajv.validate(schema, text);
  return /^\d+$/.test(text) && ajv.validate(schema, Number(text));
}

/** A value in which one field is something else, or one too many. */
function spoilt(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null) return fc.jsonValue();
  const names = [...Object.keys(value), 'unknown'];
  return fc
    .tuple(fc.constantFrom(...names), fc.oneof(fc.jsonValue(), fc.constant(undefined)))
    .map(([name, other]) => ({ ...value, [name]: other }));
}

async function send(
  method: string,
  path: string,
  { parameters }: Operation,
  request: Request,
): Promise<Answered> {
  const { texts, body } = request;
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  let url = path;
  for (const { name, in: place } of parameters) {
    const text = texts[name];
    if (text === undefined) continue;
    if (place === 'path') url = url.replace(`{${name}}`, () => encodeURIComponent(text.toWellFormed()));
    if (place === 'query') query.set(name, text);
    // Other characters cannot be sent in a header.
    if (place === 'header') headers[name] = text.replace(/[^\x20-\x7e]/g, '').trim();
  }
  const search = query.size === 0 ? '' : `?${query}`;
  return await ask(method, `${url}${search}`, body, headers);
}

describe.each(operations)('$method $path', ({ method, path, operation }) => {
  const schema = operation.requestBody?.content['application/json']?.schema;
  let validate: ValidateFunction | undefined;
  const isDescribed = (body: unknown) => {
    validate ??= ajv.compile(JSON.parse(JSON.stringify(schema ?? true).replaceAll('"#/', '"api#/')));
    return validate(body);
  };

  test('answers what its description tells, whatever is sent', async () => {
    await fc.assert(
      fc.asyncProperty(requestsOf(operation, true), async (request) => {
        const { status } = await send(method, path, operation, request);
        // A 503 that is described, such as that of a voice nobody has, is an answer.
        if (!(status in operation.responses)) expect(status).toBeLessThan(500);
      }),
      { numRuns: 9, seed: 13 },
    );
  });

  test('refuses nothing for its shape that its description allows', async () => {
    await fc.assert(
      fc.asyncProperty(requestsOf(operation, false), async (request) => {
        if (schema !== undefined) fc.pre(isDescribed(request.body));
        const { status, body } = await send(method, path, operation, request);
        // A check is asked for problems, and answers with them.
        const problems: Problem[] = status === 200 ? [] : (body?.problems ?? []);
        expect(problems.filter((problem) => shapes.has(problem.rule) && !isBeyond(problem))).toEqual([]);
      }),
      { numRuns: 9, seed: 13 },
    );
  });
});
