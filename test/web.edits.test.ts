import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../lib/engine/check.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { copy, paste } from '../web/src/document/clipboard.ts';
import { add, connect, disconnect, move, remove, replace, set, setHead } from '../web/src/document/edits.ts';
import { shapeOf } from '../web/src/document/geometry.ts';
import { type Edit, newHistory, record, redo, undo, withoutMerging } from '../web/src/document/history.ts';
import { portsOf } from '../web/src/document/ports.ts';
import { DocumentStore } from '../web/src/document/store.ts';
import { placeOf } from '../web/src/document/things.ts';
import { refusalOf, refusedFrom, wiresOf } from '../web/src/document/wires.ts';
import { addTools } from '../web/src/editor/addtools.ts';
import { align, arrange } from '../web/src/layout/layout.ts';
import { drawing as flow } from './kit/sampleflows.ts';
import { translatorOf } from './kit/translator.ts';

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
    expect(refusalOf(flow, 'hello', 'next', 'start')).toBe('begins');
    expect(refusalOf(flow, 'hello', 'next', 'hello')).toBe('itself');
    expect(refusalOf(flow, 'menu', '2', 'menu')).toBeUndefined();
    expect(refusalOf(flow, 'menu', '2', 'hello')).toBeUndefined();
    const chain = add(flow, 'play', [0, 900], { source: 'hello', exit: 'next' }).flow;
    expect(refusalOf(chain, 'play', 'next', 'hello')).toBe('circle');
    // Another flow may wait for the caller before it returns; one that cannot be entered does not.
    const entering = add(flow, 'flow', [0, 900], { source: 'hello', exit: 'next' }).flow;
    expect(refusalOf(entering, 'flow', 'next', 'hello')).toBeUndefined();
    expect(refusalOf(entering, 'flow', 'failed', 'hello')).toBe('circle');
  });

  test('are refused where the check would find a circle, and only there', () => {
    const ids = ['start', 'a', 'b', 'c', 'm', 'f'];
    const targets = fc.constantFrom(...ids.slice(1));
    const leading = fc.record({
      a: targets,
      b: targets,
      c: targets,
      m: targets,
      f: targets,
      failed: targets,
    });
    const sources = [...ids.map((id) => [id, 'next'] as const), ['f', 'failed'] as const];
    fc.assert(
      fc.property(leading, fc.constantFrom(...sources), targets, (leads, [source, at], target) => {
        const node = (next: string) => ({ type: 'play', prompt: { text: 'x' }, exits: { next } });
        const nodes = {
          start: { type: 'start', exits: { next: 'a' } },
          a: node(leads.a),
          b: node(leads.b),
          c: node(leads.c),
          m: { type: 'branch', prompt: { text: 'x' }, exits: { '1': leads.m } },
          f: { type: 'flow', flow: 'other', exits: { next: leads.f, failed: leads.failed } },
        };
        const endless = (one: Flow) => check(one).filter(({ rule }) => rule === 'endless').length;
        const before: Flow = { schema: 1, id: 'x', name: 'x', nodes };
        const loose = disconnect(before, [{ source, exit: at }]).flow;
        fc.pre(endless(loose) === 0);
        const exit = source === 'm' ? '2' : at;
        const isRefused = refusalOf(loose, source, exit, target) !== undefined;
        expect(refusedFrom(loose, source, exit).has(target)).toBe(isRefused);
        expect(isRefused).toBe(endless(connect(loose, source, exit, target).flow) > 0);
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
    let history = newHistory(flow);
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
    let history = newHistory(flow);
    const type = (text: string) => {
      history = record(history, set(history.flow, 'hello', 'prompt', { text }));
    };
    for (const text of ['H', 'He', 'Hey']) type(text);
    expect(history.past).toHaveLength(1);
    history = withoutMerging(history);
    type('Hey!');
    history = record(history, set(history.flow, 'hello', 'label', 'H'));
    expect(history.past.map(({ step }) => step.did)).toEqual(['set', 'set', 'rename']);
    expect(undo(undo(history)).flow.nodes.hello?.prompt).toEqual({ text: 'Hey' });
  });

  test('forgets what was undone once something else is done, and nothing where an edit changes nothing', () => {
    const one = undo(record(newHistory(flow), set(flow, 'hello', 'label', 'A')));
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

test('the same setting of two nodes is two steps, however quickly it is written', () => {
  let history = record(newHistory(flow), set(flow, 'hello', 'prompt', { text: 'One.' }));
  history = record(history, set(history.flow, 'menu', 'prompt', { text: 'Two.' }));
  expect(history.past.map(({ step }) => step.label)).toEqual(['Hello', 'Main']);
});

test('no exit is led to where calls begin, also if that is added behind one', () => {
  const { start: _, ...nodes } = flow.nodes;
  const { flow: added } = add({ ...flow, nodes }, 'start', [0, 0], { source: 'menu', exit: '2' });
  expect(added.nodes.start?.type).toBe('start');
  expect(added.nodes.menu?.exits).toEqual(flow.nodes.menu?.exits);
});

test('who may only look adds nothing, whatever calls for it', () => {
  const { t } = translatorOf('en-US');
  const store = new DocumentStore(flow);
  const kit = { store, t, warn: () => expect.unreachable(), middle: () => [0, 0] as const };
  const tools = addTools({ ...kit, mayEdit: false });
  tools.addAt('play', [0, 0]);
  tools.addNext('end');
  tools.addNote([0, 0]);
  expect(store.flow).toBe(flow);
  addTools({ ...kit, mayEdit: true }).addNote([0, 0]);
  expect(Object.keys(store.flow.notes ?? {})).toHaveLength(1);
});
