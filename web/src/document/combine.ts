import { type Flow, type FlowNode, nodeOf, noteOf } from '../../../lib/flow/flow.ts';
import type { Note } from '../../../lib/flow/note.ts';
import { noteKey, withNotes } from '../../../lib/flow/notes.ts';
import { same } from '../../../lib/flow/same.ts';
import { freshId, freshNoteId } from './ids.ts';

/** Two people's changes in one document. */
export interface Combined {
  readonly flow: Flow;
  /** The nodes and notes that both changed differently; mine was taken. */
  readonly both: readonly string[];
}

/**
 * Their document with my changes on top: node by node, and field by field for the flow and its notes. `base` is the document
 * that both began with. Nodes and notes that both added are all kept: mine get other ids if theirs have the same.
 */
export function combine(base: Flow, theirs: Flow, own: Flow): Combined {
  const mine = withOtherIds(base, theirs, own);
  const both: string[] = [];
  const nodes: Record<string, FlowNode> = {};
  for (const id of new Set([...Object.keys(theirs.nodes), ...Object.keys(mine.nodes)])) {
    const [was, their, my] = [nodeOf(base, id), nodeOf(theirs, id), nodeOf(mine, id)];
    const taken = same(was, my) ? their : my;
    if (!same(was, my) && !same(was, their) && !same(their, my)) both.push(id);
    if (taken !== undefined) nodes[id] = taken;
  }
  const layout = { ...theirs.layout };
  for (const [id, place] of Object.entries(mine.layout ?? {})) {
    if (!same(place, base.layout?.[id])) layout[id] = place;
  }
  const head: Record<string, unknown> = { ...theirs };
  for (const field of new Set([...Object.keys(base), ...Object.keys(mine)]) as Set<keyof Flow>) {
    if (same(mine[field], base[field])) continue;
    if (mine[field] === undefined) delete head[field];
    else head[field] = mine[field];
  }
  const notes: Record<string, Note> = {};
  for (const id of new Set([...Object.keys(theirs.notes ?? {}), ...Object.keys(mine.notes ?? {})])) {
    const { note, clash } = combineNotes(noteOf(base, id), noteOf(theirs, id), noteOf(mine, id));
    if (clash) both.push(noteKey(id));
    if (note !== undefined) notes[id] = note;
  }
  return { flow: withNotes({ ...(head as unknown as Flow), nodes, layout }, notes), both };
}

/** One may move a note while another writes on it; if both changed its text, mine is kept. */
function combineNotes(was: Note | undefined, their: Note | undefined, my: Note | undefined) {
  if (was === undefined || their === undefined || my === undefined) {
    const clash = !same(was, my) && !same(was, their) && !same(their, my);
    return { note: same(was, my) ? their : my, clash };
  }
  const [kept, other] = [my, their].map((note) => (field: keyof Note) => !same(note[field], was[field]));
  const note: Record<string, unknown> = { ...their };
  for (const field of ['at', 'size', 'text', 'color'] as const) {
    if (kept?.(field) !== true) continue;
    if (my[field] === undefined) delete note[field];
    else note[field] = my[field];
  }
  const clash = kept?.('text') === true && other?.('text') === true && my.text !== their.text;
  return { note: note as unknown as Note, clash };
}

/** My document in which what I added has no id of something else that they added: ids follow from types, so both often give the same. */
function withOtherIds(base: Flow, theirs: Flow, mine: Flow): Flow {
  const all = {
    ...mine,
    nodes: { ...theirs.nodes, ...mine.nodes },
    notes: { ...theirs.notes, ...mine.notes },
  };
  const nodes = new Map<string, string>();
  for (const [id, node] of Object.entries(mine.nodes)) {
    const their = nodeOf(theirs, id);
    if (nodeOf(base, id) !== undefined || their === undefined || same(their, node)) continue;
    nodes.set(id, freshId(all, id, new Set(nodes.values())));
  }
  const notes = new Map<string, string>();
  for (const [id, note] of Object.entries(mine.notes ?? {})) {
    const their = noteOf(theirs, id);
    if (noteOf(base, id) !== undefined || their === undefined || same(their, note)) continue;
    notes.set(id, freshNoteId(all, id, new Set(notes.values())));
  }
  if (nodes.size + notes.size === 0) return mine;
  const led = (node: FlowNode): FlowNode =>
    Object.values(node.exits ?? {}).some((target) => nodes.has(target))
      ? { ...node, exits: mapped(node.exits, (exit, target) => [exit, nodes.get(target) ?? target]) }
      : node;
  const next: Flow = {
    ...mine,
    nodes: mapped(mine.nodes, (id, node) => [nodes.get(id) ?? id, led(node)]),
    ...(mine.layout === undefined
      ? {}
      : { layout: mapped(mine.layout, (id, place) => [nodes.get(id) ?? id, place]) }),
  };
  return withNotes(
    next,
    mapped(mine.notes, (id, note) => [notes.get(id) ?? id, note]),
  );
}

function mapped<Value>(
  record: Readonly<Record<string, Value>> = {},
  change: (key: string, value: Value) => readonly [string, Value],
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => change(key, value)));
}
