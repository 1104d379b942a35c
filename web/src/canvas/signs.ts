import { type Flow, nodeOf, noteOf } from '../../../lib/flow/flow.ts';
import type { Selection } from './desk.ts';
import type { Change } from './difference.ts';
import { withPlaces } from './edits.ts';
import { freePlace, type Point, placeOf, shapeOf } from './geometry.ts';
import { noteKey } from './notes.ts';
import { wireId, wiresOf } from './wires.ts';

/** How a part of one document stands to another document. */
export type Sign = 'added' | 'removed' | 'changed' | 'moved';

/** How a node stands to the other document, and which of its settings and exits differ. */
export interface NodeSign {
  readonly sign: Sign;
  readonly settings: readonly string[];
  readonly exits: readonly string[];
}

/** The signs on one document, by the ids of nodes and wires; what has none is the same in both. */
export interface Signs {
  readonly nodes: ReadonlyMap<string, NodeSign>;
  readonly wires: ReadonlyMap<string, Sign>;
}

/** The signs on an earlier and on a later document. */
export interface Contrast {
  readonly before: Signs;
  readonly after: Signs;
}

/** The signs on two documents that differ by these changes: what is gone on the earlier, what is new on the later, all else on both. */
export function signsOf(changes: readonly Change[], before: Flow, after: Flow): Contrast {
  const was = new Map<string, NodeSign>();
  const is = new Map<string, NodeSign>();
  for (const change of changes) {
    if (change.change === 'removed') was.set(change.node, plain('removed'));
    if (change.change === 'added') is.set(change.node, plain('added'));
    if ('note' in change) {
      if (change.change !== 'note-added') was.set(change.note, plain(noteSigns[change.change]));
      if (change.change !== 'note-removed') is.set(change.note, plain(noteSigns[change.change]));
    }
    if (change.change === 'setting' || change.change === 'exit') {
      const sign = withChange(is.get(change.node) ?? plain('changed'), change);
      was.set(change.node, sign);
      is.set(change.node, sign);
    }
  }
  const moved = changes.flatMap(movedBy);
  for (const id of moved.filter((each) => !is.has(each))) {
    was.set(id, plain('moved'));
    is.set(id, plain('moved'));
  }
  const wires = wireSigns(before, after);
  return { before: { nodes: was, wires: wires.was }, after: { nodes: is, wires: wires.is } };
}

/** The sign of a change by itself. */
export function signOf({ change }: Change): Sign {
  return change === 'added' || change === 'removed' || change === 'moved' ? change : 'changed';
}

/** What of two documents a change is about: nodes, notes and wires by id. */
export function aboutOf(change: Change): Selection {
  if (change.change === 'head') return { nodes: new Set(), wires: new Set() };
  if ('note' in change) return { nodes: new Set([change.note]), wires: new Set() };
  if (change.change === 'moved' || change.change === 'notes-moved') {
    return { nodes: new Set(movedBy(change)), wires: new Set() };
  }
  const wires = change.change === 'exit' ? [wireId(change.node, change.exit)] : [];
  return { nodes: new Set([change.node]), wires: new Set(wires) };
}

/**
 * The earlier document with every node where the later one has it, so that both can be looked at through one window. A node that
 * is gone stays where it was, or stands just below where that is taken now.
 */
export function alignedTo(after: Flow, before: Flow): Flow {
  const ids = Object.keys(before.nodes);
  const stays = (id: string) => nodeOf(after, id) !== undefined;
  const places = ids.filter(stays).map((id): [string, Point] => [id, placeOf(after, id)]);
  const notes = Object.entries(after.notes ?? {}).filter(([id]) => noteOf(before, id) !== undefined);
  places.push(...notes.map(([id, { at }]): [string, Point] => [noteKey(id), at]));
  let standing: Flow = withPlaces({ ...before, nodes: pick(before, ids.filter(stays)) }, places);
  for (const id of ids.filter((each) => !stays(each))) {
    const node = nodeOf(before, id);
    if (node === undefined) continue;
    const place = freePlace(standing, placeOf(before, id), shapeOf(node));
    standing = withPlaces({ ...standing, nodes: { ...standing.nodes, [id]: node } }, [[id, place]]);
  }
  return standing;
}

const noteSigns = {
  'note-added': 'added',
  'note-removed': 'removed',
  'note-written': 'changed',
  'note-painted': 'changed',
} as const;

function movedBy(change: Change): readonly string[] {
  if (change.change === 'moved') return change.nodes;
  return change.change === 'notes-moved' ? change.notes : [];
}

function plain(sign: Sign): NodeSign {
  return { sign, settings: [], exits: [] };
}

function withChange(sign: NodeSign, change: Change): NodeSign {
  if (change.change === 'setting') return { ...sign, settings: [...sign.settings, change.setting] };
  return change.change === 'exit' ? { ...sign, exits: [...sign.exits, change.exit] } : sign;
}

function wireSigns(before: Flow, after: Flow) {
  const was = new Map<string, Sign>();
  const is = new Map<string, Sign>();
  const targets = new Map(wiresOf(after).map(({ id, target }) => [id, target]));
  const known = new Set<string>();
  for (const { id, target } of wiresOf(before)) {
    known.add(id);
    const now = targets.get(id);
    if (now === undefined) was.set(id, 'removed');
    else if (now !== target) for (const side of [was, is]) side.set(id, 'changed');
  }
  for (const id of targets.keys()) if (!known.has(id)) is.set(id, 'added');
  return { was, is };
}

function pick(flow: Flow, ids: readonly string[]): Flow['nodes'] {
  return Object.fromEntries(
    ids.flatMap((id) => {
      const node = nodeOf(flow, id);
      return node === undefined ? [] : [[id, node]];
    }),
  );
}
