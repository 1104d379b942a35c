import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, misshapen } from '../lib/engine/check.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { copy, paste, readClip } from '../web/src/document/clipboard.ts';
import { combine } from '../web/src/document/combine.ts';
import { add, addNote, move, remove, set, setHead, write } from '../web/src/document/edits.ts';
import { placeOf } from '../web/src/document/things.ts';
import { malformedFlows } from './kit/malformedflows.ts';
import { drawing as flow } from './kit/sampleflows.ts';

describe('the clipboard', () => {
  const clip = () => readClip(JSON.stringify(copy(flow, ['start', 'hello', 'menu']))).clip;

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
    '[]',
    '{"branchline":"nodes"}',
    '{"branchline":"nodes","nodes":{},"notes":{}}',
    '{"branchline":"nodes","nodes":{"a":{"type":"end"}}',
  ])('takes %j for something else', (text) => expect(readClip(text)).toEqual({}));

  test('looks at no clip that is larger than a flow may be', () => {
    const ends = (count: number) =>
      JSON.stringify({
        branchline: 'nodes',
        nodes: Object.fromEntries(
          Array.from({ length: count }, (_, place) => [`n${place}`, { type: 'end' }]),
        ),
      });
    expect(readClip(ends(2000)).clip).toBeDefined();
    expect(readClip(ends(2001))).toEqual({});
    expect(readClip(`${ends(1)}${' '.repeat(4 * 1024 * 1024)}`)).toEqual({});
  });

  const play = { type: 'play', prompt: { text: 'Hi' } };

  test.each([
    [{ nodes: { a: { ...play, label: 5 } } }, '`label` must be a text.'],
    [
      { nodes: { a: { ...play, prompt: 7 } } },
      '`prompt` must be { "text": … }, { "audio": … } or a list of them.',
    ],
    [{ nodes: { a: { ...play, exits: null } } }, '`exits` must be an object: { "next": "end" }.'],
    [{ nodes: { a: { type: 'fax', description: [] } } }, '`description` must be a text.'],
    [{ nodes: { 'a b': play } }, '`a b` is not a valid node id'],
    [{ nodes: { a: play }, layout: { a: [1e12, 0] } }, '`layout.a` must lie within ±1,000,000.'],
    [{ nodes: { a: play }, layout: { a: ['0', 0] } }, '`layout.a` must be two numbers: [x, y].'],
    [{ nodes: { a: play }, notes: { b: { at: [0, 0], text: 7 } } }, '`notes.b.text` must be a text.'],
    [{ nodes: [play] }, '`nodes` must be an object'],
  ])('takes nothing of %j, and says why', (held, problem) => {
    const { clip: taken, problems = [] } = readClip(
      JSON.stringify({ branchline: 'nodes', flow: 'x', ...held }),
    );
    expect([taken, problems.length]).toEqual([undefined, 1]);
    expect(problems[0]?.message).toContain(problem);
  });

  test('never throws, and what is pasted of anything can be saved', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      malformedFlows.map((held) => JSON.stringify({ branchline: 'nodes', ...held })),
    );
    void fc.assert(
      fc.property(text, (each) => {
        const { clip: taken } = readClip(each);
        if (taken !== undefined) expect(misshapen(check(paste(flow, taken, [0, 0]).flow))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

test('a clip of another flow is wired to nothing here, even if a node here has the same id', () => {
  const held = { ...flow, id: 'other' };
  const { clip: theirs } = readClip(JSON.stringify(copy(held, ['hello'])));
  if (theirs === undefined) throw new Error('The clip cannot be read.');
  const { flow: pasted, lost } = paste(flow, theirs, [0, 0]);
  expect(pasted.nodes['hello-2']?.exits).toEqual({});
  expect(lost?.map(({ id }) => id)).toEqual(['hello.next']);
});

describe("two people's changes", () => {
  test('of places and of the head are both kept: mine where only I changed, theirs where only they did', () => {
    const theirs = setHead(move(flow, [['hello', [300, 500]]]).flow, 'name', 'Theirs').flow;
    const mine = setHead(move(flow, [['menu', [600, 500]]]).flow, 'description', 'Mine').flow;
    const { flow: merged } = combine(flow, theirs, mine);
    expect(merged.layout).toEqual({ ...flow.layout, hello: [300, 500], menu: [600, 500] });
    expect([merged.name, merged.description]).toEqual(['Theirs', 'Mine']);
  });

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

  test('that add something under the same id are both kept, with what leads to each', () => {
    const adding = (text: string, exit: string) => {
      const added = add(flow, 'play', [0, 900], { source: 'menu', exit }).flow;
      const noted = addNote(set(added, 'play', 'prompt', { text }).flow, [9, 9]);
      if (noted === undefined) throw new Error('There is no room for a note.');
      return write(noted.flow, noted.key, text).flow;
    };
    const [theirs, mine] = [adding('Theirs', '8'), adding('Mine', '9')];
    const { flow: merged, both } = combine(flow, theirs, mine);
    // Both changed the menu, of which mine is kept.
    expect(both).toEqual(['menu']);
    expect([merged.nodes.play?.prompt, merged.nodes['play-2']?.prompt]).toEqual([
      { text: 'Theirs' },
      { text: 'Mine' },
    ]);
    expect(merged.nodes.menu?.exits?.['9']).toBe('play-2');
    expect(merged.layout?.['play-2']).toEqual(mine.layout?.play);
    expect(Object.values(merged.notes ?? {}).map(({ text }) => text)).toEqual(['Theirs', 'Mine']);
    expect(combine(flow, mine, mine)).toEqual({ flow: mine, both: [] });
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
