import { describe, expect, test } from 'vitest';
import { freePlace, placeOf, shapeOf } from '../web/src/canvas/geometry.ts';
import { align, arrange, withLayout } from '../web/src/canvas/layout.ts';
import { drawing as flow } from './kit/drawing.ts';

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
    const tops = ['start', 'hello', 'menu'].map((id) => placeOf(arranged, id)[1]);
    expect(new Set(tops).size).toBe(1);
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
    expect(freePlace(flow, [5000, 5], { width: 200, height: 132 })).toEqual([5000, 5]);
    expect(freePlace(flow, [600, 10], { width: 200, height: 132 })[1]).toBeGreaterThan(
      shapeOf(flow.nodes.menu ?? { type: '' }).height,
    );
  });
});
