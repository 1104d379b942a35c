import { describe, expect, test } from 'vitest';
import { check, faulty } from '../lib/engine/check.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { mostNotes, noteSide } from '../lib/flow/note.ts';
import { noteAt, thingsOf, titleOf } from '../lib/flow/notes.ts';
import { difference, meaningful, withoutMoves } from '../lib/proof/difference.ts';
import { drawNodes } from '../web/src/canvas/drawing.ts';
import { copy, paste, readClip } from '../web/src/document/clipboard.ts';
import { combine } from '../web/src/document/combine.ts';
import { addNote, move, paint, remove, resize, set, setHead, write } from '../web/src/document/edits.ts';
import { overlap } from '../web/src/document/geometry.ts';
import { find } from '../web/src/document/search.ts';
import { DocumentStore } from '../web/src/document/store.ts';
import { boxOf, placeOf } from '../web/src/document/things.ts';
import { align, arrange, withLayout } from '../web/src/layout/layout.ts';
import { namesIn } from '../web/src/words/naming.ts';
import { changeText } from '../web/src/words/sentences.ts';
import { stepText } from '../web/src/words/steps.ts';
import { drawing } from './kit/sampleflows.ts';
import { translatorOf } from './kit/translator.ts';

const flow: Flow = {
  ...drawing,
  notes: {
    menu: { at: [590, -40], size: [220, 320], text: '## The *menu*\nAsk Li first.', color: 'blue' },
    todo: { at: [0, 600], text: 'Record **new** prompts' },
  },
};
const [menu, todo] = ['note:menu', 'note:todo'];

describe('notes', () => {
  test('are added, written on, painted, stretched, moved and deleted, and each step has its words', () => {
    const added = addNote(flow, [10.4, 20.6]);
    expect(added).toMatchObject({
      key: 'note:note',
      select: ['note:note'],
      step: { did: 'add', of: 'notes' },
    });
    expect(added?.flow.notes?.note).toEqual({ at: [10, 21], text: '' });
    const written = write(flow, todo, 'Done');
    expect(written).toMatchObject({
      step: { did: 'write', of: 'notes', label: 'Record new prompts' },
      merge: 'write note:todo',
    });
    expect(noteAt(written.flow, todo)?.text).toBe('Done');
    expect(write(flow, todo, flow.notes?.todo?.text ?? '').flow).toBe(flow);
    const painted = paint(flow, [menu, todo, 'hello'], 'yellow');
    expect(noteAt(painted.flow, menu)).not.toHaveProperty('color');
    expect(noteAt(painted.flow, todo)).toBe(flow.notes?.todo);
    expect(painted.step).toEqual({ did: 'paint', count: 2, of: 'notes' });
    const box = { x: 5.2, y: 6.7, width: 1, height: 99_999 };
    expect(noteAt(resize(flow, todo, box).flow, todo)).toMatchObject({
      at: [5, 7],
      size: [noteSide.min, noteSide.max],
    });
    // What changes nothing is no step: it would take away what can be redone.
    expect(resize(flow, todo, boxOf(flow, todo) ?? box).flow).toBe(flow);
    const moved = move(flow, [
      [todo, [7, 8]],
      ['hello', [1, 2]],
    ]);
    expect(moved.step).toEqual({ did: 'move', count: 2, of: 'both' });
    expect([placeOf(moved.flow, todo), placeOf(moved.flow, 'hello')]).toEqual([
      [7, 8],
      [1, 2],
    ]);
    expect(moved.flow.layout).not.toHaveProperty(todo);
    const gone = remove(flow, [menu, 'start']);
    expect(Object.keys(gone.flow.notes ?? {})).toEqual(['todo']);
    expect(Object.keys(gone.flow.nodes)).toEqual(Object.keys(flow.nodes));
    expect(remove(flow, [menu, todo]).flow).toEqual(drawing);
    const steps = [added, written, painted, moved, gone];
    for (const edit of steps) expect(faulty(check(edit?.flow))).toBe(false);
  });

  test('are as many as a flow may have, and not one more', () => {
    const notes = Array.from({ length: mostNotes }, (_, index) => [`n${index}`, { at: [0, 0], text: '' }]);
    expect(addNote({ ...flow, notes: Object.fromEntries(notes) }, [0, 0])).toBeUndefined();
  });

  test('are called by the first line that says something', () => {
    expect(titleOf('\n# **Hours** of [the office](https://example.com)\nrest')).toBe('Hours of the office');
    expect(titleOf('- [ ] `call`')).toBe('[ ] call');
    expect(titleOf('便'.repeat(50))).toBe(`${'便'.repeat(39)}…`);
    expect(titleOf(' \n--')).toBe('');
  });

  test('are copied with nodes and without them, under ids that are free', () => {
    const { clip } = readClip(JSON.stringify(copy(flow, ['hello', todo])));
    if (clip === undefined) throw new Error('The clip cannot be read.');
    const pasted = paste(flow, clip, [1000, 1000]);
    expect(pasted.select).toEqual(['hello-2', 'note:todo-2']);
    expect(pasted.step).toEqual({ did: 'paste', count: 2, of: 'both' });
    expect(noteAt(pasted.flow, 'note:todo-2')).toEqual({ ...flow.notes?.todo, at: [1000, 1600] });
    expect(placeOf(pasted.flow, 'hello-2')).toEqual([1300, 1000]);
    const { clip: alone } = readClip(JSON.stringify(copy(flow, [menu])));
    const bare: Flow = { schema: 1, id: 'other', name: 'Other', nodes: {} };
    const there = paste(bare, alone ?? clip, [1, 2]).flow.notes;
    expect(there).toEqual({ menu: { ...flow.notes?.menu, at: [1, 2] } });
    const forged = { branchline: 'nodes', flow: 'x', nodes: {}, notes: { a: { at: [0], text: 'x' } } };
    expect(readClip(JSON.stringify(forged)).clip).toBeUndefined();
  });

  test('are found after the nodes, and so is what nodes and the flow say of themselves', () => {
    const described = setHead(
      set(flow, 'hello', 'description', 'Recorded by Li').flow,
      'description',
      'Of Li',
    );
    const hits = find(described.flow, 'li', (type) => type);
    expect(hits.map(({ node, field }) => `${node} ${field}`)).toEqual([
      'hello description',
      'note:menu text',
      'undefined description',
    ]);
  });

  test('frame the same nodes after tidying up with the notes on them; no other is covered', () => {
    const low = { at: [300, 40], text: '', size: [60, 60] } as const;
    const pinned = { at: [592, -35], text: '', size: [60, 20] } as const;
    const notes = { ...flow.notes, low, pinned, beside: { ...low, at: [480, 100] as const } };
    const moved = { ...flow, notes, layout: { ...flow.layout, hello: [300, 900] as const } };
    const { flow: tidy } = arrange(moved);
    const [node, frame, pin, beside] = ['menu', menu, 'note:pinned', 'note:beside'].map((id) =>
      boxOf(tidy, id),
    );
    const from = (a = frame, b = frame) => [(a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0)];
    expect(node?.x).not.toBe(600);
    expect([from(frame, node), from(pin, frame)]).toEqual([
      [-10, -40],
      [2, 5],
    ]);
    expect(frame).toMatchObject({ width: 220, height: 320 });
    expect(noteAt(tidy, todo)).toBe(flow.notes?.todo);
    expect(frame !== undefined && beside !== undefined && overlap(frame, beside)).toBe(false);
    for (const id of Object.keys(tidy.nodes)) {
      const [box, note] = [boxOf(tidy, id), boxOf(tidy, 'note:low')];
      expect(box !== undefined && note !== undefined && overlap(box, note)).toBe(false);
    }
  });

  test('frame nothing where no node has a place yet, and are covered by none', () => {
    const { layout: _, ...bare } = drawing;
    const laid = withLayout({ ...bare, notes: { n: { at: [0, 0], text: '', size: [900, 100] } } });
    const note = boxOf(laid, 'note:n');
    expect(note).toMatchObject({ x: 0, width: 900, height: 100 });
    for (const id of Object.keys(laid.nodes)) {
      const box = boxOf(laid, id);
      expect(note !== undefined && box !== undefined && overlap(note, box)).toBe(false);
    }
  });

  test('are lined up with nodes', () => {
    const { flow: lined } = align(flow, ['hello', todo, 'bye'], 'column');
    const [hello, note, bye] = ['hello', todo, 'bye'].map((id) => boxOf(lined, id));
    expect(new Set([hello?.x, note?.x, bye?.x])).toEqual(new Set([0]));
    expect((note?.y ?? 0) - (bye?.y ?? 0) - (bye?.height ?? 0)).toBe(
      (bye?.y ?? 0) - (hello?.y ?? 0) - (hello?.height ?? 0),
    );
  });

  test('lie behind the nodes, and one that looks as before is not redrawn', () => {
    const names = { node: () => 'node', note: (title = '') => title, folded: (name: string) => name };
    const look = {
      ...{ flow, layers: [], dragged: new Map(), names },
      selection: { nodes: new Set([todo]), wires: new Set<string>() },
    };
    const first = drawNodes(look, new Map());
    expect(first.get(menu)).toMatchObject({
      zIndex: -1001,
      width: 220,
      selected: false,
      ariaLabel: 'The menu',
    });
    expect([...drawNodes(look, first).values()]).toEqual([...first.values()]);
    expect(drawNodes(look, first).get(menu)).toBe(first.get(menu));
    const dragged = new Map([[menu, { at: [1, 2] as const, size: { width: 50, height: 60 } }]]);
    expect(drawNodes({ ...look, dragged }, first).get(menu)).toMatchObject({
      position: { x: 1, y: 2 },
      width: 50,
    });
  });

  test('stay selected until they are gone', () => {
    const store = new DocumentStore(flow);
    store.select(thingsOf(flow));
    expect(store.selected).toHaveLength(6);
    store.apply({ ...remove(flow, [todo]), select: [todo, menu] });
    expect(store.selected).toEqual([menu]);
  });
});

describe('a difference', () => {
  const later = write(paint(move(flow, [[menu, [0, 0]]]).flow, [menu], 'pink').flow, menu, '## Another').flow;

  test('tells of notes that came, went, moved and say something else', () => {
    const kinds = (before: Flow, after: Flow) => difference(before, after).map(({ change }) => change);
    expect(kinds(drawing, flow)).toEqual(['note-added', 'note-added']);
    expect(kinds(flow, drawing)).toEqual(['note-removed', 'note-removed']);
    expect(difference(flow, later)).toEqual([
      {
        ...{ change: 'note-written', note: menu, title: 'Another' },
        ...{ before: flow.notes?.menu?.text, after: '## Another' },
      },
      { change: 'note-painted', note: menu, title: 'Another' },
      { change: 'notes-moved', notes: [menu] },
    ]);
    expect(withoutMoves(difference(flow, later))).toHaveLength(2);
  });

  test('of notes, descriptions, names and labels is none that a caller could notice', () => {
    let next = setHead(setHead(later, 'description', 'README').flow, 'name', 'Tried').flow;
    next = set(set(next, 'hello', 'description', 'x').flow, 'menu', 'labels', { 1: 'Bye' }).flow;
    next = set(next, 'hello', 'label', 'Hi').flow;
    expect(difference(flow, next)).toHaveLength(8);
    expect(meaningful(difference(flow, next))).toEqual([]);
    expect(meaningful(difference(flow, set(next, 'hello', 'prompt', { text: 'Hi.' }).flow))).toHaveLength(1);
  });
});

test.each([
  [
    'en-US',
    'added note “The menu”',
    'note “Now” says “Now” instead of “Record **new** prompts”',
    'move 2 items',
  ],
  ['zh-CN', '添加了便签“The menu”', '便签“Now”的内容由“Record **new** prompts”改为“Now”', '移动2 项'],
])('in %s notes are told of in words', (language, added, written, moving) => {
  const { t } = translatorOf(language);
  const names = namesIn(translatorOf(language));
  const told = (before: Flow, after: Flow) =>
    difference(before, after).map((change) => changeText(t, names, change, before, after));
  expect(told(drawing, flow)[0]).toBe(added);
  expect(told(flow, write(flow, todo, 'Now').flow)).toEqual([written]);
  const all = remove(
    paint(resize(flow, todo, { x: 1, y: 1, width: 9, height: 9 }).flow, [todo], 'pink').flow,
    [menu],
  );
  for (const text of told(flow, all.flow)) expect(text).not.toMatch(/\{\{|difference\.|undefined/);
  expect(told(flow, all.flow)).toHaveLength(3);
  expect(
    stepText(
      t,
      names,
      move(flow, [
        [todo, [1, 1]],
        ['hello', [1, 1]],
      ]).step,
    ),
  ).toBe(moving);
  expect(names.nodeAt(flow, menu)).toBe(names.note('The menu'));
});

test('what one waives and what the other draws are both kept', () => {
  const waive = [{ rule: 'human-far', because: 'Asked so.' }];
  const theirs = write(flow, menu, 'Theirs').flow;
  expect(combine(flow, theirs, { ...flow, waive }).flow).toEqual({ ...theirs, waive });
  expect(combine({ ...flow, waive }, { ...theirs, waive }, flow).flow.waive).toBeUndefined();
});

describe("two people's notes", () => {
  test('are both kept; one moves what the other writes on', () => {
    const theirs = write(addNote(flow, [0, 0])?.flow ?? flow, menu, 'Theirs').flow;
    const mine = remove(paint(move(flow, [[menu, [9, 9]]]).flow, [menu], 'gray').flow, [todo]).flow;
    const { flow: merged, both } = combine(flow, theirs, mine);
    expect(both).toEqual([]);
    expect(merged.notes).toEqual({
      menu: { ...flow.notes?.menu, at: [9, 9], text: 'Theirs', color: 'gray' },
      note: { at: [0, 0], text: '' },
    });
  });

  test('that both wrote on say what I wrote, and that is told', () => {
    const merged = combine(flow, write(flow, menu, 'Theirs').flow, write(flow, menu, 'Mine').flow);
    expect(merged.both).toEqual([menu]);
    expect(merged.flow.notes?.menu?.text).toBe('Mine');
    expect(combine(flow, remove(flow, [todo]).flow, write(flow, todo, 'Kept').flow).both).toEqual([todo]);
    expect(combine(flow, remove(flow, [menu, todo]).flow, flow).flow).toEqual(drawing);
  });
});

test('a search for what stands everywhere stops at 50 hits', () => {
  const notes = Object.fromEntries(
    Array.from({ length: 60 }, (_, place) => [`n${place}`, { at: [0, 0], text: 'Often.' }] as const),
  );
  expect(find({ ...flow, notes }, 'often', (type) => type)).toHaveLength(50);
});
