import { readFileSync } from 'node:fs';
import { type CollectionTag, parseDocument, type ScalarTag, type YAMLMap, type YAMLSeq } from 'yaml';

/** A route of the HTTP API, and its function. `handler` is spelled as in `serverless.yml`. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly name: string;
  readonly handler: string;
  /** The name of its authorizer; left out if the route is public. */
  readonly authorizer?: string;
}

/** The part of `serverless.yml` that a laptop needs: the routes, and the tables by logical name. */
export interface Template {
  readonly routes: readonly Route[];
  readonly tables: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Reads a template from a file. Throws an Error that names the file if it is missing or not valid. */
export function loadTemplate(file: string): Template {
  try {
    return readTemplate(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Reads a template from the text of a `serverless.yml`. Throws an Error that says what is not valid. */
export function readTemplate(text: string): Template {
  const document = parseDocument(text, { customTags: intrinsics });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  const root = record(document.toJS());
  const routes = Object.entries(record(root.functions)).flatMap(([name, entry]) => {
    const { handler, events } = record(entry);
    if (typeof handler !== 'string') throw new Error(`function ${name} has no handler`);
    return httpEvents(events).map((event) => ({ ...route(name, event), name, handler }));
  });
  const resources = Object.entries(record(record(root.resources).Resources));
  const tables = resources
    .filter(([, resource]) => record(resource).Type === 'AWS::DynamoDB::Table')
    .map(([name, resource]) => [name, record(record(resource).Properties)] as const);
  return { routes, tables: Object.fromEntries(tables) };
}

function httpEvents(events: unknown): unknown[] {
  if (!Array.isArray(events)) return [];
  return events.map((event) => record(event).httpApi).filter((event) => event !== undefined);
}

/** Reads both forms of an event: `{ method, path }` and `GET /path`. `*` alone matches every request. */
function route(name: string, event: unknown): Pick<Route, 'method' | 'path' | 'authorizer'> {
  if (event === '*') return { method: '*', path: '*' };
  const [method, path] =
    typeof event === 'string' ? event.split(/\s+/, 2) : [record(event).method, record(event).path];
  if (typeof method !== 'string' || typeof path !== 'string') {
    throw new Error(`function ${name} has an httpApi event without method and path`);
  }
  const { authorizer } = record(event);
  const named = typeof authorizer === 'string' ? authorizer : record(authorizer).name;
  return {
    method: method.toUpperCase() === 'ANY' ? '*' : method.toUpperCase(),
    path,
    ...(typeof named === 'string' ? { authorizer: named } : {}),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** CloudFormation's short forms are read as their long ones: `!Ref Table` → `{ Ref: Table }`. */
const intrinsics = [
  ...['Ref', 'Condition'].map((name) => [name, name] as const),
  ...['And', 'Base64', 'Equals', 'FindInMap', 'GetAtt', 'If', 'ImportValue', 'Join', 'Not', 'Or', 'Select'],
  ...['Split', 'Sub'],
].flatMap((entry) => {
  const [short, long] = typeof entry === 'string' ? [entry, `Fn::${entry}`] : entry;
  return [
    { tag: `!${short}`, resolve: (text: string) => ({ [long]: text }) } satisfies ScalarTag,
    sequence(short, long),
    mapping(short, long),
  ];
});

function sequence(short: string, long: string): CollectionTag {
  return {
    tag: `!${short}`,
    collection: 'seq',
    resolve: (list) => ({ [long]: (list as YAMLSeq).toJSON() }),
  };
}

function mapping(short: string, long: string): CollectionTag {
  return {
    tag: `!${short}`,
    collection: 'map',
    resolve: (map) => ({ [long]: (map as YAMLMap).toJSON() }),
  };
}
