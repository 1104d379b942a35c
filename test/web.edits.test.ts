import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, misshapen } from '../lib/engine/check.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { copy, paste, readClip } from '../web/src/canvas/clipboard.ts';
import { combine } from '../web/src/canvas/combine.ts';
import { add, connect, disconnect, move, remove, replace, set, setHead } from '../web/src/canvas/edits.ts';
import { freePlace, placeOf, shapeOf } from '../web/src/canvas/geometry.ts';
import { begin, type Edit, record, redo, settle, undo } from '../web/src/canvas/history.ts';
import { align, arrange, withLayout } from '../web/src/canvas/layout.ts';
import { portsOf } from '../web/src/canvas/ports.ts';
import { refusalOf, wiresOf } from '../web/src/canvas/wires.ts';

const flow: Flow = {
  schema: 1,
  id: 'try',
  name: 'Try',
  nodes: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'play', label: 'Hello', prompt: { text: 'Hello.' }, exits: { next: 'menu' } },
    menu: {
      type: 'branch',
      prompt: { text: 'Press 1.' },
      exits: { '1': 'bye', '#': 'menu', timeout: 'bye' },
    },
    bye: { type: 'end' },
  },
  layout: { start: [0, 0], hello: [300, 0], menu: [600, 0], bye: [900, 0] },
};

describe('edits', () => {
  test('add a node under a free id, where none stands, behind the exit it was dropped from', () => {
    const edit = add(flow, 'play', [310, 10], { source: 'menu', exit: '2' });
    expect(edit.select).toEqual(['play']);
    expect(edit.flow.nodes.play).toEqual({ type: 'play', exits: {} });
    expect(edit.flow.nodes.menu?.exits).toMatchObject({ '2': 'play' });
    const hello = shapeOf(edit.flow.nodes.hello ?? { type: '' });
    expect(placeOf(edit.flow, 'play')[1]).toBeGreaterThanOrEqual(hello.height);
    const second = add(edit.flow, 'play', [0, 500]);
    expect(second.select).toEqual(['play-2']);
    expect(add(flow, 'end', [0, 900]).flow.nodes.end).toEqual({ type: 'end' });
  });

  test('leave all that they do not change as it is', () => {
    const edit = set(flow, 'hello', 'prompt', { text: 'Hi.' });
    expect(edit.flow.nodes.menu).toBe(flow.nodes.menu);
    expect(flow.nodes.hello?.prompt).toEqual({ text: 'Hello.' });
    expect(set(flow, 'hello', 'prompt', undefined).flow.nodes.hello).not.toHaveProperty('prompt');
    expect(setHead(flow, 'voice', 'Polly.Amy').flow.voice).toBe('Polly.Amy');
    expect(setHead(flow, 'language').flow).not.toHaveProperty('language');
  });

  test('connect, connect elsewhere, and take a connection away', () => {
    expect(connect(flow, 'menu', '3', 'hello').step.did).toBe('connect');
    const again = connect(flow, 'menu', '1', 'hello');
    expect(again.step.did).toBe('reconnect');
    expect(again.flow.nodes.menu?.exits).toMatchObject({ '1': 'hello' });
    expect(connect(flow, 'menu', '1', 'bye').flow).toBe(flow);
    const gone = disconnect(flow, [
      { source: 'menu', exit: '1' },
      { source: 'menu', exit: '#' },
    ]);
    expect(gone.flow.nodes.menu?.exits).toEqual({ timeout: 'bye' });
  });

  test('delete a node with the connections to it and its place, but never the start', () => {
    const edit = remove(flow, ['bye', 'start']);
    expect(Object.keys(edit.flow.nodes)).toEqual(['start', 'hello', 'menu']);
    expect(edit.flow.nodes.menu?.exits).toEqual({ '#': 'menu' });
    expect(edit.flow.layout).not.toHaveProperty('bye');
    expect(edit.step).toEqual({ did: 'delete', type: 'end' });
    expect(remove(flow, ['start']).flow).toBe(flow);
  });

  test('move only what stands elsewhere then, to whole pixels', () => {
    expect(move(flow, [['hello', [300, 0]]]).flow).toBe(flow);
    expect(placeOf(move(flow, [['hello', [300.4, 7.6]]]).flow, 'hello')).toEqual([300, 8]);
  });

  test('never give a flow another id', () => {
    expect(replace(flow, { ...flow, id: 'other', name: 'New' }, 'json').flow).toMatchObject({
      id: 'try',
      name: 'New',
    });
  });
});

describe('connections', () => {
  test('are refused to the start, to itself, and in a circle that waits for nobody', () => {
    expect(refusalOf(flow, 'hello', 'start')).toBe('begins');
    expect(refusalOf(flow, 'hello', 'hello')).toBe('itself');
    expect(refusalOf(flow, 'menu', 'menu')).toBeUndefined();
    expect(refusalOf(flow, 'menu', 'hello')).toBeUndefined();
    const chain = add(flow, 'play', [0, 900], { source: 'hello', exit: 'next' }).flow;
    expect(refusalOf(chain, 'play', 'hello')).toBe('circle');
  });

  test('are refused where the check would find a circle, and only there', () => {
    const ids = ['start', 'a', 'b', 'c', 'm'];
    const targets = fc.constantFrom(...ids.slice(1));
    const drawing = fc.record({ a: targets, b: targets, c: targets, m: targets });
    fc.assert(
      fc.property(drawing, fc.constantFrom(...ids), targets, (leads, source, target) => {
        const node = (next: string) => ({ type: 'play', prompt: { text: 'x' }, exits: { next } });
        const nodes = {
          start: { type: 'start', exits: { next: 'a' } },
          a: node(leads.a),
          b: node(leads.b),
          c: node(leads.c),
          m: { type: 'branch', prompt: { text: 'x' }, exits: { '1': leads.m } },
        };
        const endless = (one: Flow) => check(one).filter(({ rule }) => rule === 'endless').length;
        const before: Flow = { schema: 1, id: 'x', name: 'x', nodes };
        const loose = disconnect(before, [{ source, exit: 'next' }]).flow;
        fc.pre(endless(loose) === 0);
        const exit = source === 'm' ? '2' : 'next';
        expect(refusalOf(loose, source, target) !== undefined).toBe(
          endless(connect(loose, source, exit, target).flow) > 0,
        );
      }),
    );
  });
});

describe('history', () => {
  test('steps back and forth over every kind of edit', () => {
    const clip = copy(flow, ['hello', 'menu']);
    const edits: ((now: Flow) => Edit)[] = [
      (now) => add(now, 'transfer', [0, 500], { source: 'menu', exit: '2' }),
      (now) => connect(now, 'menu', '3', 'bye'),
      (now) => connect(now, 'menu', '3', 'hello'),
      (now) => disconnect(now, [{ source: 'menu', exit: '3' }]),
      (now) => move(now, [['menu', [600, 300]]]),
      (now) => set(now, 'hello', 'label', 'Hi'),
      (now) => set(now, 'menu', 'maxErrors', 2),
      (now) => setHead(now, 'name', 'Tried'),
      (now) => paste(now, clip ?? readClipOf(now), [0, 900]),
      (now) => align(now, ['hello', 'menu'], 'top'),
      (now) => arrange(now),
      (now) => remove(now, ['bye']),
      (now) => replace(now, { ...now, description: 'By hand' }, 'json'),
    ];
    const flows = [flow];
    let history = begin(flow);
    for (const edit of edits) {
      history = record(history, edit(history.flow));
      flows.push(history.flow);
    }
    expect(new Set(flows).size).toBe(edits.length + 1);
    for (const before of flows.slice(0, -1).reverse()) {
      history = undo(history);
      expect(history.flow).toBe(before);
    }
    expect(undo(history)).toBe(history);
    for (const after of flows.slice(1)) {
      history = redo(history);
      expect(history.flow).toBe(after);
    }
    expect(redo(history)).toBe(history);
  });

  test('takes what is typed into one field as one step, until the field is left', () => {
    let history = begin(flow);
    const type = (text: string) => {
      history = record(history, set(history.flow, 'hello', 'prompt', { text }));
    };
    for (const text of ['H', 'He', 'Hey']) type(text);
    expect(history.past).toHaveLength(1);
    history = settle(history);
    type('Hey!');
    history = record(history, set(history.flow, 'hello', 'label', 'H'));
    expect(history.past.map(({ step }) => step.did)).toEqual(['set', 'set', 'rename']);
    expect(undo(undo(history)).flow.nodes.hello?.prompt).toEqual({ text: 'Hey' });
  });

  test('forgets what was undone once something else is done, and nothing where an edit changes nothing', () => {
    const one = undo(record(begin(flow), set(flow, 'hello', 'label', 'A')));
    expect(one.future).toHaveLength(1);
    expect(record(one, connect(one.flow, 'menu', '1', 'bye'))).toBe(one);
    expect(record(one, set(one.flow, 'hello', 'label', 'B')).future).toEqual([]);
  });
});

function readClipOf(now: Flow) {
  const clip = copy(now, ['hello']);
  if (clip === undefined) throw new Error('There is nothing to copy.');
  return clip;
}

describe('the clipboard', () => {
  const clip = () => readClip(JSON.stringify(copy(flow, ['start', 'hello', 'menu'])));

  test('keeps connections among the nodes under new ids, and those to nodes that are there', () => {
    const found = clip();
    if (found === undefined) throw new Error('The clip cannot be read.');
    const pasted = paste(flow, found, [0, 500]);
    expect(pasted.select).toEqual(['hello-2', 'menu-2']);
    expect(pasted.flow.nodes['hello-2']).toEqual({ ...flow.nodes.hello, exits: { next: 'menu-2' } });
    expect(pasted.flow.nodes['menu-2']?.exits).toEqual({ '1': 'bye', '#': 'menu-2', timeout: 'bye' });
    expect(pasted.lost).toEqual([]);
    expect(placeOf(pasted.flow, 'hello-2')).toEqual([0, 500]);
    expect(placeOf(pasted.flow, 'menu-2')).toEqual([300, 500]);
  });

  test('tells what it had to leave in another flow', () => {
    const found = clip();
    if (found === undefined) throw new Error('The clip cannot be read.');
    const other: Flow = { schema: 1, id: 'other', name: 'Other', nodes: { start: { type: 'start' } } };
    const pasted = paste(other, found, [0, 0]);
    expect(pasted.select).toEqual(['hello', 'menu']);
    expect(pasted.lost.map(({ id }) => id)).toEqual(['menu.1', 'menu.timeout']);
    expect(misshapen(check(pasted.flow))).toBe(false);
  });

  test('never takes a second start along', () => {
    expect(copy(flow, ['start'])).toBeUndefined();
    const forged = {
      branchline: 'nodes',
      flow: 'x',
      nodes: { start: { type: 'start' } },
      layout: {},
    } as const;
    const pasted = paste(flow, forged, [0, 0]);
    expect(pasted.flow).toBe(flow);
    expect(pasted.left).toEqual(['start']);
  });

  test.each([
    '',
    'text',
    'null',
    '{}',
    '{"branchline":"nodes"}',
    '{"branchline":"nodes","nodes":{"a b":{}}}',
  ])('takes %j for something else', (text) => expect(readClip(text)).toBeUndefined());
});

describe('layout', () => {
  test('puts every node in its column, and none on another', () => {
    const { flow: arranged } = arrange({ ...flow, layout: {} });
    const boxes = Object.entries(arranged.nodes).map(([id, node]) => ({
      place: placeOf(arranged, id),
      node,
    }));
    for (const a of boxes) {
      for (const b of boxes) {
        if (a === b) continue;
        const apart =
          Math.abs(a.place[0] - b.place[0]) >= shapeOf(a.node).width ||
          (a.place[1] < b.place[1]
            ? a.place[1] + shapeOf(a.node).height <= b.place[1]
            : b.place[1] + shapeOf(b.node).height <= a.place[1]);
        expect(apart).toBe(true);
      }
    }
    expect(placeOf(arranged, 'start')[0]).toBeLessThan(placeOf(arranged, 'hello')[0]);
    expect(placeOf(arranged, 'hello')[0]).toBeLessThan(placeOf(arranged, 'menu')[0]);
  });

  test('gives places to nodes that have none, and leaves the others where they are', () => {
    const { layout: _, ...bare } = flow;
    expect(Object.keys(withLayout(bare).layout ?? {})).toEqual(Object.keys(flow.nodes));
    const some = withLayout({ ...flow, layout: { start: [5, 5], hello: [300, 0], menu: [600, 0] } });
    expect(some.layout?.start).toEqual([5, 5]);
    expect(some.layout?.bye?.[1]).toBeGreaterThan(shapeOf(flow.nodes.menu ?? { type: '' }).height);
    expect(withLayout(flow)).toBe(flow);
  });

  test('lines nodes up in a row with even gaps', () => {
    const { flow: lined } = align(flow, ['menu', 'hello', 'bye'], 'row');
    const xs = ['hello', 'menu', 'bye'].map((id) => placeOf(lined, id)[0]);
    expect((xs[1] ?? 0) - (xs[0] ?? 0)).toBe((xs[2] ?? 0) - (xs[1] ?? 0));
  });

  test('finds a free place below the nodes that are in the way', () => {
    expect(freePlace(flow, [5000, 5])).toEqual([5000, 5]);
    expect(freePlace(flow, [600, 10])[1]).toBeGreaterThan(shapeOf(flow.nodes.menu ?? { type: '' }).height);
  });
});

test('a menu shows the keys in use first, then its other exits, and keeps the rest small', () => {
  const { rows, spare } = portsOf({
    type: 'branch',
    labels: { '7': 'Sales' },
    exits: { '1': 'bye', '#': 'menu', gone: 'x' },
  });
  expect(rows).toEqual(['1', '7', '#', 'timeout', 'errors', 'gone']);
  expect(spare).toEqual(['0', '2', '3', '4', '5', '6', '8', '9', '*']);
});

test('wires lead to nodes that are there', () => {
  expect(wiresOf(connect(flow, 'menu', '2', 'nobody').flow).map(({ id }) => id)).not.toContain('menu.2');
});

describe("two people's changes", () => {
  test('are both kept, node by node', () => {
    const theirs = set(add(flow, 'end', [0, 900]).flow, 'hello', 'label', 'Theirs').flow;
    const mine = setHead(set(flow, 'menu', 'maxErrors', 5).flow, 'name', 'Mine').flow;
    const { flow: merged, both } = combine(flow, theirs, mine);
    expect(both).toEqual([]);
    expect(merged.name).toBe('Mine');
    expect(merged.nodes.end).toEqual({ type: 'end' });
    expect(merged.nodes.hello?.label).toBe('Theirs');
    expect(merged.nodes.menu?.maxErrors).toBe(5);
  });

  test('on one node are mine, and said so; what I deleted and they left alone is gone', () => {
    const theirs = set(flow, 'hello', 'label', 'Theirs').flow;
    const mine = remove(set(flow, 'hello', 'label', 'Mine').flow, ['bye']).flow;
    const { flow: merged, both } = combine(flow, theirs, mine);
    expect(both).toEqual(['hello']);
    expect(merged.nodes.hello?.label).toBe('Mine');
    expect(merged.nodes).not.toHaveProperty('bye');
  });
});
