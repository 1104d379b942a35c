import { type Edge, MarkerType, type Node, type NodeHandle, Position } from '@xyflow/react';
import type { Flow, FlowNode } from '../../../lib/flow/flow.ts';
import type { Problem } from '../../../lib/flow/problem.ts';
import type { Selection } from './desk.ts';
import { type Point, placeOf, type Shape, shapeOf } from './geometry.ts';
import type { NodeSign, Sign, Signs } from './signs.ts';
import { type Wire, wiresOf } from './wires.ts';

/** How many problems a node has. */
export interface Mark {
  readonly errors: number;
  readonly warnings: number;
}

/** A node as the canvas library takes it. */
export type Drawn = Node<{ node: FlowNode; mark: Mark | undefined; sign?: NodeSign | undefined }, 'module'>;

/** A connection as the canvas library takes it. */
export type DrawnWire = Edge<{ wire: Wire; sign?: Sign | undefined }, 'wire'>;

/** The name of the one entry of a node. */
export const inlet = 'in';

/** The size of a dot. */
export const dot = 12;

/** What is to be drawn, beside the document. */
export interface Look {
  readonly flow: Flow;
  readonly selection: Selection;
  readonly marks: ReadonlyMap<string, Mark>;
  /** In what it differs from another document, where it is compared. */
  readonly signs?: Signs;
  /** Where nodes are while they are dragged. */
  readonly held: ReadonlyMap<string, Point>;
  readonly nameOf: (node: FlowNode) => string;
}

/** The problems counted by node. */
export function marksOf(problems: readonly Problem[]): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const { node, severity } of problems) {
    if (node === undefined) continue;
    const { errors, warnings } = marks.get(node) ?? { errors: 0, warnings: 0 };
    const error = severity === 'error' ? 1 : 0;
    marks.set(node, { errors: errors + error, warnings: warnings + 1 - error });
  }
  return marks;
}

/** The nodes to draw. One that looks as before is the same object as before, so that it is not drawn anew. */
export function drawNodes(look: Look, before: ReadonlyMap<string, Drawn>): Map<string, Drawn> {
  const drawn = new Map<string, Drawn>();
  for (const [id, node] of Object.entries(look.flow.nodes)) {
    const [x, y] = look.held.get(id) ?? placeOf(look.flow, id);
    const selected = look.selection.nodes.has(id);
    const mark = look.marks.get(id);
    const sign = look.signs?.nodes.get(id);
    const ariaLabel = look.nameOf(node);
    const old = before.get(id);
    const still =
      old !== undefined &&
      old.data.node === node &&
      old.selected === selected &&
      old.position.x === x &&
      old.position.y === y &&
      old.ariaLabel === ariaLabel &&
      old.data.sign === sign &&
      old.data.mark?.errors === mark?.errors &&
      old.data.mark?.warnings === mark?.warnings;
    drawn.set(id, still ? old : drawNode(id, node, { x, y }, { selected, mark, sign, ariaLabel }));
  }
  return drawn;
}

/** The connections to draw; one that looks as before is the same object as before. */
export function drawWires(
  { flow, selection, signs }: Look,
  before: ReadonlyMap<string, DrawnWire>,
): Map<string, DrawnWire> {
  const drawn = new Map<string, DrawnWire>();
  for (const wire of wiresOf(flow)) {
    const selected = selection.wires.has(wire.id);
    const sign = signs?.wires.get(wire.id);
    const old = before.get(wire.id);
    const still =
      old !== undefined && old.data?.wire === wire && old.selected === selected && old.data.sign === sign;
    drawn.set(wire.id, still ? old : drawWire(wire, selected, sign));
  }
  return drawn;
}

function drawNode(
  id: string,
  node: FlowNode,
  position: { x: number; y: number },
  { selected, ariaLabel, ...data }: Omit<Drawn['data'], 'node'> & { selected: boolean; ariaLabel: string },
): Drawn {
  const shape = shapeOf(node);
  const { width, height } = shape;
  return {
    id,
    type: 'module',
    position,
    selected,
    ariaLabel,
    width,
    height,
    measured: { width, height },
    handles: handlesOf(shape),
    data: { node, ...data },
  };
}

function drawWire(wire: Wire, selected: boolean, sign: Sign | undefined): DrawnWire {
  const { id, source, exit, target } = wire;
  return {
    id,
    type: 'wire',
    source,
    sourceHandle: exit,
    target,
    targetHandle: inlet,
    selected,
    ...(sign === undefined ? {} : { className: `is-${sign}` }),
    data: { wire, sign },
    markerEnd: {
      type: MarkerType.ArrowClosed,
      width: 12,
      height: 12,
      color: sign !== undefined ? `var(--${sign})` : selected ? 'var(--wire-selected)' : 'var(--wire)',
    },
  };
}

function handlesOf({ inlet: has, outlets }: Shape): NodeHandle[] {
  const at = ([x, y]: Point) => ({ x: x - dot / 2, y: y - dot / 2, width: dot, height: dot });
  const entry: NodeHandle[] = has
    ? [{ id: inlet, type: 'target', position: Position.Left, ...at([0, 24]) }]
    : [];
  const ways = Object.entries(outlets).map(
    ([id, place]): NodeHandle => ({ id, type: 'source', position: Position.Right, ...at(place) }),
  );
  return [...entry, ...ways];
}
