import { expect, test } from 'vitest';
import { noteKey } from '../lib/flow/notes.ts';
import { type DrawingInput, drawNodes, drawWires } from '../web/src/canvas/drawing.ts';
import type { Layer, Tag } from '../web/src/canvas/layer.ts';
import { move } from '../web/src/document/edits.ts';
import { problemLayer } from '../web/src/editor/problemlayer.ts';
import { drawing } from './kit/sampleflows.ts';

const flow = { ...drawing, notes: { todo: { at: [0, 0] as const, text: 'Ask Li' } } };
const names = { node: () => 'node', note: (title = '') => title, folded: (name: string) => name };
const plain: DrawingInput = {
  ...{ flow, layers: [], dragged: new Map(), names },
  selection: { nodes: new Set(), wires: new Set() },
};
const count = (text: string): Tag => ({ tone: 'count', text });
const path: Layer = {
  nodes: new Map([
    ['hello', { tone: 'path' }],
    [noteKey('todo'), { tone: 'changed' }],
  ]),
  exits: new Map([['menu', new Map([['1', count('42')]])]]),
  wires: new Map([['hello.next', { tone: 'path' }]]),
};
const errors: Layer = { nodes: new Map([['hello', { tone: 'error', title: '1 error' }]]) };

test('lays several layers over nodes, notes, exits and wires, in their order', () => {
  const look = { ...plain, layers: [path, errors] };
  const nodes = drawNodes(look, new Map());
  expect(nodes.get('hello')?.data.tags.map(({ tone }) => tone)).toEqual(['path', 'error']);
  expect(nodes.get(noteKey('todo'))?.data.tags).toEqual([{ tone: 'changed' }]);
  expect(nodes.get('menu')?.data).toMatchObject({ tags: [], exits: [new Map([['1', count('42')]])] });
  const wires = drawWires(look, new Map());
  expect(Array.from(wires, ([id, { data }]) => [id, data?.tags.length]).filter(([, tags]) => tags)).toEqual([
    ['hello.next', 1],
  ]);
});

test('redraws what a new layer changes, and nothing else', () => {
  const nodes = drawNodes(plain, new Map());
  const wires = drawWires(plain, new Map());
  const look = { ...plain, layers: [path] };
  const [laid, led] = [drawNodes(look, nodes), drawWires(look, wires)];
  const redrawn = (before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>) =>
    [...after.keys()].filter((id) => before.get(id) !== after.get(id));
  expect(redrawn(nodes, laid)).toEqual([noteKey('todo'), 'hello', 'menu']);
  expect(redrawn(wires, led)).toEqual(['hello.next']);

  const again = { ...path, exits: new Map([['menu', new Map([['1', count('42')]])]]) };
  expect(redrawn(laid, drawNodes({ ...look, layers: [again] }, laid))).toEqual([]);
  const more = { ...path, exits: new Map([['menu', new Map([['1', count('43')]])]]) };
  expect(redrawn(laid, drawNodes({ ...look, layers: [more] }, laid))).toEqual(['menu']);
  const moved = move(flow, [['hello', [308, 8]]]).flow;
  expect(redrawn(laid, drawNodes({ ...look, flow: moved }, laid))).toEqual(['hello']);
});

test('gives each node with problems one badge with the counts', () => {
  const problem = (node: string | undefined, severity: 'error' | 'warning') => ({
    ...{ rule: 'exit-missing' as const, severity, message: '' },
    ...(node === undefined ? {} : { node }),
  });
  const said = ((key: string, counts: object) => `${key} ${JSON.stringify(counts)}`) as never;
  const list = [
    problem('menu', 'warning'),
    problem('menu', 'error'),
    problem('bye', 'warning'),
    problem(undefined, 'error'),
  ];
  expect(problemLayer(list as never, said).nodes).toEqual(
    new Map([
      ['menu', { tone: 'error', title: 'canvas.problemCount {"errors":1,"warnings":1}' }],
      ['bye', { tone: 'warning', title: 'canvas.problemCount {"errors":0,"warnings":1}' }],
    ]),
  );
});
