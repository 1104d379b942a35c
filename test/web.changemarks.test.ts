import { describe, expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { noteKey } from '../lib/flow/notes.ts';
import { difference, withoutMoves } from '../lib/proof/difference.ts';
import {
  aboutOf,
  alignedTo,
  type ChangeMarks,
  changeKindOf,
  marksOf,
} from '../web/src/compare/changemarks.ts';
import { connect, disconnect, move, remove, set, setHead } from '../web/src/document/edits.ts';
import { placeOf } from '../web/src/document/things.ts';
import { drawing } from './kit/sampleflows.ts';

/** The signs on both documents, in a form that is easily read: `node sign settings exits`, `wire sign`. */
function marked(after: Flow, before: Flow = drawing) {
  const signs = marksOf(difference(before, after), before, after);
  return { before: list(signs.before), after: list(signs.after) };
}

function list({ nodes, wires }: ChangeMarks): string[] {
  return [
    ...Array.from(nodes, ([id, { kind, settings, exits }]) => [id, kind, ...settings, ...exits].join(' ')),
    ...Array.from(wires, ([id, sign]) => `${id} ${sign}`),
  ].sort();
}

describe('the signs on two documents', () => {
  test('are none where both are the same, or only the flow itself differs', () => {
    expect(marked(drawing)).toEqual({ before: [], after: [] });
    expect(marked(setHead(drawing, 'name', 'Other').flow)).toEqual({ before: [], after: [] });
  });

  test('stand on what is gone in the earlier, with its wires', () => {
    expect(marked(remove(drawing, ['bye']).flow)).toEqual({
      before: ['bye removed', 'menu changed 1 timeout', 'menu.1 removed', 'menu.timeout removed'],
      after: ['menu changed 1 timeout'],
    });
  });

  test('stand on what is new in the later, with its wires', () => {
    const later = connect(
      { ...drawing, nodes: { ...drawing.nodes, more: { type: 'end' } } },
      'menu',
      '2',
      'more',
    ).flow;
    expect(marked(later)).toEqual({
      before: ['menu changed 2'],
      after: ['menu changed 2', 'menu.2 added', 'more added'],
    });
  });

  test('name on both what was changed: settings, and exits that lead elsewhere', () => {
    const later = connect(set(drawing, 'menu', 'maxErrors', 5).flow, 'menu', '1', 'hello').flow;
    const both = ['menu changed maxErrors 1', 'menu.1 changed'];
    expect(marked(later)).toEqual({ before: both, after: both });
  });

  test('tell a wire that is gone from one that leads elsewhere', () => {
    const [wire] = [{ source: 'menu', exit: '1' }];
    expect(marked(disconnect(drawing, [wire]).flow)).toEqual({
      before: ['menu changed 1', 'menu.1 removed'],
      after: ['menu changed 1'],
    });
  });

  test('show a node of another type as another node, though its wires stay', () => {
    const later = { ...drawing, nodes: { ...drawing.nodes, hello: { ...drawing.nodes.bye, type: 'end' } } };
    expect(marked(later)).toEqual({
      before: ['hello removed', 'hello.next removed'],
      after: ['hello added'],
    });
  });

  test('tell what only stands elsewhere from what was changed, too', () => {
    const moved = move(set(drawing, 'hello', 'label', 'Hi').flow, [
      ['hello', [0, 90]],
      ['bye', [9, 9]],
    ]).flow;
    expect(marked(moved).after).toEqual(['bye moved', 'hello changed label']);
  });
});

test('notes have signs, too: added, removed, written, painted and moved', () => {
  const note = (text: string, x = 0) => ({ at: [x, 0] as const, text });
  const before = { ...drawing, notes: { gone: note('Gone'), told: note('Told'), pushed: note('Pushed') } };
  const after = {
    ...drawing,
    notes: { told: note('Retold'), pushed: note('Pushed', 9), fresh: note('New') },
  };
  const signs = marksOf(difference(before, after), before, after);
  const seen = ({ nodes }: ChangeMarks) => Array.from(nodes, ([id, { kind }]) => [id, kind]);
  expect(seen(signs.before)).toEqual(
    [
      ['told', 'changed'],
      ['gone', 'removed'],
      ['pushed', 'moved'],
    ].map(([id = '', sign]) => [noteKey(id), sign]),
  );
  expect(seen(signs.after)).toEqual(
    [
      ['told', 'changed'],
      ['fresh', 'added'],
      ['pushed', 'moved'],
    ].map(([id = '', sign]) => [noteKey(id), sign]),
  );
});

describe('a change', () => {
  const [setting, exit, moved] = difference(
    drawing,
    move(connect(set(drawing, 'menu', 'maxErrors', 5).flow, 'menu', '1', 'hello').flow, [['bye', [9, 9]]])
      .flow,
  );

  test.each([
    [setting, 'changed', ['menu'], []],
    [exit, 'changed', ['menu'], ['menu.1']],
    [moved, 'moved', ['bye'], []],
    [{ change: 'head', field: 'name' } as const, 'changed', [], []],
  ])('%j has a sign, and nodes and wires to look at', (change, sign, nodes, wires) => {
    if (change === undefined) throw new Error('There is no such change.');
    expect(changeKindOf(change)).toBe(sign);
    expect(aboutOf(change)).toEqual({ nodes: new Set(nodes), wires: new Set(wires) });
  });
});

test('an earlier document can be drawn as the later one stands; what is gone there covers nothing', () => {
  const later = move(remove(drawing, ['hello']).flow, [['menu', [300, 0]]]).flow;
  const aligned = alignedTo(later, drawing);
  expect(withoutMoves(difference(drawing, aligned))).toEqual([]);
  expect(['start', 'menu', 'bye'].map((id) => placeOf(aligned, id))).toEqual([
    [0, 0],
    [300, 0],
    [900, 0],
  ]);
  const [x, y] = placeOf(aligned, 'hello');
  expect(x).toBe(300);
  expect(y).toBeGreaterThan(200);
});

test('2,000 nodes that are all others by now are lined up', () => {
  const named = (name: string): Flow => ({
    ...drawing,
    nodes: Object.fromEntries(
      Array.from({ length: 2000 }, (_, place) => [`${name}${place}`, { type: 'end' }]),
    ),
    layout: Object.fromEntries(
      Array.from({ length: 2000 }, (_, place) => [`${name}${place}`, [300 * (place % 40), place] as const]),
    ),
  });
  const aligned = alignedTo(named('new'), named('old'));
  expect(Object.keys(aligned.nodes)).toHaveLength(2000);
});
