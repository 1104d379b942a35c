import { describe, expect, test } from 'vitest';
import { check, misshapen } from '../lib/engine/check.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { copy, paste, readClip } from '../web/src/document/clipboard.ts';
import { combine } from '../web/src/document/combine.ts';
import { add, remove, set, setHead } from '../web/src/document/edits.ts';
import { placeOf } from '../web/src/document/geometry.ts';
import { drawing as flow } from './kit/drawing.ts';

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
