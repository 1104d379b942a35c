import { expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { type DrawingInput, drawNodes, drawWires } from '../web/src/canvas/drawing.ts';
import type { Layer } from '../web/src/canvas/layer.ts';
import { add, connect, move, remove } from '../web/src/document/edits.ts';
import { folding } from '../web/src/document/folding.ts';
import { DocumentStore } from '../web/src/document/store.ts';
import { align } from '../web/src/layout/layout.ts';

/** A menu with a menu below it, whose message leads back, and an end that both menus lead to. */
const flow: Flow = {
  ...{ schema: 1, id: 'fold', name: 'Fold' },
  nodes: {
    start: { type: 'start', exits: { next: 'menu' } },
    menu: { type: 'branch', exits: { '1': 'sub', '2': 'end', timeout: 'end' } },
    sub: { type: 'branch', exits: { '1': 'first', '2': 'second', timeout: 'end' } },
    first: { type: 'play', exits: { next: 'menu' } },
    second: { type: 'play', exits: { next: 'last' } },
    last: { type: 'end' },
    end: { type: 'end' },
  },
  layout: {
    ...{ start: [0, 0], menu: [300, 0], sub: [600, 0], first: [900, 0] },
    ...{ second: [900, 200], last: [1200, 200], end: [600, 400] },
  },
};

const hiddenBy = (of: Flow, id: string) => [...(folding(of, [id]).folds.get(id) ?? [])].toSorted();

test('a folded node hides what calls come to by it alone, and nothing that something else leads to', () => {
  expect(hiddenBy(flow, 'sub')).toEqual(['first', 'last', 'second']);
  expect(hiddenBy(flow, 'menu')).toEqual(['end', 'first', 'last', 'second', 'sub']);
  expect(hiddenBy(flow, 'first')).toEqual([]);
  expect(hiddenBy(flow, 'no such node')).toEqual([]);
  const crossed = connect(flow, 'menu', '3', 'last').flow;
  expect(hiddenBy(crossed, 'sub')).toEqual(['first', 'second']);
  // A node that nothing leads to keeps in view where it leads, though no call comes to it.
  const alone = { ...flow, nodes: { ...flow.nodes, alone: { type: 'play', exits: { next: 'last' } } } };
  expect(hiddenBy(alone, 'sub')).toEqual(['first', 'second']);
});

test('what selects a hidden node unfolds what hides it, and nothing else', () => {
  const store = new DocumentStore(flow, ['sub', 'second']);
  const folded = () => [...store.state().folding.folds.keys()];
  store.show({ node: 'first', field: 'prompt' });
  expect(folded()).toEqual(['second']);
  store.reveal(['first', 'end']);
  expect(folded()).toEqual(['second']);
  store.reveal(['last']);
  expect(folded()).toEqual([]);
  expect(store.fold('sub')).toBe(3);
  expect(store.selected).toEqual(['sub']);
  store.apply(add(store.flow, 'play', [900, 400], { source: 'sub', exit: '3' }));
  expect(folded()).toEqual([]);
  expect(store.fold('end')).toBe(0);
});

test('folding is no step of the history, and no part of the flow', () => {
  const store = new DocumentStore(flow);
  store.fold('sub');
  expect(store.flow).toBe(flow);
  expect(store.state().history.past).toEqual([]);
  expect(Object.keys(store.state().folding.shown.nodes)).toEqual(['start', 'menu', 'sub', 'end']);
  store.unfold();
  expect(store.state().folding.shown).toBe(flow);
});

test('what is done to a folded node is done to what it hides', () => {
  const store = new DocumentStore(flow, ['sub']);
  store.select(['sub', 'end']);
  expect(store.selectedWithHidden).toEqual(['sub', 'first', 'second', 'last', 'end']);
  store.applyMove(move(store.flow, [['sub', [640, 80]]]), ['sub']);
  expect(store.flow.layout).toMatchObject({
    sub: [640, 80],
    first: [940, 80],
    last: [1240, 280],
    end: [600, 400],
  });
  store.applyMove(align(store.flow, ['sub', 'end'], 'left'), ['sub', 'end']);
  expect(store.flow.layout).toMatchObject({ sub: [600, 80], first: [900, 80], last: [1200, 280] });
  store.apply(remove(store.flow, store.selectedWithHidden, []));
  expect(Object.keys(store.flow.nodes)).toEqual(['start', 'menu']);
  store.undo();
  expect(Object.keys(store.flow.nodes)).toHaveLength(7);
  const before = store.state().history.past.length;
  store.applyMove(move(store.flow, [['sub', [600, 80]]]), ['sub']);
  expect(store.state().history.past).toHaveLength(before);
});

function look(folded: readonly string[], layers: readonly Layer[] = []): DrawingInput {
  const view = folding(flow, folded);
  return {
    ...{ flow: view.shown, folding: view, layers, dragged: new Map() },
    selection: { nodes: new Set(['sub']), wires: new Set() },
    names: {
      node: ({ label, type }) => label ?? type,
      note: (title = '') => title,
      folded: (name, count) => `${name} hides ${count}`,
    },
  };
}

test('a folded node is drawn with the count, the worst problem, and a jump at each exit that leads to what it hides', () => {
  const layer: Layer = { nodes: new Map([['last', { tone: 'error', title: '1 error' }]]) };
  const nodes = drawNodes(look(['sub'], [layer]), new Map());
  expect([...nodes.keys()]).toEqual(['start', 'menu', 'sub', 'end']);
  expect(nodes.get('sub')).toMatchObject({
    ariaLabel: 'branch hides 3',
    data: {
      fold: { count: 3, worst: 'error' },
      jumps: [
        { exit: '1', target: 'first', name: 'play', isBack: false },
        { exit: '2', target: 'second', name: 'play', isBack: false },
      ],
    },
  });
  expect([...drawWires(look(['sub']), new Map()).keys()]).toEqual([
    'start.next',
    'menu.1',
    'menu.2',
    'menu.timeout',
    'sub.timeout',
  ]);
  // Nothing is redrawn but the node whose stub differs.
  const again = drawNodes(look(['sub']), nodes);
  expect([...again].filter(([id, node]) => nodes.get(id) !== node).map(([id]) => id)).toEqual(['sub']);
});
