import { type Flow, nodeOf, noteOf } from '../../../lib/flow/flow.ts';
import { noteKey } from '../../../lib/flow/notes.ts';
import type { FlowChange } from '../../../lib/proof/difference.ts';
import { freeAmong, type Point } from '../document/geometry.ts';
import type { Selection } from '../document/store.ts';
import { boxOf, placeOf, withPlaces } from '../document/things.ts';
import { wireId, wiresOf } from '../document/wires.ts';

/** How a part of one document differs from the other document. */
export type ChangeKind = 'added' | 'removed' | 'changed' | 'moved';

/** How a node differs from the other document, and in which settings and exits. */
export interface NodeMark {
  readonly kind: ChangeKind;
  readonly settings: readonly string[];
  readonly exits: readonly string[];
}

/** The signs on one document, by the ids of nodes and wires; what has none is the same in both. */
export interface ChangeMarks {
  readonly nodes: ReadonlyMap<string, NodeMark>;
  readonly wires: ReadonlyMap<string, ChangeKind>;
}

/** The signs on an earlier and on a later document. */
export interface MarkedPair {
  readonly before: ChangeMarks;
  readonly after: ChangeMarks;
}

/**
 * The signs on two documents that differ by these changes: what is gone on the earlier, what is new on the later, all else on
 * both.
 */
export function marksOf(changes: readonly FlowChange[], before: Flow, after: Flow): MarkedPair {
  const was = new Map<string, NodeMark>();
  const is = new Map<string, NodeMark>();
  for (const change of changes) {
    const kind = changeKindOf(change);
    for (const id of aboutOf(change).nodes) {
      // Moves come last, and say nothing new of what was changed, too.
      if (kind === 'moved' && is.has(id)) continue;
      const next = withChange(is.get(id) ?? { kind, settings: [], exits: [] }, change);
      if (kind !== 'added') was.set(id, next);
      if (kind !== 'removed') is.set(id, next);
    }
  }
  const wires = wireSigns(before, after);
  return { before: { nodes: was, wires: wires.was }, after: { nodes: is, wires: wires.is } };
}

const ofChanges: Readonly<Record<FlowChange['change'], ChangeKind>> = {
  head: 'changed',
  waived: 'changed',
  unwaived: 'changed',
  added: 'added',
  removed: 'removed',
  setting: 'changed',
  exit: 'changed',
  moved: 'moved',
  'note-added': 'added',
  'note-removed': 'removed',
  'note-written': 'changed',
  'note-painted': 'changed',
  'notes-moved': 'moved',
};

/** The sign of a change by itself. */
export function changeKindOf({ change }: FlowChange): ChangeKind {
  return ofChanges[change];
}

/** What of two documents a change is about: nodes, notes and wires by id. */
export function aboutOf(change: FlowChange): Selection {
  if (change.change === 'head' || 'waivers' in change) return { nodes: new Set(), wires: new Set() };
  if ('note' in change) return { nodes: new Set([change.note]), wires: new Set() };
  if (change.change === 'moved') return { nodes: new Set(change.nodes), wires: new Set() };
  if (change.change === 'notes-moved') return { nodes: new Set(change.notes), wires: new Set() };
  const wires = change.change === 'exit' ? [wireId(change.node, change.exit)] : [];
  return { nodes: new Set([change.node]), wires: new Set(wires) };
}

/**
 * The earlier document with every node where the later one has it, so that both can be looked at through one window. A node that
 * is gone stays where it was, or just below if that place is taken now.
 */
export function alignedTo(after: Flow, before: Flow): Flow {
  const ids = Object.keys(before.nodes);
  const staying = ids.filter((id) => nodeOf(after, id) !== undefined);
  const notes = Object.keys(after.notes ?? {}).filter((id) => noteOf(before, id) !== undefined);
  const places = [...staying, ...notes.map(noteKey)].map((id) => [id, placeOf(after, id)] as const);
  const standing = withPlaces(before, places);
  const taken = staying.flatMap((id) => boxOf(standing, id) ?? []);
  const gone = ids.filter((id) => nodeOf(after, id) === undefined);
  const lowered = gone.flatMap((id): [string, Point][] => {
    const box = boxOf(before, id);
    if (box === undefined) return [];
    const [x, y] = freeAmong(taken, [box.x, box.y], box);
    taken.push({ ...box, x, y });
    return [[id, [x, y]]];
  });
  return withPlaces(standing, lowered);
}

function withChange(kind: NodeMark, change: FlowChange): NodeMark {
  if (change.change === 'setting') return { ...kind, settings: [...kind.settings, change.setting] };
  return change.change === 'exit' ? { ...kind, exits: [...kind.exits, change.exit] } : kind;
}

function wireSigns(before: Flow, after: Flow) {
  const was = new Map<string, ChangeKind>();
  const is = new Map<string, ChangeKind>();
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
