import { expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { type DrawingInput, type DrawnWire, drawNodes, drawWires } from '../web/src/canvas/drawing.ts';
import { jumpsOf } from '../web/src/layout/jumps.ts';

/** A menu that leads on, back to itself by way of a message, and with its message to an end that three share. */
const flow: Flow = {
  ...{ schema: 1, id: 'jumps', name: 'Jumps' },
  nodes: {
    start: { type: 'start', exits: { next: 'menu' } },
    menu: { type: 'branch', exits: { '1': 'message', '2': 'end', timeout: 'end' } },
    message: { type: 'play', exits: { next: 'menu' } },
    last: { type: 'play', exits: { next: 'end' } },
    end: { type: 'end' },
  },
  layout: { start: [0, 0], menu: [300, 0], message: [600, 0], last: [1400, 0], end: [1700, 0] },
};

function look(selected: readonly string[] = [], wires: readonly string[] = []): DrawingInput {
  return {
    ...{ flow, layers: [], dragged: new Map() },
    selection: { nodes: new Set(selected), wires: new Set(wires) },
    names: { node: ({ label, type }) => label ?? type, note: (title = '') => title, folded: (name) => name },
  };
}

const drawn = (of: DrawingInput) => [...drawWires(of, new Map()).keys()];

test('connections that lead back, and long ones to an end that many share, are jumps', () => {
  expect([...jumpsOf(flow)]).toEqual([
    ['menu.2', 'shared'],
    ['menu.timeout', 'shared'],
    ['message.next', 'back'],
  ]);
});

test('connections that no window shows whole are jumps, whatever they lead to', () => {
  const layout = { ...flow.layout, message: [2400, 1600] as const };
  expect(jumpsOf({ ...flow, layout }).get('menu.1')).toBe('far');
});

test('a jump is told by its node and not drawn, until its node or the connection itself is selected', () => {
  expect(drawn(look())).toEqual(['start.next', 'menu.1', 'last.next']);
  expect(drawn(look(['message']))).toContain('message.next');
  expect(drawn(look([], ['menu.2']))).toContain('menu.2');
  const told = (of: DrawingInput) => {
    const node = drawNodes(of, new Map()).get('message');
    return node?.type === 'module' ? node.data.jumps : undefined;
  };
  expect(told(look())).toEqual([{ exit: 'next', target: 'menu', name: 'branch', isBack: true }]);
  expect(told(look(['message']))).toEqual([]);
});

test('a jump that no longer leads back, because its target was moved, is told otherwise', () => {
  const nodes = drawNodes(look(), new Map());
  const moved = { ...flow, layout: { ...flow.layout, menu: [4000, 0] as const } };
  const next = drawNodes({ ...look(), flow: moved }, nodes).get('message');
  const [jump] = next?.type === 'module' ? next.data.jumps : [];
  expect(jump).toMatchObject({ exit: 'next', isBack: false });
});

test('while a node is dragged, only it and its connections are redrawn', () => {
  const before = look();
  const nodes = drawNodes(before, new Map());
  const wires = drawWires(before, new Map());
  const dragged = { ...before, dragged: new Map([['message', { at: [620, 40] as const }]]) };
  const next = drawNodes(dragged, nodes, new Set(['message']));
  expect([...next].filter(([id, node]) => nodes.get(id) !== node).map(([id]) => id)).toEqual(['message']);
  const lines: ReadonlyMap<string, DrawnWire> = drawWires(dragged, wires, new Set(['message']));
  expect([...lines].filter(([id, wire]) => wires.get(id) !== wire).map(([id]) => id)).toEqual([]);
  expect(drawWires(dragged, wires, new Set(['end']))).toBe(wires);
});
