import { expect, test } from 'vitest';
import { drawNodes } from '../web/src/canvas/drawing.ts';
import { minZoom, minZoomFor } from '../web/src/canvas/fit.ts';
import { freeWithin, hull, overlap } from '../web/src/document/geometry.ts';
import { freePlace } from '../web/src/document/things.ts';
import { intoView, nearestOutside } from '../web/src/editor/inview.ts';
import { tree } from './kit/largeflows.ts';

const view = { x: 24, y: 24, width: 952, height: 652 };
const map = { x: 820, y: 520, width: 160, height: 110 };
const node = { width: 200, height: 98 };

test('a drawing can be zoomed out until all of it is in the window, however large it is', () => {
  const flow = tree(2000);
  const spread = Object.fromEntries(
    Object.keys(flow.nodes).map((id, place) => [id, [place, place * 114] as const]),
  );
  const names = { node: () => '', note: () => '', folded: () => '' };
  const selection = { nodes: new Set<string>(), wires: new Set<string>() };
  const draw = (layout: typeof spread) => [
    ...drawNodes(
      { flow: { ...flow, layout }, selection, layers: [], dragged: new Map(), names },
      new Map(),
    ).values(),
  ];
  const drawn = draw(spread);
  const { height } = hull(
    drawn.map(({ position, width = 0, height: down = 0 }) => ({ ...position, width, height: down })),
  );
  const least = minZoomFor(drawn, { width: 1000, height: 700 });
  expect(height * least).toBeLessThanOrEqual(700);
  expect(minZoomFor(drawn.slice(0, 2), { width: 1000, height: 700 })).toBe(minZoom);
  // Before its window is measured, and without a node.
  expect(minZoomFor(drawn, { width: 0, height: 0 })).toBe(minZoom);
  expect(minZoomFor([], { width: 1000, height: 700 })).toBe(minZoom);
});

test.each([
  ['under it', { x: 830, y: 540 }],
  ['below the window', { x: 700, y: 900 }],
  ['right of the window', { x: 1500, y: 500 }],
])('a node that is %s is brought into view beside the overview map or above it', (_, at) => {
  const box = { ...at, ...node };
  const [dx, dy] = intoView(box, view, map);
  const there = { ...box, x: box.x + dx, y: box.y + dy };
  expect(overlap(there, map)).toBe(false);
  expect(there.x).toBeGreaterThanOrEqual(view.x);
  expect(there.y).toBeGreaterThanOrEqual(view.y);
  expect(there.x + there.width).toBeLessThanOrEqual(view.x + view.width);
  expect(there.y + there.height).toBeLessThanOrEqual(view.y + view.height);
});

test('a node in view that the overview map does not cover stays where it is', () => {
  expect(intoView({ x: 100, y: 540, ...node }, view, map)).toEqual([0, 0]);
});

test.each([
  ['in view and free', [300, 300], [300, 300]],
  ['outside of the view', [-500, 9000], [24, 578]],
])('what is pasted at a place that is %s lies where that is nearest', (_, at, expected) => {
  expect(freeWithin([], view, at as [number, number], node)).toEqual(expected);
});

test('what is pasted covers nothing and stays in view, if there is room', () => {
  const column = Array.from({ length: 20 }, (_, row) => ({ x: 100, y: row * 120 - 600, ...node }));
  const at = freeWithin(column, view, [120, 300], node);
  const box = { x: at?.[0] ?? 0, y: at?.[1] ?? 0, ...node };
  expect(column.some((other) => overlap(other, box))).toBe(false);
  expect(intoView(box, view)).toEqual([0, 0]);
  expect(Math.hypot(box.x - 120, box.y - 300)).toBeLessThan(250);
  const full = { x: 0, y: 0, width: 1000, height: 700 };
  expect(freeWithin([full], view, [120, 300], node)).toBeUndefined();
  expect(freeWithin([], view, [120, 300], { width: 960, height: 100 })).toBeUndefined();
  // Then it goes below what is there.
  const flow = tree(4);
  expect(freePlace(flow, [0, 0], { width: 5000, height: 90 }, view)[1]).toBeGreaterThan(0);
});

test('where nothing is in view, the nearest is found; else nothing', () => {
  const far = { x: 3000, y: 0, ...node };
  const near = { x: -900, y: 100, ...node };
  const boxes = (...all: (typeof far)[]) => new Map(all.map((box, place) => [place, box]));
  expect(nearestOutside(boxes(far, near), view)).toBe(1);
  expect(nearestOutside(boxes(far, { ...near, x: 0 }), view)).toBeUndefined();
  expect(nearestOutside(boxes(), view)).toBeUndefined();
});
