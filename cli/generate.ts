import { readFileSync, writeFileSync } from 'node:fs';
import type { JsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { openapi, openapiRoute } from '../lib/api/openapi.ts';
import { routes } from '../lib/api/routes/index.ts';
import { flowSchema, nodeSchema } from '../lib/engine/schema.ts';
import { nodeHead } from '../lib/flow/flow.ts';
import { nodeTypes } from '../lib/nodes/index.ts';
import type { DefinedType } from '../lib/nodes/node.ts';
import { fieldOf } from '../lib/nodes/settings.ts';
import { print } from '../local/terminal.ts';
import { apiTypes } from './apitypes.ts';
import { lintPage } from './lintpage.ts';
import { premiumTable } from './premium.ts';

/** A file of the project that is generated from its code. */
export interface Generated {
  readonly path: URL;
  readonly text: string;
}

/** Generates the schema of flow files, the docs of node types and lint rules, the console's API types, and the premium numbers. */
export function generate(): Generated[] {
  const root = new URL('../', import.meta.url);
  const description = JSON.parse(JSON.stringify(openapi([...routes, openapiRoute(routes)])));
  return [
    { path: new URL('flows/flow.schema.json', root), text: `${JSON.stringify(flowSchema(), null, 2)}\n` },
    { path: new URL('docs/nodes.md', root), text: nodesPage() },
    { path: new URL('docs/lint.md', root), text: lintPage() },
    { path: new URL('lib/flow/premium.ts', root), text: premiumTable() },
    { path: new URL('web/src/api/generated/types.ts', root), text: apiTypes(description) },
  ];
}

function nodesPage(): string {
  const about =
    'Made by `npm run generate` from `lib/nodes`: each type there is one file, from which this page and its part of\n' +
    '`flows/flow.schema.json` follow. A star marks what a flow cannot be published without.';
  const head = Object.entries(nodeHead).map(([name, { wrapped }]) => {
    return `| \`${name}\` | ${v.getDescription(wrapped)} |`;
  });
  const shared = ['Every node may carry these, too:', ...table('| field | what it is |\n|---|---|', head)];
  return ['# Node types', about, ...shared, ...nodeTypes.map(section)].join('\n\n').concat('\n');
}

function section(type: DefinedType): string {
  const schema = nodeSchema(type);
  const exits = Object.entries(type.exits({ type: type.type, ...type.example })).map(
    ([name, exit]) => `| \`${name}\`${exit.required ? ' ★' : ''} | ${exit.about} |`,
  );
  const oneOf =
    type.oneOf === undefined ? [] : [`At least one of ${type.oneOf.join(' ')} must be connected.`];
  const derived = type.derivesExits
    ? ['Which exits a node has follows from its settings: these are those of the example.']
    : [];
  const example = JSON.stringify({ type: type.type, ...type.example }, null, 2);
  return [
    `## ${type.type}`,
    type.summary,
    ...table(
      '| setting | what it is | default | range |\n|---|---|---|---|',
      settingRows(type.settings, schema),
    ),
    ...table('| exit | taken when |\n|---|---|', exits),
    ...oneOf,
    ...derived,
    `\`\`\`json\n${example}\n\`\`\``,
  ].join('\n\n');
}

/** A row for each setting; after a list, a row for each setting of its objects: `cases[].exit`. */
function settingRows(settings: v.ObjectEntries, schema: JsonSchema, prefix = ''): string[] {
  const required = new Set(schema.required);
  return Object.entries(settings).flatMap(([name, setting]) => {
    const found = schema.properties?.[name];
    const property: JsonSchema = typeof found === 'object' ? found : {};
    const { description = '', default: initial } = property;
    const path = `${prefix}${name}`;
    const filled = initial === undefined ? '' : `\`${JSON.stringify(initial)}\``;
    const row = `| \`${path}\`${required.has(name) ? ' ★' : ''} | ${description} | ${filled} | ${rangeOf(property)} |`;
    const field = fieldOf(setting as v.GenericSchema);
    const items = typeof property.items === 'object' && !Array.isArray(property.items) ? property.items : {};
    return field?.field === 'list' ? [row, ...settingRows(field.entries, items, `${path}[].`)] : [row];
  });
}

function rangeOf({ minimum, maximum, minItems, maxItems, enum: words }: JsonSchema): string {
  if (minimum !== undefined) return `${minimum}–${maximum}`;
  if (maxItems !== undefined) return `${minItems}–${maxItems} entries`;
  return (words ?? []).map((word) => `\`${word}\``).join(' ');
}

function table(head: string, rows: readonly string[]): string[] {
  return rows.length === 0 ? [] : [`${head}\n${rows.join('\n')}`];
}

if (import.meta.main) {
  for (const { path, text } of generate()) {
    const stale = readOr(path) !== text;
    if (stale) writeFileSync(path, text);
    print(`${stale ? 'written' : 'fresh  '}  ${path.pathname}`);
  }
}

function readOr(path: URL): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
