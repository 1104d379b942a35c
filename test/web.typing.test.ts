import { expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { set } from '../web/src/document/edits.ts';
import { DocumentStore } from '../web/src/document/store.ts';

const flow: Flow = {
  ...{ schema: 1, id: 'typed', name: 'Typed' },
  nodes: { start: { type: 'start', exits: { next: 'end' } }, end: { type: 'end' } },
};

/** A document in which somebody types the label of the end. */
function typing() {
  const store = new DocumentStore(flow);
  const told: string[] = [];
  store.subscribe(() => told.push(String(store.flow.nodes.end?.label)));
  const type = (text: string) => store.holdTyping(() => store.apply(set(store.flow, 'end', 'label', text)));
  return { store, told, type };
}

test('what is typed touches nothing until there is a pause, and then counts once', () => {
  const { store, told, type } = typing();
  for (const text of ['B', 'By', 'Bye']) type(text);
  expect([store.flow, told]).toEqual([flow, []]);
  store.flush();
  store.flush();
  expect(told).toEqual(['Bye']);
});

test.each(['endStep', 'undo', 'redo'] as const)('%s comes after what was typed', (does) => {
  const { store, told, type } = typing();
  type('Bye');
  store[does]();
  expect(told[0]).toBe('Bye');
  expect(store.state().history[does === 'undo' ? 'future' : 'past']).toHaveLength(1);
});

test('undo takes back one pause after the other', () => {
  const { store, type } = typing();
  for (const text of ['Bye', 'Bye now']) {
    type(text);
    store.endStep();
  }
  store.undo();
  expect(store.flow.nodes.end?.label).toBe('Bye');
  store.undo();
  expect(store.flow).toBe(flow);
});
