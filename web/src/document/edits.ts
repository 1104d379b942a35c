import { type Flow, type FlowNode, nodeOf, targetOf } from '../../../lib/flow/flow.ts';
import type { HeadField } from '../../../lib/flow/head.ts';
import { mostNotes, type Note, type NoteColor, noteColors, noteSide } from '../../../lib/flow/note.ts';
import { noteAt, noteIdOf, noteKey, noteSize, withNotes } from '../../../lib/flow/notes.ts';
import { same } from '../../../lib/flow/same.ts';
import { nodeType } from '../../../lib/nodes/index.ts';
import { bypassed } from './bypass.ts';
import { withFollowingExits } from './following.ts';
import { type Box, onPixels, type Point, shapeOf } from './geometry.ts';
import type { Edit, Step } from './history.ts';
import { freshId, freshNoteId } from './ids.ts';
import { freeExit } from './ports.ts';
import {
  aboutAll,
  aboutNode,
  boxOf,
  deletable,
  freePlace,
  placeOf,
  withoutThings,
  withPlaces,
} from './things.ts';
import type { Wire } from './wires.ts';

/** Adds a node of a type at a place, or just below where that is taken, and connects an exit to it if one is given; its target then comes after the new node. */
export function add(flow: Flow, type: string, at: Point, from?: Pick<Wire, 'source' | 'exit'>): Edit {
  const id = freshId(flow, type);
  const definition = nodeType(type);
  const exits = Object.keys(definition?.exits({ type }) ?? {}).length > 0 ? { exits: {} } : {};
  const node: FlowNode = { type, ...exits };
  const place = freePlace(flow, at, shapeOf(node));
  let next = withNode(withPlaces(flow, [[id, place]]), id, node);
  if (from !== undefined && definition?.begins !== true) {
    const source = nodeOf(flow, from.source);
    const before = source === undefined ? undefined : targetOf(source, from.exit);
    next = withExit(next, from.source, from.exit, id);
    const onward = freeExit(node);
    if (before !== undefined && onward !== undefined) next = withExit(next, id, onward, before);
  }
  return { step: { did: 'add', type }, flow: next, select: [id] };
}

/** Leads an exit to a node, no matter where it led before. */
export function connect(flow: Flow, source: string, exit: string, target: string): Edit {
  const node = nodeOf(flow, source);
  const before = node === undefined ? undefined : targetOf(node, exit);
  const step: Step = { did: before === undefined ? 'connect' : 'reconnect', ...aboutNode(node) };
  return { step, flow: before === target ? flow : withExit(flow, source, exit, target) };
}

/** Leads another exit to where a connection leads, in its place. */
export function reattach(flow: Flow, wire: Wire, source: string, exit: string): Edit {
  const freed = withExit(flow, wire.source, wire.exit, undefined);
  const step: Step = { did: 'reconnect', ...aboutNode(nodeOf(flow, source)) };
  const isSame = source === wire.source && exit === wire.exit;
  return { step, flow: isSame ? flow : withExit(freed, source, exit, wire.target) };
}

/** Removes connections. */
export function disconnect(flow: Flow, wires: readonly Pick<Wire, 'source' | 'exit'>[]): Edit {
  let next = flow;
  for (const { source, exit } of wires) next = withExit(next, source, exit, undefined);
  const only = wires.length === 1 && wires[0] !== undefined ? nodeOf(flow, wires[0].source) : undefined;
  return { step: { did: 'disconnect', count: wires.length, ...aboutNode(only) }, flow: next };
}

/** Moves nodes and notes. */
export function move(flow: Flow, places: readonly (readonly [id: string, place: Point])[]): Edit {
  const moved = places.filter(([id, place]) => {
    const [left, top] = placeOf(flow, id);
    const [x, y] = onPixels(place);
    return boxOf(flow, id) !== undefined && (left !== x || top !== y);
  });
  const next = moved.length === 0 ? flow : withPlaces(flow, moved);
  return {
    step: {
      did: 'move',
      ...aboutAll(
        flow,
        places.map(([id]) => id),
      ),
    },
    flow: next,
  };
}

/** Sets a setting of a node; `undefined` removes it. Exits that depend on it keep their targets. */
export function set(flow: Flow, id: string, setting: string, value: unknown): Edit {
  const node = nodeOf(flow, id);
  if (node === undefined) return { step: { did: 'set' }, flow };
  const { [setting]: _, ...rest } = node;
  const changed = (value === undefined ? rest : { ...node, [setting]: value }) as FlowNode;
  const next = withFollowingExits(node, changed, setting);
  const did = setting === 'label' ? 'rename' : 'set';
  const step: Step = { did, field: setting, ...aboutNode(node) };
  return { step, flow: withNode(flow, id, next), merge: `${did} ${id} ${setting}` };
}

/** Sets a field of the flow itself, such as its name; `undefined` removes it. */
export function setHead(flow: Flow, field: HeadField, value?: string): Edit {
  const { [field]: _, ...rest } = flow;
  const next = (value === undefined ? rest : { ...flow, [field]: value }) as Flow;
  return { step: { did: 'head', field }, flow: next, merge: `head ${field}` };
}

/** Puts a new, empty note on the canvas; `undefined` if the flow has as many as it may. */
export function addNote(flow: Flow, at: Point): (Edit & { readonly key: string }) | undefined {
  if (Object.keys(flow.notes ?? {}).length >= mostNotes) return undefined;
  const id = freshNoteId(flow);
  const note: Note = { at: onPixels(at), text: '' };
  const key = noteKey(id);
  return { step: { did: 'add', of: 'notes' }, flow: withNote(flow, id, note), select: [key], key };
}

/** Changes the text of a note. */
export function write(flow: Flow, key: string, text: string): Edit {
  const next = withNoteAt(flow, key, (note) => (note.text === text ? note : { ...note, text }));
  return { step: { did: 'write', ...aboutAll(flow, [key]) }, flow: next, merge: `write ${key}` };
}

/** Changes the colour of notes; nodes among the ids are ignored. */
export function paint(flow: Flow, keys: readonly string[], color: NoteColor): Edit {
  const notes = keys.filter((key) => noteAt(flow, key) !== undefined);
  let next = flow;
  for (const key of notes) {
    next = withNoteAt(next, key, (note) => {
      const { color: was = noteColors[0], ...rest } = note;
      if (was === color) return note;
      return color === noteColors[0] ? rest : { ...rest, color };
    });
  }
  return { step: { did: 'paint', ...aboutAll(flow, notes) }, flow: next };
}

/** Moves and resizes a note, within the allowed sizes; the flow stays the same object if nothing changes. */
export function resize(flow: Flow, key: string, { x, y, width, height }: Box): Edit {
  const side = (length: number) => Math.round(Math.min(Math.max(length, noteSide.min), noteSide.max));
  const next = withNoteAt(flow, key, (note) => {
    const now = noteSize(note);
    const [at, size] = [onPixels([x, y]), [side(width), side(height)] as const];
    const isSame = same([at, size], [note.at, [now.width, now.height]]);
    return isSame ? note : { ...note, at, size };
  });
  return { step: { did: 'resize', ...aboutAll(flow, [key]) }, flow: next };
}

/** Deletes nodes with all their connections, notes, and further connections. The start stays. */
export function remove(
  flow: Flow,
  ids: readonly string[],
  wires: readonly Pick<Wire, 'source' | 'exit'>[] = [],
  did: 'delete' | 'cut' = 'delete',
): Edit {
  const gone = new Set(ids.filter((id) => deletable(flow, id)));
  if (gone.size === 0) return disconnect(flow, wires);
  const loose = disconnect(flow, wires).flow;
  const next = withoutThings(did === 'delete' ? bypassed(loose, gone) : loose, gone);
  return { step: { did, ...aboutAll(flow, [...gone]) }, flow: next, select: [] };
}

/** Replaces the document by another one; the id stays. */
export function replace(flow: Flow, next: Flow, did: 'json' | 'version' | 'take' | 'combine'): Edit {
  return { step: { did }, flow: next.id === flow.id ? next : { ...next, id: flow.id } };
}

function withNode(flow: Flow, id: string, node: FlowNode): Flow {
  return { ...flow, nodes: { ...flow.nodes, [id]: node } };
}

function withNote(flow: Flow, id: string, note: Note): Flow {
  return withNotes(flow, { ...flow.notes, [id]: note });
}

function withNoteAt(flow: Flow, key: string, change: (note: Note) => Note): Flow {
  const note = noteAt(flow, key);
  const id = noteIdOf(key);
  if (note === undefined || id === undefined) return flow;
  const next = change(note);
  return next === note ? flow : withNote(flow, id, next);
}

function withExit(flow: Flow, source: string, exit: string, target: string | undefined): Flow {
  const node = nodeOf(flow, source);
  if (node === undefined || targetOf(node, exit) === target) return flow;
  const { [exit]: _, ...rest } = node.exits ?? {};
  return withNode(flow, source, {
    ...node,
    exits: target === undefined ? rest : { ...rest, [exit]: target },
  });
}
