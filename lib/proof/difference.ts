import { readSetting, type Setting, settingsOf } from '../engine/settings.ts';
import { defined } from '../flow/defined.ts';
import { type Flow, type FlowNode, nodeOf, noteOf, targetOf, type Waiver } from '../flow/flow.ts';
import { type HeadField, headFields } from '../flow/head.ts';
import type { Note } from '../flow/note.ts';
import { noteKey, titleOf } from '../flow/notes.ts';
import { same } from '../flow/same.ts';

interface Of {
  readonly node: string;
  readonly type: string;
  readonly label?: string;
}

/** One difference between a document and an earlier one. */
export type FlowChange =
  | {
      readonly change: 'head';
      readonly field: HeadField;
      readonly before?: unknown;
      readonly after?: unknown;
    }
  /** Waivers that were added or removed; calls do not change. */
  | { readonly change: 'waived' | 'unwaived'; readonly waivers: readonly Waiver[] }
  | ({ readonly change: 'added' } & Of)
  | ({ readonly change: 'removed' } & Of)
  | ({
      readonly change: 'setting';
      readonly setting: string;
      readonly before?: unknown;
      readonly after?: unknown;
    } & Of)
  | ({
      readonly change: 'exit';
      readonly exit: string;
      readonly before?: string;
      readonly after?: string;
    } & Of)
  /** Nodes with another position; calls do not change. */
  | { readonly change: 'moved'; readonly nodes: readonly string[] }
  | OfNote<'note-added' | 'note-removed' | 'note-painted'>
  | (OfNote<'note-written'> & { readonly before: string; readonly after: string })
  /** The canvas ids of notes with another position or size. */
  | { readonly change: 'notes-moved'; readonly notes: readonly string[] };

/** A change of a note: its canvas id, and its title. */
interface OfNote<Kind extends string> {
  readonly change: Kind;
  readonly note: string;
  readonly title: string;
}

/** The differences between a document and an earlier one, node by node. A setting that is left out equals its default. */
export function difference(before: Flow, after: Flow): FlowChange[] {
  const changes: FlowChange[] = [];
  for (const field of headFields) {
    const [was, is] = [before[field], after[field]];
    if (was !== is) changes.push({ change: 'head', field, ...pair(was, is) });
  }
  changes.push(...waiverChanges(before, after));
  const moved: string[] = [];
  for (const [id, node] of Object.entries(after.nodes)) {
    const old = nodeOf(before, id);
    if (old === undefined) changes.push({ change: 'added', ...of(id, node) });
    else changes.push(...nodeChanges(id, old, node));
    if (old !== undefined && !same(placeIn(before, id), placeIn(after, id))) moved.push(id);
  }
  for (const [id, node] of Object.entries(before.nodes)) {
    if (nodeOf(after, id) === undefined) changes.push({ change: 'removed', ...of(id, node) });
  }
  if (moved.length > 0) changes.push({ change: 'moved', nodes: moved });
  return [...changes, ...noteChanges(before, after)];
}

/** The changes without those of positions and sizes on the canvas. */
export function withoutMoves(changes: readonly FlowChange[]): FlowChange[] {
  return changes.filter(({ change }) => change !== 'moved' && change !== 'notes-moved');
}

/** Texts for the authors of a flow, which callers never hear. */
const unheard: ReadonlySet<string> = new Set(['name', 'label', 'labels', 'description']);

/** The changes that callers could notice: all but layout, notes, waivers, names and descriptions. */
export function meaningful(changes: readonly FlowChange[]): FlowChange[] {
  return changes.filter((change) => {
    if (change.change === 'head') return !unheard.has(change.field);
    if (change.change === 'setting') return !unheard.has(change.setting);
    return ['added', 'removed', 'exit'].includes(change.change);
  });
}

function waiverChanges({ waive: was = [] }: Flow, { waive: is = [] }: Flow): FlowChange[] {
  const without = (some: readonly Waiver[], others: readonly Waiver[]) =>
    some.filter((waiver) => !others.some((other) => same(waiver, other)));
  const waived = { change: 'waived', waivers: without(is, was) } as const;
  const unwaived = { change: 'unwaived', waivers: without(was, is) } as const;
  return [waived, unwaived].filter(({ waivers }) => waivers.length > 0);
}

/** The position of a node; the origin if the layout has none. */
function placeIn({ layout = {} }: Flow, id: string) {
  return Object.hasOwn(layout, id) ? layout[id] : [0, 0];
}

function noteChanges(before: Flow, after: Flow): FlowChange[] {
  const changes: FlowChange[] = [];
  const moved: string[] = [];
  for (const [id, note] of Object.entries(after.notes ?? {})) {
    const old = noteOf(before, id);
    const of = ofNote(id, note);
    if (old === undefined) changes.push({ change: 'note-added', ...of });
    if (old === undefined || old === note) continue;
    if (old.text !== note.text) {
      changes.push({ change: 'note-written', ...of, before: old.text, after: note.text });
    }
    if (old.color !== note.color) changes.push({ change: 'note-painted', ...of });
    if (!same([old.at, old.size], [note.at, note.size])) moved.push(noteKey(id));
  }
  for (const [id, note] of Object.entries(before.notes ?? {})) {
    if (noteOf(after, id) === undefined) changes.push({ change: 'note-removed', ...ofNote(id, note) });
  }
  if (moved.length > 0) changes.push({ change: 'notes-moved', notes: moved });
  return changes;
}

function ofNote(id: string, { text }: Note) {
  return { note: noteKey(id), title: titleOf(text) };
}

function nodeChanges(id: string, before: FlowNode, after: FlowNode): FlowChange[] {
  if (before === after) return [];
  if (before.type !== after.type) {
    return [
      { change: 'removed', ...of(id, before) },
      { change: 'added', ...of(id, after) },
    ];
  }
  const settings = settingsOf(after.type);
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...settings.map(({ name }) => name)]);
  names.delete('type');
  names.delete('exits');
  const changes: FlowChange[] = [];
  for (const name of names) {
    const setting = settings.find((each) => each.name === name);
    const read = (node: FlowNode) => (setting === undefined ? node[name] : valueIn(node, setting));
    const [was, is] = [read(before), read(after)];
    if (!same(was, is))
      changes.push({ change: 'setting', setting: name, ...pair(was, is), ...of(id, after) });
  }
  for (const exit of new Set([...Object.keys(before.exits ?? {}), ...Object.keys(after.exits ?? {})])) {
    const [was, is] = [targetOf(before, exit), targetOf(after, exit)];
    if (was !== is) changes.push({ change: 'exit', exit, ...pair(was, is), ...of(id, after) });
  }
  return changes;
}

function of(node: string, { type, label }: FlowNode): Of {
  return { node, type, ...defined({ label }) };
}

function pair<T>(before: T | undefined, after: T | undefined): { before?: T; after?: T } {
  return defined({ before, after });
}

function valueIn(node: FlowNode, setting: Setting): unknown {
  const value = readSetting(node, setting);
  return setting.field.field === 'list' ? value : plain(value);
}

/** A list of one part equals that part, and an empty object equals no value. */
function plain(value: unknown): unknown {
  if (Array.isArray(value) && value.length === 1) return value[0];
  const empty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return empty ? undefined : value;
}
