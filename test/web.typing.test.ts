import { expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { Desk } from '../web/src/document/desk.ts';
import { set } from '../web/src/document/edits.ts';

const flow: Flow = {
  ...{ schema: 1, id: 'typed', name: 'Typed' },
  nodes: { start: { type: 'start', exits: { next: 'end' } }, end: { type: 'end' } },
};

/** A desk on which somebody types the label of the end. */
function typing() {
  const desk = new Desk(flow);
  const told: string[] = [];
  desk.subscribe(() => told.push(String(desk.flow.nodes.end?.label)));
  const type = (text: string) => desk.hold(() => desk.act(set(desk.flow, 'end', 'label', text)));
  return { desk, told, type };
}

test('what is typed touches nothing until there is a pause, and then counts once', () => {
  const { desk, told, type } = typing();
  for (const text of ['B', 'By', 'Bye']) type(text);
  expect([desk.flow, told]).toEqual([flow, []]);
  desk.flush();
  desk.flush();
  expect(told).toEqual(['Bye']);
});

test.each(['settle', 'undo', 'redo'] as const)('%s comes after what was typed', (does) => {
  const { desk, told, type } = typing();
  type('Bye');
  desk[does]();
  expect(told[0]).toBe('Bye');
  expect(desk.sight().history[does === 'undo' ? 'future' : 'past']).toHaveLength(1);
});

test('undo takes back one pause after the other', () => {
  const { desk, type } = typing();
  for (const text of ['Bye', 'Bye now']) {
    type(text);
    desk.settle();
  }
  desk.undo();
  expect(desk.flow.nodes.end?.label).toBe('Bye');
  desk.undo();
  expect(desk.flow).toBe(flow);
});
