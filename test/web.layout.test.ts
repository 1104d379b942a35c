import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Flow, type FlowNode, mostNodes } from '../lib/flow/flow.ts';
import { hull, overlap, shapeOf } from '../web/src/document/geometry.ts';
import { newHistory, record, undo } from '../web/src/document/history.ts';
import { boxOf, freePlace, placeOf } from '../web/src/document/things.ts';
import { wiresOf } from '../web/src/document/wires.ts';
import { align, arrange, withLayout } from '../web/src/layout/layout.ts';
import { chain, loose, tree } from './kit/largeflows.ts';
import { graphFlow, graphFlows } from './kit/randomgraphs.ts';
import { drawing as flow } from './kit/sampleflows.ts';

describe('layout', () => {
  const boxesOf = (arranged: Flow) =>
    Object.entries(arranged.nodes).map(([id, node]) => {
      const [left, top] = placeOf(arranged, id);
      const { width, height } = shapeOf(node);
      return { left, top, right: left + width, bottom: top + height };
    });

  test('gives every node a place of its own, the same each time, whatever leads where', () => {
    void fc.assert(
      fc.property(graphFlows, (bare) => {
        const { flow: arranged } = arrange(bare);
        expect(Object.keys(arranged.layout ?? {}).toSorted()).toEqual(Object.keys(bare.nodes).toSorted());
        expect(arrange(arranged).flow.layout).toEqual(arranged.layout);
        const boxes = boxesOf(arranged);
        boxes.forEach((a, index) => {
          for (const b of boxes.slice(index + 1)) {
            const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            expect(apart).toBe(true);
          }
        });
      }),
    );
  });

  test('is one step, which undo takes back', () => {
    void fc.assert(
      fc.property(graphFlows, (bare) => {
        const history = record(newHistory(bare), arrange(bare));
        expect(undo(history).flow).toBe(bare);
      }),
      { numRuns: 20 },
    );
  });

  test('goes from left to right as a call goes, a plain sequence in a straight line', () => {
    const { flow: arranged } = arrange({ ...flow, layout: {} });
    const places = ['start', 'hello', 'menu', 'bye'].map((id) => placeOf(arranged, id));
    expect(places.map(([x]) => x).toSorted((a, b) => a - b)).toEqual(places.map(([x]) => x));
    expect(new Set(places.slice(0, 3).map(([, y]) => y)).size).toBe(1);
  });

  test('keeps the order of keys from top to bottom, and ends at the right', () => {
    const keys = ['1', '2', '3', '4', '5'];
    const say = (key: string): FlowNode => ({ type: 'play', prompt: { text: key }, exits: { next: 'bye' } });
    const menu: Flow = {
      ...flow,
      nodes: {
        // Written in another order than the keys.
        ...Object.fromEntries(keys.toReversed().map((key) => [`say${key}`, say(key)])),
        bye: { type: 'end' },
        start: { type: 'start', exits: { next: 'menu' } },
        menu: {
          type: 'branch',
          prompt: { text: 'Press.' },
          exits: {
            ...Object.fromEntries(keys.map((key) => [key, `say${key}`])),
            '#': 'menu',
            timeout: 'bye',
          },
        },
      },
      layout: {},
    };
    const { flow: arranged } = arrange(menu);
    const tops = keys.map((key) => placeOf(arranged, `say${key}`)[1]);
    expect(tops.toSorted((a, b) => a - b)).toEqual(tops);
    const rights = Object.keys(menu.nodes).map((id) => placeOf(arranged, id)[0]);
    expect(placeOf(arranged, 'bye')[0]).toBe(Math.max(...rights));
  });

  test('does not count wires that lead back to a menu', () => {
    const back: Flow = {
      ...flow,
      nodes: {
        start: { type: 'start', exits: { next: 'main' } },
        main: { type: 'branch', prompt: { text: '1' }, exits: { '1': 'sub' } },
        sub: { type: 'branch', prompt: { text: '*' }, exits: { '1': 'deep', '*': 'main' } },
        deep: { type: 'branch', prompt: { text: '*' }, exits: { '*': 'main', '#': 'sub' } },
      },
      layout: {},
    };
    const { flow: arranged } = arrange(back);
    const xs = ['start', 'main', 'sub', 'deep'].map((id) => placeOf(arranged, id)[0]);
    expect(new Set(xs).size).toBe(4);
    expect(xs.toSorted((a, b) => a - b)).toEqual(xs);
  });

  test.each([
    ['a small tree of menus', tree(50)],
    ['a tree of menus', tree(300)],
    ['a tree of menus with all nodes that a flow may have', tree(mostNodes)],
    ['one long sequence', chain(300)],
    ['nodes that nothing connects', loose(300)],
  ])('fills the shape of a screen: %s', (_, bare) => {
    const { flow: arranged } = arrange(bare);
    const boxes = Object.keys(arranged.nodes).flatMap((id) => boxOf(arranged, id) ?? []);
    const { width, height } = hull(boxes);
    expect(width).toBeGreaterThan(0.8 * height);
    expect(width).toBeLessThan(3 * height);
    boxes.sort((a, b) => a.x - b.x);
    const covered = boxes.filter((box, index) => {
      for (
        let next = index + 1;
        (boxes[next]?.x ?? Number.POSITIVE_INFINITY) < box.x + box.width;
        next += 1
      ) {
        const other = boxes[next];
        if (other !== undefined && overlap(box, other)) return true;
      }
      return false;
    });
    expect(covered).toEqual([]);
  });

  test('keeps a menu and its keys together where a large flow is cut into blocks', () => {
    const { flow: arranged } = arrange(tree(300));
    const near = wiresOf(arranged).filter(({ exit, source, target }) => {
      const [x, y] = placeOf(arranged, source);
      const [left, top] = placeOf(arranged, target);
      return exit !== '*' && left > x && Math.hypot(left - x, top - y) < 1600;
    });
    // Of 299 connections forwards, few lead to another block.
    expect(near.length).toBeGreaterThan(270);
  });

  test('takes the largest flow within the time of an opening', () => {
    const largest = graphFlow(
      Array.from({ length: mostNodes }, (_, place) => [place, place * 7, place * 31, place * 977]),
    );
    const started = performance.now();
    arrange(largest);
    expect(performance.now() - started).toBeLessThan(10_000);
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
