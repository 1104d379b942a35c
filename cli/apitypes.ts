import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A part of an OpenAPI 3.1 document. */
type Json = Readonly<Record<string, unknown>>;

/** Schemas that `lib/flow` has better types for: a flow's nodes are open to settings that the description cannot name. */
const known: Readonly<Record<string, string>> = { Flow: 'Flow', Draft: 'Flow' };

/**
 * The TypeScript of an OpenAPI 3.1 document: `paths` for openapi-fetch, a type for each component, and `access` with the roles of each
 * call. Throws an Error for a schema without an exact type.
 */
export function apiTypes(document: Json): string {
  const { schemas = {}, responses = {} } = record(document.components);
  const components = Object.entries(record(schemas)).filter(([name]) => used(document, name));
  const paths = Object.entries(record(document.paths));
  const text = [
    '// Made by `npm run generate` from the description that the API gives of itself.',
    "import type { Flow } from '../../../../lib/flow/flow.ts';",
    ...components.map(([name, schema]) => `${comment(schema)}export type ${name} = ${typeOf(schema)};`),
    `/** The calls of the API: what each takes, and what it answers. */
export interface paths { ${paths.map(([path, calls]) => `'${path}': { ${callsOf(calls, record(responses))} }`).join(';\n')} }`,
    `/** The roles that may make each call. */
export const access = { ${paths.flatMap(([path, calls]) => rolesOf(path, record(calls))).join(',\n')} } as const;`,
  ].join('\n\n');
  return formatted(text);
}

/** Whether a component is used outside the schemas of flows, which have their own types. */
function used({ paths, components }: Json, name: string): boolean {
  if (name in known) return false;
  const others = Object.entries(record(record(components).schemas)).filter(([each]) => !(each in known));
  return JSON.stringify([paths, record(components).responses, others]).includes(
    `"#/components/schemas/${name}"`,
  );
}

function callsOf(calls: unknown, shared: Json): string {
  return Object.entries(record(calls))
    .map(([method, call]) => `${method}: { ${callOf(record(call), shared)} }`)
    .join(';\n');
}

function callOf({ parameters, requestBody, responses }: Json, shared: Json): string {
  const places = ['query', 'header', 'path'].map((place) => {
    const here = (parameters as Json[]).filter((each) => each.in === place);
    if (here.length === 0) return `${place}?: never`;
    const fields = here.map(
      ({ name, required, schema }) => `'${name}'${required ? '' : '?'}: ${typeOf(schema)}`,
    );
    const optional = here.every(({ required }) => required !== true);
    return `${place}${optional ? '?' : ''}: { ${fields.join('; ')} }`;
  });
  const { content, required } = record(requestBody);
  const body =
    content === undefined
      ? 'requestBody?: never'
      : `requestBody${required ? '' : '?'}: { ${contentOf(content)} }`;
  const answers = Object.entries(record(responses)).map(([status, answer]) => {
    const { $ref } = record(answer);
    const told = typeof $ref === 'string' ? record(shared[$ref.split('/').at(-1) ?? '']) : record(answer);
    return `${status}: { headers: { [name: string]: unknown }; ${contentOf(told.content)} }`;
  });
  return `parameters: { ${places.join('; ')} }; ${body}; responses: { ${answers.join('; ')} }`;
}

function contentOf(content: unknown): string {
  if (content === undefined) return 'content?: never';
  const types = Object.entries(record(content)).map(
    ([type, media]) => `'${type}': ${typeOf(record(media).schema)}`,
  );
  return `content: { ${types.join('; ')} }`;
}

function rolesOf(path: string, calls: Json): string[] {
  return Object.entries(calls).map(([method, call]) => {
    const roles = record(call)['x-roles'] as readonly string[];
    return `'${method.toUpperCase()} ${path}': [${roles.map((role) => `'${role}'`).join(', ')}]`;
  });
}

/** A JSON Schema as a type. */
function typeOf(schema: unknown): string {
  const { $ref, enum: values, const: value, anyOf, type, ...rest } = record(schema);
  if (typeof $ref === 'string') return named($ref);
  if (Array.isArray(values)) return values.map((each) => JSON.stringify(each)).join(' | ');
  if (value !== undefined) return JSON.stringify(value);
  if (Array.isArray(anyOf)) return `(${anyOf.map(typeOf).join(' | ')})`;
  if (type === 'string' || type === 'boolean') return type;
  if (type === 'number' || type === 'integer') return 'number';
  // The types of openapi-fetch map over arrays, but not over tuples.
  if (Array.isArray(rest.prefixItems)) return typeOf({ type, items: { anyOf: unique(rest.prefixItems) } });
  if (type === 'array') return `(${typeOf(rest.items)})[]`;
  if (type === 'object') return objectOf(rest);
  if (type === undefined && Object.keys(rest).every((key) => key === 'description')) return 'unknown';
  throw new Error(`No type says what this schema says: ${JSON.stringify(schema)}`);
}

/** Schemas that differ in more than their descriptions. */
function unique(schemas: readonly unknown[]): unknown[] {
  return [...new Map(schemas.map((schema) => [typeOf(schema), schema])).values()];
}

function objectOf({ properties, required = [], additionalProperties, propertyNames }: Json): string {
  if (properties === undefined) {
    const names = propertyNames === undefined ? 'string' : typeOf(propertyNames);
    return `Readonly<Partial<Record<${names}, ${typeOf(additionalProperties ?? {})}>>>`;
  }
  const fields = Object.entries(record(properties)).map(([name, schema]) => {
    const optional = (required as string[]).includes(name) ? '' : '?';
    return `${comment(schema)}readonly ${name}${optional}: ${typeOf(schema)};`;
  });
  return `{\n${fields.join('\n')}\n}`;
}

function named(ref: string): string {
  const name = ref.split('/').at(-1) ?? '';
  return known[name] ?? name;
}

function comment(schema: unknown): string {
  const { description } = record(schema);
  return typeof description === 'string' ? `/** ${description.replaceAll('*/', '')} */\n` : '';
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

/** Formatted by the project's formatter, so that generated files pass its check, too. */
function formatted(text: string): string {
  const biome = fileURLToPath(new URL('../node_modules/@biomejs/biome/bin/biome', import.meta.url));
  const words = ['format', '--stdin-file-path=web/src/api/generated/types.ts'];
  const cwd = fileURLToPath(new URL('../', import.meta.url));
  return execFileSync(process.execPath, [biome, ...words], { input: text, encoding: 'utf8', cwd });
}
