import { expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { add, remove } from '../web/src/document/edits.ts';

/** start → hello → menu, whose key 1 leads to bye and whose time-out leads back to hello. */
const flow: Flow = {
  ...{ schema: 1, id: 'join', name: 'Join' },
  nodes: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'play', exits: { next: 'menu' } },
    menu: { type: 'branch', exits: { '1': 'bye', timeout: 'hello' } },
    bye: { type: 'end' },
  },
};

const exits = ({ nodes }: Flow) =>
  Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, node.exits ?? {}]));

test('what led to a deleted node leads to where that one led', () => {
  expect(exits(remove(flow, ['hello']).flow)).toEqual({
    ...{ start: { next: 'menu' }, bye: {} },
    menu: { '1': 'bye', timeout: 'menu' },
  });
});

test('a node with several targets, or with none, leaves its callers open', () => {
  expect(exits(remove(flow, ['menu']).flow)).toMatchObject({ hello: {} });
  expect(exits(remove(flow, ['bye']).flow)).toMatchObject({ menu: { timeout: 'hello' } });
});

test('several in a row are bridged, and a cut joins nothing', () => {
  const longer = { ...flow, nodes: { ...flow.nodes, menu: { type: 'play', exits: { next: 'bye' } } } };
  expect(exits(remove(longer, ['hello', 'menu']).flow)).toEqual({ start: { next: 'bye' }, bye: {} });
  expect(exits(remove(longer, ['hello'], [], 'cut').flow)).toMatchObject({ start: {} });
});

test('no circle in which nobody waits is made', () => {
  const round: Flow = {
    ...flow,
    nodes: {
      ...flow.nodes,
      hello: { type: 'play', exits: { next: 'menu' } },
      menu: { type: 'branch', exits: { timeout: 'hello' } },
    },
  };
  expect(exits(remove(round, ['menu']).flow)).toMatchObject({ hello: {} });
});

test('a node that is added after a connected exit is put in between', () => {
  const { flow: next } = add(flow, 'play', [0, 0], { source: 'start', exit: 'next' });
  expect(exits(next)).toMatchObject({ start: { next: 'play' }, play: { next: 'hello' } });
});
