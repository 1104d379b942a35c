import { describe, expect, test } from 'vitest';
import { nodeTypes } from '../lib/nodes/index.ts';
import { ours, roomOf, sources } from './kit/sources.ts';

/** Whether an imported name is a package, or a part of one. */
function nameFits(name: string, known: string | RegExp): boolean {
  return typeof known === 'string' ? name === known || name.startsWith(`${known}/`) : known.test(name);
}

const core = ['lib/flow', 'lib/nodes', 'lib/engine', 'lib/proof', 'lib/journal', 'lib/routing'];
const adapters = ['lib/store', 'lib/carrier', 'lib/media', 'lib/outbound'];
const application = ['lib/calls', 'lib/api', 'lib/queue'];

/** Room → the rooms it may import. A room may always import itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'lib/flow': [],
  'lib/nodes': ['lib/flow'],
  'lib/engine': ['lib/flow', 'lib/nodes'],
  'lib/proof': ['lib/flow', 'lib/nodes', 'lib/engine'],
  'lib/journal': ['lib/flow', 'lib/nodes', 'lib/engine', 'shared'],
  'lib/routing': ['lib/flow'],
  // Lists of holidays, for those who edit schedules; nothing that answers calls imports them.
  'lib/calendar': ['lib/flow'],
  'lib/store': ['lib/flow', 'lib/journal', 'shared'],
  'lib/carrier': ['lib/flow', 'shared'],
  'lib/media': ['lib/flow', 'shared'],
  'lib/outbound': ['lib/flow', 'shared'],
  'lib/queue': ['lib/routing', 'lib/store', 'lib/carrier', 'lib/flow', 'shared'],
  'lib/calls': [...core, ...adapters, 'lib/queue', 'shared'],
  'lib/admin': [...core, ...adapters, 'lib/queue', 'shared'],
  'lib/api': [
    'lib/admin',
    'lib/proof',
    'lib/engine',
    'lib/journal',
    'lib/flow',
    ...adapters,
    'lib/queue',
    'shared',
  ],
  shared: [],
  functions: [...application, 'lib/admin', ...adapters, 'shared'],
  cli: [
    'lib/admin',
    'lib/api',
    'lib/journal',
    'lib/calls',
    'lib/proof',
    'lib/engine',
    'lib/nodes',
    'lib/calendar',
    'lib/flow',
    'lib/store',
    'lib/media',
    'lib/outbound',
    'lib/carrier',
    'lib/queue',
    'shared',
    'local',
  ],
  local: ['lib/admin', 'lib/api', 'lib/journal', 'lib/store', 'lib/flow', 'shared', 'functions'],
  audio: ['lib/flow'],
  web: ['lib/flow', 'lib/nodes', 'lib/engine', 'lib/proof', 'lib/calendar'],
};

/** Room → the packages that it may import; types of packages count. What the core may import is not Node's own either. */
const packages: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  'lib/flow': ['valibot'],
  'lib/nodes': ['valibot'],
  'lib/engine': ['valibot', '@valibot/to-json-schema'],
  'lib/proof': ['valibot'],
  'lib/journal': [],
  'lib/routing': [],
  'lib/calendar': ['chinese-days', 'date-holidays'],
  'lib/store': ['@aws-sdk/client-dynamodb', /^node:/],
  'lib/carrier': ['twilio', 'aws-lambda', '@smithy/node-http-handler', '@smithy/signature-v4', /^node:/],
  'lib/media': [
    ...['@aws-sdk/client-s3', '@aws-sdk/s3-request-presigner', '@aws-sdk/client-polly'],
    ...['@smithy/node-http-handler', '@alexanderolsen/libsamplerate-js', 'alawmulaw', 'mpg123-decoder'],
    /^node:/,
  ],
  'lib/outbound': [/^node:/],
  'lib/queue': [/^node:/],
  'lib/calls': [/^node:/],
  'lib/admin': ['valibot', 'pinyin-pro', /^node:/],
  'lib/api': ['valibot', '@valibot/to-json-schema', 'aws-lambda', /^@middy\//, /^node:/],
  shared: ['aws-lambda', /^@middy\//, /^node:/],
  functions: ['aws-lambda', /^node:/],
};

describe('rule 1: imports point down', () => {
  test.each(Object.keys(mayImport))('%s', (room) => {
    const allowed = new Set([room, ...(mayImport[room] ?? [])]);
    const wrong = ours
      .filter(({ path }) => roomOf(path) === room)
      .flatMap(({ path, imports }) =>
        imports
          .filter((name) => /^(lib|functions|local|cli|audio|web|test|bench)\//.test(name))
          .filter((name) => !allowed.has(roomOf(name)))
          .map((name) => `${path} imports ${name}`),
      );
    expect(wrong).toEqual([]);
  });

  test('every room of lib/ says what it imports', () => {
    const rooms = new Set(ours.map(({ path }) => roomOf(path)).filter((room) => room.startsWith('lib/')));
    expect([...rooms].filter((room) => !(room in mayImport) || !(room in packages))).toEqual([]);
  });

  test.each(Object.keys(packages))('%s imports no other packages', (room) => {
    const wrong = ours
      .filter(({ path }) => roomOf(path) === room)
      .flatMap(({ path, imports }) =>
        imports
          .filter((name) => !/^(lib|functions)\//.test(name))
          .filter((name) => !packages[room]?.some((known) => nameFits(name, known)))
          .map((name) => `${path} imports ${name}`),
      );
    expect(wrong).toEqual([]);
  });

  test('no file of lib/, functions/, cli/ and web/ imports itself by way of others, not even types', () => {
    const known = new Map(ours.map(({ path, imports }) => [path, imports]));
    const seen = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (path: string, way: readonly string[]): void => {
      if (seen.get(path) === 'open') circles.push([...way.slice(way.indexOf(path)), path].join(' → '));
      if (seen.has(path)) return;
      seen.set(path, 'open');
      for (const next of known.get(path) ?? []) visit(next, [...way, path]);
      seen.set(path, 'done');
    };
    for (const path of known.keys()) if (/^(lib|functions|cli|web)\//.test(path)) visit(path, []);
    expect(circles.filter((circle) => !circle.startsWith('local/carrier/'))).toEqual([]);
  });

  test('the carrier in local/ judges our TwiML, so it shares no code with lib/', () => {
    const shared = ours
      .filter(({ path }) => path.startsWith('local/carrier'))
      .flatMap(({ path, imports }) =>
        imports.filter((name) => name.startsWith('lib/')).map((name) => `${path}: ${name}`),
      );
    expect(shared).toEqual([]);
  });
});

describe('rule 2: the core is pure', () => {
  const impure =
    /\b(Date(?!\.parse\b|[,)])|Math\.random|crypto|fetch|process|async|await|setTimeout|setInterval|performance)\b/;
  const inCore = ours.filter(({ path }) => core.includes(roomOf(path)));

  test('there is a core', () => {
    expect(inCore.length).toBeGreaterThan(20);
  });

  test.each(inCore)('$path', ({ code, imports }) => {
    expect(impure.exec(code.replace(/'[^'\n]*'|`[^`]*`/g, "''"))?.[0]).toBeUndefined();
    expect(imports.filter((name) => name.startsWith('node:'))).toEqual([]);
  });
});

test("rule 3: nothing outside a node's own file asks its type", () => {
  const names = nodeTypes.map(({ type }) => type).join('|');
  const asks = new RegExp(
    `type\\b[^\\n=]*[!=]==\\s*'(${names})'|switch \\([^)]*\\btype\\)[^}]*case '(${names})':`,
  );
  const queue = ours
    .filter(({ path }) => !path.startsWith('lib/nodes/') && !path.startsWith('local/carrier'))
    .filter(({ code }) => asks.test(code))
    .map(({ path }) => path);
  expect(queue).toEqual([]);
});

test('nothing but node files, words and examples names a type', () => {
  // Names that mean nothing else in this code.
  const own = nodeTypes
    .map(({ type }) => type)
    .filter((type) => ['branch', 'condition', 'transfer'].includes(type));
  expect(own).toHaveLength(3);
  const named = new RegExp(`['"\`](${own.join('|')})['"\`]|^\\s*(${own.join('|')}): `, 'm');
  const naming = ours
    .filter(({ path }) => !/^(lib\/nodes|local\/carrier|bench|drills|web\/src\/words)\//.test(path))
    .filter(({ code }) => named.test(code))
    .map(({ path }) => path);
  expect(naming).toEqual([]);
});

describe('rule 4: one room speaks each foreign language', () => {
  const inLib = ours.filter(({ path }) => /^(lib|functions)\//.test(path));

  test('only lib/carrier speaks Twilio', () => {
    const speaking = inLib
      .filter(({ path }) => roomOf(path) !== 'lib/carrier')
      .filter(
        ({ code, imports }) =>
          imports.some((name) => name.startsWith('twilio')) || /<(Response|Gather|Say)\b/.test(code),
      );
    expect(speaking.map(({ path }) => path)).toEqual([]);
  });

  test('only lib/store speaks DynamoDB', () => {
    const speaking = inLib
      .filter(({ path }) => roomOf(path) !== 'lib/store')
      .filter(({ imports }) => imports.some((name) => name.includes('dynamodb')));
    expect(speaking.map(({ path }) => path)).toEqual([]);
  });

  test('only lib/config.ts reads the environment', () => {
    const reading = inLib.filter(({ text }) => text.includes('process.env')).map(({ path }) => path);
    expect(reading).toEqual(['lib/config.ts']);
  });
});

test('rule 7: no two files of lib/ export the same name', () => {
  const files = new Map<string, Set<string>>();
  for (const { path, code } of ours.filter((source) => source.path.startsWith('lib/'))) {
    const exported = code.matchAll(/^export (?:async )?(?:interface|type|const|function\*?|class) (\w+)/gm);
    for (const [, name = ''] of exported) files.set(name, (files.get(name) ?? new Set()).add(path));
  }
  expect(files.size).toBeGreaterThan(300);
  expect([...files].filter(([, paths]) => paths.size > 1)).toEqual([]);
});

test('rule 7: files have 300 lines at most', () => {
  const long = sources.filter(({ text }) => text.split('\n').length > 301).map(({ path }) => path);
  expect(long).toEqual([]);
});

test('one file of browser tests uses the clipboard, which the browser has for all of them', () => {
  const uses = /navigator\.clipboard|'Control\+[cvx]'/;
  const users = sources.filter(({ path, code }) => /^test\/browser\//.test(path) && uses.test(code));
  expect(users.map(({ path }) => path)).toEqual(['test/browser/editor.undo.test.ts']);
});

test('nothing is left open or switched off', () => {
  const open = /\b(TODO|FIXME|XXX|HACK)\b|\b(it|test|describe)\.(skip|only)\b|@ts-(ignore|nocheck)/;
  const here = 'test/house.test.ts';
  expect(
    sources.filter(({ path, text }) => path !== here && open.test(text)).map(({ path }) => path),
  ).toEqual([]);
});
