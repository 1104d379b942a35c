import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { getLanguageService, type Hover, TextDocument } from 'vscode-json-languageservice';
import { nodeTypes } from '../lib/nodes/index.ts';

// What an editor makes of the schema, by the library that VS Code itself runs.
const folder = new URL('../flows/', import.meta.url);
const schema = JSON.parse(readFileSync(new URL('flow.schema.json', folder), 'utf8'));
const uri = 'file:///flow.schema.json';
const service = getLanguageService({
  workspaceContext: { resolveRelativePath: (path, file) => new URL(path, file).href },
  schemaRequestService: async (path) => {
    if (path !== uri) throw new Error(`There is no ${path}.`);
    return JSON.stringify(schema);
  },
});
service.configure({ schemas: [{ uri, fileMatch: ['*.flow.json'], schema }] });

/** A file as an editor has it open; `▮` in the text is where the cursor stands. */
function opened(text: string) {
  const offset = Math.max(0, text.indexOf('▮'));
  const document = TextDocument.create('file:///a.flow.json', 'json', 1, text.replace('▮', ''));
  const json = service.parseJSONDocument(document);
  return { document, json, position: document.positionAt(offset) };
}

function withNode(node: string): string {
  return `{ "schema": 1, "id": "a", "name": "A", "nodes": { "m": ${node} } }`;
}

async function offered(node: string) {
  const { document, json, position } = opened(withNode(node));
  const list = await service.doComplete(document, position, json);
  const items = list?.items ?? [];
  return items.map(({ label, documentation }) => [label, documentation] as const);
}

async function told(node: string): Promise<unknown[]> {
  const { document, json } = opened(withNode(node));
  return (await service.doValidation(document, json)).map(({ message }) => message);
}

async function hovered(text: string, offset: number): Promise<string> {
  const { document, json } = opened(text);
  const hover = await service.doHover(document, document.positionAt(offset), json);
  return textOf(hover?.contents);
}

function textOf(contents: Hover['contents'] | undefined): string {
  const parts = [contents ?? ''].flat();
  // It is Markdown, in which signs of a sentence are escaped.
  return parts.map((part) => (typeof part === 'string' ? part : part.value).replaceAll('\\', '')).join('\n');
}

const types = nodeTypes.map(({ type }) => type);

describe('an editor', () => {
  test.each([
    '{ "type": "▮" }',
    '{ "type": "br▮" }',
    '{ "label": "Menu", "type": "▮" }',
    '{ "type": "▮", "exits": {} }',
  ])('offers every type in %s, each with its sentence', async (node) => {
    expect(await offered(node)).toEqual(
      nodeTypes.map(({ type, summary }) => [JSON.stringify(type), summary]),
    );
  });

  test('offers the type first in an empty node, then what the type has', async () => {
    expect((await offered('{ ▮ }')).map(([label]) => label)).toEqual(['type']);
    for (const { type, settings } of nodeTypes) {
      const labels = (await offered(`{ "type": "${type}", ▮ }`)).map(([label]) => label);
      expect(labels.sort()).toEqual([...Object.keys(settings), 'description', 'exits', 'label'].sort());
    }
  });

  test('says of a wrong type which types there are', async () => {
    const known = types.map((type) => JSON.stringify(type)).join(', ');
    expect(await told('{ "type": "menu" }')).toEqual([`Value is not accepted. Valid values: ${known}.`]);
  });

  test('says of a wrong exit, or a wrong setting, just that', async () => {
    expect(
      await told('{ "type": "play", "prompt": { "text": "x" }, "exits": { "next": "m", "x": "m" } }'),
    ).toEqual(['Property x is not allowed.']);
    expect(await told('{ "type": "start", "maxErrors": 3, "exits": { "next": "m" } }')).toEqual([
      'Property maxErrors is not allowed.',
    ]);
  });
});

test('a menu without a key is told of in one sentence', async () => {
  const menu = (exits: object) => told(JSON.stringify({ type: 'branch', prompt: { text: 'x' }, exits }));
  const needed = ['Connect at least one of 0 1 2 3 4 5 6 7 8 9 * #.'];
  expect([await menu({}), await menu({ timeout: 'm' }), await menu({ '#': 'm' })]).toEqual([
    needed,
    needed,
    [],
  ]);
});

test('a wrong exit is told of in two lines', () => {
  const validate = new Ajv2020({
    strict: true,
    strictRequired: false,
    allErrors: true,
    keywords: ['enumDescriptions', 'errorMessage'],
  }).compile(schema);
  validate(
    JSON.parse(withNode('{ "type": "branch", "prompt": { "text": "x" }, "exits": { "1": "m", "x": "m" } }')),
  );
  expect(
    validate.errors?.map(({ instancePath, message, params }) => [instancePath, message, params]),
  ).toEqual([
    ['/nodes/m/exits', 'must NOT have additional properties', { additionalProperty: 'x' }],
    ['/nodes/m', 'must match "then" schema', { failingKeyword: 'then' }],
  ]);
});

describe('hovering over any key says what it is', () => {
  const example = {
    ...{
      $schema: './flow.schema.json',
      schema: 1,
      id: 'a',
      name: 'A',
      language: 'en-US',
      voice: 'Polly.Amy',
    },
    description: 'x',
    nodes: Object.fromEntries(
      nodeTypes.map(({ type, ...rest }) => [
        type,
        {
          type,
          label: 'x',
          description: 'x',
          ...rest.example,
          ...everyExit(rest.exits({ type, ...rest.example })),
        },
      ]),
    ),
    layout: { start: [0, 0] },
    notes: { n: { at: [0, 0], size: [100, 100], text: 'x', color: 'blue' } },
  };
  const prompt = [{ text: 'x', voice: 'Polly.Amy', language: 'en-GB' }, { audio: 'hold-music' }];
  Object.assign(example.nodes.end ?? {}, { prompt });
  const files = readdirSync(folder).filter((name) => name.endsWith('.flow.json'));
  const texts = files.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const);

  test.each([['a flow with everything', JSON.stringify(example, null, 2)] as const, ...texts])(
    'in %s',
    async (_, text) => {
      const silent = [];
      for (const { index, 1: key } of text.matchAll(/"([^"\n]*)":/g)) {
        if ((await hovered(text, index + 1)) === '') silent.push(key);
      }
      expect(silent).toEqual([]);
    },
  );

  test('and over a type, what its nodes do', async () => {
    for (const { type, summary } of nodeTypes) {
      const text = withNode(`{ "type": "${type}" }`);
      expect(await hovered(text, text.indexOf(`"${type}"`) + 1)).toContain(summary);
    }
  });
});

function everyExit(exits: object) {
  const names = Object.keys(exits);
  return names.length === 0 ? {} : { exits: Object.fromEntries(names.map((name) => [name, 'end'])) };
}
