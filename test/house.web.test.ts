import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { consoleSources } from '../local/build.ts';
import { ours, roomOf } from './kit/sources.ts';

const react = ['react', 'react-i18next'];
const antd = ['antd', '@ant-design/icons'];
const core = ['lib/flow', 'lib/nodes', 'lib/engine', 'lib/proof'];

/**
 * Room of `web/src` → the rooms, single files of rooms, and packages that it may import. A room may always import itself. Rooms
 * that a room above needs only one file of name that file, so that a new use is noticed.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  // Pure: edits, layout and saving know nothing of how they are shown.
  document: [...core],
  layout: ['document', 'lib/flow', 'lib/engine', '@xyflow/react'],
  draft: ['document', 'layout', 'lib/flow', 'valibot', 'idb-keyval'],
  // Words and the drawing.
  words: ['document', 'shell/newest.ts', 'shell/stored.ts', ...core, ...react, 'i18next', 'markdown-to-jsx'],
  canvas: ['document', 'layout', 'words', 'shell/appearance.ts', ...core, ...react].concat(
    '@xyflow/react',
    '@ant-design/icons',
  ),
  // What every page uses.
  shell: [
    'document',
    'draft',
    'words',
    'api/refusal.ts',
    'api/tagged.ts',
    'session/session.ts',
    'lib/flow',
    ...react,
  ].concat(antd, 'react-dom', 'react-router', '@tanstack/react-query'),
  session: ['draft', 'words', 'shell', 'api', 'lib/flow', ...react].concat(
    antd,
    'i18next',
    'oidc-client-ts',
    '@tanstack/react-query',
  ),
  api: ['document', 'draft', 'session/session.ts', 'lib/flow', 'openapi-fetch', 'i18next'],
  audio: ['api', 'session', 'shell', 'words', 'lib/flow', ...react].concat(
    antd,
    'i18next',
    '@tanstack/react-query',
    'wavesurfer.js',
  ),
  // The two parts that work on flows.
  compare: ['canvas', 'layout', 'document', 'words', 'shell', 'audio/context.ts', 'api/generated', ...core]
    .concat('editor/editorcontext.ts', 'editor/editorboundary.tsx')
    .concat(react, antd, 'i18next', '@tanstack/react-query', '@xyflow/react'),
  phone: [
    'canvas/layer.ts',
    'document',
    'draft/remote.ts',
    'audio',
    'api',
    'shell/stored.ts',
    'shell/toast.ts',
    'words',
    ...core,
  ].concat(react, antd, 'i18next', '@tanstack/react-query'),
  editor: [
    'canvas',
    'compare',
    'phone',
    'layout',
    'document',
    'draft',
    'words',
    'shell',
    'audio',
    'api/generated',
    'api/lastanswer.ts',
  ].concat(core, react, antd, 'react-dom', 'i18next', '@tanstack/react-query', '@xyflow/react'),
  // Traffic and paths of calls, laid over a drawing.
  traffic: ['canvas', 'layout', 'document', 'shell', 'api/generated', ...core].concat(
    react,
    'i18next',
    '@xyflow/react',
  ),
  // Phones in the browser. Twilio's SDK is loaded by the page that opens one.
  desk: ['api/phoneport.ts', 'api/refusal.ts', ...react, 'antd', '@twilio/voice-sdk'],
  pages: [
    'desk',
    'editor',
    'phone',
    'traffic',
    'compare',
    'audio',
    'api',
    'session',
    'shell',
    'words',
    'draft',
    'layout',
    'document',
  ].concat(
    'flows',
    'lib/calendar',
    core,
    react,
    antd,
    'i18next',
    'react-router',
    '@tanstack/react-query',
    'pinyin-pro',
    '@twilio/voice-sdk',
  ),
  // main, app and routes put the pages together.
  src: ['pages', 'session', 'shell', 'words', ...react, 'react-dom', 'react-router'].concat(
    'antd/dist/antd.css',
    '@tanstack/react-query',
  ),
};

function webRoom(path: string): string {
  const [first = '', second] = path.slice('web/src/'.length).split('/');
  return second === undefined ? 'src' : first;
}

const web = ours.filter(({ path }) => path.startsWith('web/src/'));

describe('rooms of web/src import only', () => {
  test('what is listed, and every room is', () => {
    expect([...new Set(web.map(({ path }) => webRoom(path)))].sort()).toEqual(Object.keys(mayImport).sort());
  });

  test.each(Object.keys(mayImport))('%s', (room) => {
    const allowed = mayImport[room] ?? [];
    const wrong = web
      .filter(({ path }) => webRoom(path) === room)
      .flatMap(({ path, imports }) =>
        imports
          .map((name) => name.replace(/^web\/src\//, ''))
          .filter((name) => !name.startsWith(`${room}/`) && (room !== 'src' || name.includes('/')))
          .filter((name) => !allowed.some((each) => name === each || name.startsWith(`${each}/`)))
          .map((name) => `${path} imports ${name}`),
      );
    expect(wrong).toEqual([]);
  });
});

test('npm start builds the console again after a change of anything that it is built from', () => {
  const rooms = web.flatMap(({ imports }) =>
    imports.filter((name) => /^(lib|flows)\//.test(name)).map(roomOf),
  );
  expect([...new Set(rooms)].filter((room) => !consoleSources.includes(room))).toEqual([]);
});

test('an element is reached by a reference, never by a selector over the whole page: a page may show two boards', () => {
  const queue = web
    .filter(({ path }) => path !== 'web/src/main.tsx')
    .filter(({ code }) => /document\.(querySelector|getElement)/.test(code))
    .map(({ path }) => path);
  expect(queue).toEqual([]);
});

test('tables, tags, toasts, empty states and pages that tell why there is nothing are those of the shell, not the kit’s', () => {
  const own = ['Table', 'Tag', 'Empty', 'Result', 'App', 'message', 'notification'];
  const taken = web.flatMap(({ path, code }) =>
    [...code.matchAll(/import \{([^}]*)\} from 'antd'/g)]
      .flatMap(([, names = '']) => names.split(',').map((name) => name.replace(/^\s*type\s/, '').trim()))
      .filter((name) => own.includes(name))
      .map((name) => `${path} imports ${name}`),
  );
  expect(taken).toEqual([]);
});

test('no class is styled by a page and by a part of the editor: the console keeps the styles of both loaded', () => {
  const root = fileURLToPath(new URL('../web/src/', import.meta.url));
  const classes = (rooms: readonly string[]) =>
    rooms.flatMap((room) =>
      readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.css'))
        .flatMap((name) => firstClasses(readFileSync(join(root, room, name), 'utf8'))),
    );
  const ofPages = new Set(classes(['pages']));
  const ofEditor = classes(['editor', 'canvas', 'compare', 'phone', 'traffic', 'audio']);
  expect(ofEditor.filter((name) => ofPages.has(name))).toEqual([]);
});

/** The classes that selectors of a style sheet begin with, without those of antd. */
function firstClasses(css: string): string[] {
  return [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]+)\{/g)]
    .flatMap(([, selectors = '']) => selectors.split(','))
    .flatMap((selector) => /^\s*\.([\w-]+)/.exec(selector)?.[1] ?? [])
    .filter((name) => !name.startsWith('ant-'));
}
