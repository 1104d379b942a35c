import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { nodeOf } from '../lib/flow/flow.ts';
import { connect, reattach } from '../web/src/document/edits.ts';
import { measure, shapeOf } from '../web/src/document/geometry.ts';
import { placeOf } from '../web/src/document/things.ts';
import { wiresOf } from '../web/src/document/wires.ts';
import { isBack, lanesOf } from '../web/src/layout/lanes.ts';
import { arrange } from '../web/src/layout/layout.ts';
import { graphFlows } from './kit/randomgraphs.ts';
import { drawing } from './kit/sampleflows.ts';

/** The boxes of all nodes. */
function boxesOf(flow: Flow) {
  return Object.keys(flow.nodes).map((id) => {
    const [left, top] = placeOf(flow, id);
    const { width, height } = shapeOf(nodeOf(flow, id) ?? { type: '' });
    return { id, left, top, right: left + width, bottom: top + height };
  });
}

describe('lanes', () => {
  test('cover no node, and are there for every wire that runs back', () => {
    void fc.assert(
      fc.property(graphFlows, (tangle) => {
        const { flow } = arrange(tangle);
        const lanes = lanesOf(flow);
        const boxes = boxesOf(flow);
        for (const { id, source, exit, target } of wiresOf(flow)) {
          const lane = lanes.get(id);
          const [dot = 0] = shapeOf(nodeOf(flow, source) ?? { type: '' }).outlets[exit] ?? [];
          const rim = measure.dot / 2;
          const back = isBack(placeOf(flow, source)[0] + dot + rim, placeOf(flow, target)[0] - rim);
          expect(lane !== undefined || !back).toBe(true);
          if (lane === undefined) continue;
          const [from, to] = [Math.min(lane.out, lane.into), Math.max(lane.out, lane.into)];
          const hit = boxes.filter(
            ({ left, right, top, bottom }) => left < to && from < right && top < lane.y && lane.y < bottom,
          );
          expect(hit).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('lead around where nodes stand so near to each other that their dots leave no room', () => {
    const beside = (gap: number) =>
      ({ ...drawing, layout: { ...drawing.layout, hello: [200 + gap, 0] } }) as const;
    expect(lanesOf(beside(23)).has('start.next')).toBe(true);
    expect(lanesOf(beside(24)).has('start.next')).toBe(false);
  });

  test('of wires to one node join, of wires to others keep apart', () => {
    const back = (from: string, to: string) => ({
      type: 'play',
      prompt: { text: from },
      exits: { next: to },
    });
    const flow: Flow = {
      ...drawing,
      nodes: {
        a: back('a', 'b'),
        b: back('b', 'c'),
        c: back('c', 'd'),
        d: back('d', 'a'),
        e: back('e', 'a'),
        f: back('f', 'b'),
      },
      layout: { a: [0, 0], b: [300, 0], c: [600, 0], d: [900, 0], e: [1200, 0], f: [1500, 0] },
    };
    const lanes = lanesOf(flow);
    expect(lanes.get('e.next')?.y).toBe(lanes.get('d.next')?.y);
    expect(lanes.get('f.next')?.y).not.toBe(lanes.get('d.next')?.y);
  });

  test('are looked for again once a node has grown into them', () => {
    const hello = { type: 'end', exits: {} };
    const nodes = { start: { type: 'start', exits: { next: 'bye' } }, hello, bye: { type: 'end' } };
    const small: Flow = { ...drawing, nodes, layout: { start: [0, 0], hello: [400, -30], bye: [900, 0] } };
    const grown = { ...small, nodes: { ...nodes, hello: { ...hello, prompt: { text: 'Grown.' } } } };
    const before = lanesOf(small).get('start.next');
    const after = lanesOf(grown).get('start.next');
    expect(after?.y).not.toBe(before?.y);
    expect(after).toEqual(lanesOf(structuredClone(grown)).get('start.next'));
  });

  test('stay while a text is typed, and follow a node that is moved', () => {
    const before = lanesOf(drawing);
    const typed = { ...drawing, nodes: { ...drawing.nodes, bye: { type: 'end', prompt: { text: 'Bye.' } } } };
    const menu = { ...drawing.nodes.menu, type: 'branch', prompt: { text: 'Press 2.' } };
    expect(lanesOf({ ...drawing, nodes: { ...drawing.nodes, menu } })).toBe(before);
    expect(lanesOf(typed)).toBeDefined();
    const moved = lanesOf({ ...drawing, layout: { ...drawing.layout, menu: [600, 400] } });
    expect(moved.get('menu.#')?.y).not.toBe(before.get('menu.#')?.y);
  });
});

describe('an end that is dragged', () => {
  test('leads another exit there, in one step', () => {
    const [wire] = wiresOf(drawing).filter(({ id }) => id === 'menu.1');
    if (wire === undefined) throw new Error('The drawing has no such wire.');
    const { flow, step } = reattach(drawing, wire, 'menu', '5');
    expect(nodeOf(flow, 'menu')?.exits).toEqual({ '5': 'bye', '#': 'menu', timeout: 'bye' });
    expect(step.did).toBe('reconnect');
    expect(reattach(drawing, wire, 'menu', '1').flow).toBe(drawing);
    expect(connect(drawing, 'menu', '1', 'bye').flow).toBe(drawing);
  });
});
