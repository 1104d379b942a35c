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

/** One thing in which a document differs from an earlier one. */
export type FlowChange =
  | {
      readonly change: 'head';
      readonly field: HeadField;
      readonly before?: unknown;
      readonly after?: unknown;
    }
  /** Warnings that the flow waives from now on, or no longer; no call is changed by that. */
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
  /** Nodes that stand elsewhere; no call is changed by that. */
  | { readonly change: 'moved'; readonly nodes: readonly string[] }
  | OfNote<'note-added' | 'note-removed' | 'note-painted'>
  | (OfNote<'note-written'> & { readonly before: string; readonly after: string })
  /** Notes that stand elsewhere or have another size, as the canvas knows them. */
  | { readonly change: 'notes-moved'; readonly notes: readonly string[] };

/** What is said of a note: the id that the canvas knows it by, and its title. */
interface OfNote<Kind extends string> {
  readonly change: Kind;
  readonly note: string;
  readonly title: string;
}

/** In what a document differs from an earlier one, node by node; a setting left out is the same as its default. */
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

/** The changes, without what just stands elsewhere or has another size on the canvas. */
export function withoutMoves(changes: readonly FlowChange[]): FlowChange[] {
  return changes.filter(({ change }) => change !== 'moved' && change !== 'notes-moved');
}

/** What is written for those who draw the flow, and never heard. */
const unheard: ReadonlySet<string> = new Set(['name', 'label', 'labels', 'description']);

/** The changes that a caller could notice: all but layout, notes, names and descriptions. */
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

/** Where a node stands; the origin if the layout does not say. */
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

/** A list of one is heard as that one; an object without anything says nothing. */
function plain(value: unknown): unknown {
  if (Array.isArray(value) && value.length === 1) return value[0];
  const empty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return empty ? undefined : value;
}
