import type { Edge, Node } from '@xyflow/react';
import { type Flow, type FlowNode, nodeOf } from '../../../lib/flow/flow.ts';
import type { Note } from '../../../lib/flow/note.ts';
import { noteAt, noteKey, noteSize, titleOf } from '../../../lib/flow/notes.ts';
import type { Folding } from '../document/folding.ts';
import { type Point, type Size, shapeOf } from '../document/geometry.ts';
import type { Selection } from '../document/store.ts';
import { placeOf } from '../document/things.ts';
import { type Wire, wiresOf } from '../document/wires.ts';
import { jumpsOf } from '../layout/jumps.ts';
import { type Lane, lanesOf } from '../layout/lanes.ts';
import type { Names } from '../words/naming.ts';
import { type Fold, foldAt, sameFold } from './fold.ts';
import { handlesOf, inlet } from './handles.ts';
import { type Jump, jumpsFrom, sameJumps } from './jumps.ts';
import { type ExitTags, type Layer, sameExits, sameTags, type Tag, tagsAt } from './layer.ts';

/** A node as the canvas library takes it, with what the layers lay over it and its exits. */
export type DrawnNode = Node<
  {
    node: FlowNode;
    tags: readonly Tag[];
    exits: readonly ExitTags[];
    jumps: readonly Jump[];
    fold: Fold | undefined;
  },
  'module'
>;

/** A note as the canvas library takes it. */
export type DrawnNote = Node<{ note: Note; tags: readonly Tag[] }, 'note'>;

/** What has a place of its own on the canvas. */
export type Drawn = DrawnNode | DrawnNote;

/** A connection as the canvas library takes it. */
export type DrawnWire = Edge<WireData, 'wire'>;

/** What is known of a connection: where from and where to, its lane, and whether it or one of its nodes is selected. */
export type WireData = {
  readonly wire: Wire;
  readonly from: FlowNode | undefined;
  readonly to: FlowNode | undefined;
  readonly lane: Lane | undefined;
  readonly lit: boolean;
  /** Whether no other leads to the same node. */
  readonly alone: boolean;
  readonly tags: readonly Tag[];
};

/** The place, and size, of something that is being dragged or resized. */
export interface Dragged {
  readonly at: Point;
  readonly size?: Size;
}

/** What is to be drawn, beside the document. */
export interface DrawingInput {
  readonly flow: Flow;
  /** The whole flow, of which `flow` is what is shown while nodes are folded; left out, nothing is folded. */
  readonly folding?: Folding | undefined;
  readonly selection: Selection;
  /** What is laid over it; later layers are drawn over earlier ones. */
  readonly layers: readonly Layer[];
  readonly dragged: ReadonlyMap<string, Dragged>;
  readonly names: Pick<Names, 'node' | 'note' | 'folded'>;
}

/**
 * The nodes and notes to draw. One that looks as before is the same object as before, so that it is not redrawn. If only
 * some are held elsewhere than before, nothing else is looked at: that is done for every move of a pointer.
 */
export function drawNodes(
  input: DrawingInput,
  before: ReadonlyMap<string, Drawn>,
  only?: ReadonlySet<string>,
): Map<string, Drawn> {
  if (only !== undefined) return redrawn(input, before, only);
  const drawn = new Map<string, Drawn>();
  for (const [id, note] of Object.entries(input.flow.notes ?? {})) {
    const key = noteKey(id);
    drawn.set(key, drawNote(input, key, note, before.get(key)));
  }
  for (const [id, node] of Object.entries(input.flow.nodes)) {
    drawn.set(id, drawNode(input, id, node, before.get(id)));
  }
  return drawn;
}

function redrawn(input: DrawingInput, before: ReadonlyMap<string, Drawn>, only: ReadonlySet<string>) {
  const drawn = new Map(before);
  for (const id of only) {
    const node = nodeOf(input.flow, id);
    const note = noteAt(input.flow, id);
    if (node !== undefined) drawn.set(id, drawNode(input, id, node, before.get(id)));
    else if (note !== undefined) drawn.set(id, drawNote(input, id, note, before.get(id)));
  }
  return drawn;
}

/** What is drawn of a node and of a note alike. */
interface CommonProps {
  readonly position: { readonly x: number; readonly y: number };
  readonly selected: boolean;
  readonly ariaLabel: string;
  readonly tags: readonly Tag[];
}

function commonProps(
  { dragged, selection, layers }: DrawingInput,
  id: string,
  place: Point,
  ariaLabel: string,
): CommonProps {
  const [x, y] = dragged.get(id)?.at ?? place;
  return {
    position: { x, y },
    selected: selection.nodes.has(id),
    ariaLabel,
    tags: tagsAt(layers, 'nodes', id),
  };
}

function hasSameProps(old: Drawn, { position: { x, y }, selected, ariaLabel, tags }: CommonProps): boolean {
  return (
    old.position.x === x &&
    old.position.y === y &&
    old.selected === selected &&
    old.ariaLabel === ariaLabel &&
    sameTags(old.data.tags, tags)
  );
}

function drawNode(input: DrawingInput, id: string, node: FlowNode, old: Drawn | undefined): Drawn {
  const fold = foldAt(input, id);
  const name = input.names.node(node);
  const called = fold === undefined ? name : input.names.folded(name, fold.count);
  const common = commonProps(input, id, placeOf(input.flow, id), called);
  const exits = input.layers.flatMap((layer) => layer.exits?.get(id) ?? []);
  const jumps = jumpsFrom(input, id, node);
  const still =
    old?.type === 'module' &&
    old.data.node === node &&
    sameExits(old.data.exits, exits) &&
    sameJumps(old.data.jumps, jumps) &&
    sameFold(old.data.fold, fold) &&
    hasSameProps(old, common);
  if (still) return old;
  const { tags, ...rest } = common;
  const shape = shapeOf(node);
  const { width, height } = shape;
  return {
    id,
    type: 'module',
    ...rest,
    width,
    height,
    measured: { width, height },
    handles: handlesOf(shape),
    data: { node, tags, exits, jumps, fold },
  };
}

/** Notes lie behind nodes and wires. The library lifts what is selected by a thousand. */
const behind = -1001;

function drawNote(input: DrawingInput, id: string, note: Note, old: Drawn | undefined): Drawn {
  const common = commonProps(input, id, placeOf(input.flow, id), input.names.note(titleOf(note.text)));
  const { width, height } = input.dragged.get(id)?.size ?? noteSize(note);
  const still =
    old?.type === 'note' &&
    old.data.note === note &&
    old.width === width &&
    old.height === height &&
    hasSameProps(old, common);
  if (still) return old;
  const { tags, ...rest } = common;
  return {
    id,
    type: 'note',
    ...rest,
    width,
    height,
    measured: { width, height },
    zIndex: behind,
    handles: [],
    connectable: false,
    data: { note, tags },
  };
}

/**
 * The connections to draw; one that looks as before is the same object as before, and if all do, so is the map. Those that
 * are drawn as jumps by their nodes are left out.
 */
export function drawWires(
  input: DrawingInput,
  before: ReadonlyMap<string, DrawnWire>,
  only?: ReadonlySet<string>,
): ReadonlyMap<string, DrawnWire> {
  const { flow, selection } = input;
  if (only !== undefined && !touched(before, only)) return before;
  const drawn = new Map<string, DrawnWire>();
  const lanes = lanesOf(flow);
  const wires = wiresOf(flow);
  const jumps = jumpsOf(flow);
  const leading = Map.groupBy(wires, ({ target }) => target);
  let isSame = true;
  for (const wire of wires) {
    const selected = selection.wires.has(wire.id);
    const data = wayOf(input, wire, lanes.get(wire.id), leading.get(wire.target)?.length === 1);
    if (jumps.has(wire.id) && isHidden(input, data)) continue;
    const old = before.get(wire.id);
    const still = old?.data !== undefined && old.selected === selected && alike(old.data, data);
    isSame &&= still;
    drawn.set(wire.id, still ? old : drawWire(data, selected));
  }
  return isSame && drawn.size === before.size ? before : drawn;
}

/** Whether a drawn connection leads from or to one of these nodes. */
function touched(before: ReadonlyMap<string, DrawnWire>, nodes: ReadonlySet<string>): boolean {
  for (const { source, target } of before.values()) if (nodes.has(source) || nodes.has(target)) return true;
  return false;
}

/**
 * Whether a connection that can be told as a jump is: not if it or the node that it leaves is selected, or something is laid
 * over it.
 */
function isHidden({ selection }: DrawingInput, { wire, tags }: WireData): boolean {
  return tags.length === 0 && !selection.wires.has(wire.id) && !selection.nodes.has(wire.source);
}

function wayOf(input: DrawingInput, wire: Wire, lane: Lane | undefined, alone: boolean): WireData {
  const { flow, selection, layers, dragged } = input;
  const { id, source, target } = wire;
  return {
    wire,
    from: nodeOf(flow, source),
    to: nodeOf(flow, target),
    // A lane is where its nodes were before they were dragged.
    lane: dragged.has(source) || dragged.has(target) ? undefined : lane,
    lit: selection.wires.has(id) || selection.nodes.has(source) || selection.nodes.has(target),
    alone,
    tags: tagsAt(layers, 'wires', id),
  };
}

function alike(one: WireData, other: WireData): boolean {
  return (
    one.wire === other.wire &&
    one.from === other.from &&
    one.to === other.to &&
    one.lit === other.lit &&
    one.alone === other.alone &&
    sameTags(one.tags, other.tags) &&
    one.lane?.y === other.lane?.y &&
    one.lane?.out === other.lane?.out &&
    one.lane?.into === other.lane?.into
  );
}

function drawWire(data: WireData, selected: boolean): DrawnWire {
  const { id, source, exit, target } = data.wire;
  return {
    id,
    type: 'wire',
    source,
    sourceHandle: exit,
    target,
    targetHandle: inlet,
    selected,
    // Above the others, so that its ends can be reached, and below nodes.
    zIndex: selected ? 0 : -1,
    // Of several ends in one place, that of the selected wire can be dragged.
    reconnectable: selected || data.alone ? true : 'source',
    data,
  };
}
