import { settingAt } from '../engine/settings.ts';
import { isKey } from '../flow/events.ts';
import { type Flow, type FlowNode, nodeOf, type Waiver } from '../flow/flow.ts';
import type { HeadField } from '../flow/head.ts';
import { isRecord } from '../flow/json.ts';
import type { Resource } from '../flow/uses.ts';
import type { Field } from '../nodes/settings.ts';
import type { FlowChange } from './difference.ts';
import { excerpts } from './excerpt.ts';
import { listLines } from './listlines.ts';

/** English sentences for differences between two documents. Other languages have the same keys and placeholders. */
export const differenceTexts = {
  nothing: 'No changes',
  added: 'added {{what}}',
  removed: 'removed {{what}}',
  head: 'Flow: {{field}} changed from {{before}} to {{after}}',
  waived: 'Flow: waives {{waivers}}',
  unwaived: 'Flow: no longer waives {{waivers}}',
  setting: '{{what}}: {{field}} changed from {{before}} to {{after}}',
  says: '{{what}} says {{after}} instead of {{before}}',
  set: '{{what}}: {{field}} set to {{after}}',
  unset: '{{what}}: {{field}} removed, it was {{before}}',
  exit: '{{what}}: {{exit}} now goes to {{after}} instead of {{before}}',
  connected: '{{what}}: {{exit}} now goes to {{after}}',
  disconnected: '{{what}}: {{exit}} no longer goes to {{before}}',
  key: 'key {{key}}',
  moved: '{{count}} modules stand elsewhere (layout only)',
  noteWritten: '{{what}} says {{after}} instead of {{before}}',
  notePainted: '{{what}} has another colour',
  notesMoved: '{{count}} notes stand elsewhere (layout only)',
  none: 'nothing',
} as const;

/** The words for sentences about differences, in one language. */
export interface DifferenceWords {
  /** A text of the table with its placeholders filled. */
  text(key: keyof typeof differenceTexts, values?: Readonly<Record<string, string | number>>): string;
  /** The name of a field of the flow itself. */
  head(field: HeadField): string;
  /** The word for a boolean: on or off. */
  flag(on: boolean): string;
  /** The name of a changed node. */
  node(of: Pick<FlowNode, 'type' | 'label'> & { readonly node: string }): string;
  /** The name of the node that an exit leads to. */
  nodeAt(flow: Flow, id: string): string;
  note(title: string): string;
  setting(type: string, name: string): string;
  exit(type: string, exit: string): string;
  option(type: string, path: string, word: string): string;
  /** The name of a resource outside the flow, such as a schedule or an audio; `undefined` if it is not known. */
  resource?(resource: Resource, id: string): string | undefined;
}

/** A difference between the documents `before` and `after` as a sentence. */
export function changeSentence(
  words: DifferenceWords,
  change: FlowChange,
  before: Flow,
  after: Flow,
): string {
  if (change.change === 'moved') return words.text('moved', { count: change.nodes.length });
  if (change.change === 'notes-moved') return words.text('notesMoved', { count: change.notes.length });
  if ('waivers' in change) return words.text(change.change, { waivers: waiversText(change.waivers) });
  if ('note' in change) return noteText(words, change);
  if (change.change === 'head')
    return words.text('head', { field: words.head(change.field), ...sides(words, change) });
  const what = words.node(change);
  if (change.change === 'setting') return settingText(words, what, change);
  if (change.change !== 'exit') return words.text(change.change, { what });
  const exit = isKey(change.exit)
    ? words.text('key', { key: change.exit })
    : `“${words.exit(change.type, change.exit)}”`;
  const from = change.before === undefined ? '' : words.nodeAt(before, change.before);
  const to = change.after === undefined ? '' : words.nodeAt(after, change.after);
  const key =
    change.before === undefined ? 'connected' : change.after === undefined ? 'disconnected' : 'exit';
  return words.text(key, { what, exit, before: from, after: to });
}

function waiversText(waivers: readonly Waiver[]): string {
  return waivers
    .map(({ rule, node, because }) => `${rule}${node === undefined ? '' : ` (${node})`}: “${because}”`)
    .join('; ');
}

function settingText(
  words: DifferenceWords,
  what: string,
  change: Extract<FlowChange, { readonly change: 'setting' }>,
): string {
  const field = words.setting(change.type, change.setting);
  const kind = settingAt(change.type, change.setting)?.setting.field;
  const told =
    kind?.field === 'list'
      ? listSides(words, change, kind)
      : sides(words, change, kind?.field === 'reference' ? kind.resource : undefined);
  if (change.before === undefined) return words.text('set', { what, field, ...told });
  if (change.after === undefined) return words.text('unset', { what, field, ...told });
  const isSaid = kind?.field === 'prompt' && change.setting === 'prompt';
  return words.text(isSaid ? 'says' : 'setting', { what, field, ...told });
}

function noteText(words: DifferenceWords, change: Extract<FlowChange, { readonly note: string }>): string {
  const what = words.note(change.title);
  switch (change.change) {
    case 'note-added':
      return words.text('added', { what });
    case 'note-removed':
      return words.text('removed', { what });
    case 'note-painted':
      return words.text('notePainted', { what });
    case 'note-written':
      return words.text('noteWritten', { what, ...sides(words, change) });
  }
}

/** The old and the new value for a sentence. */
function sides(
  words: DifferenceWords,
  change: { readonly before?: unknown; readonly after?: unknown },
  resource?: Resource,
) {
  const [before, after] = excerpts(textIn(change.before), textIn(change.after)).map((value) => {
    if (typeof value === 'boolean') return words.flag(value);
    if (resource !== undefined && typeof value === 'string') return named(words, resource, value);
    return value === undefined ? words.text('none') : shown(words, value);
  });
  return { before: before ?? '', after: after ?? '' };
}

/** The text of a prompt that is only `{ text }`, so that a long one is shown as an excerpt; any other value unchanged. */
function textIn(value: unknown): unknown {
  const isText = isRecord(value) && typeof value.text === 'string' && Object.keys(value).length === 1;
  return isText ? value.text : value;
}

/** Like `sides` for a list, whose objects are written in words. */
function listSides(
  words: DifferenceWords,
  change: Extract<FlowChange, { readonly change: 'setting' }>,
  field: Extract<Field, { field: 'list' }>,
) {
  const option = (path: string, word: string) => words.option(change.type, path, word);
  const texts = [change.before, change.after].map((value) =>
    value === undefined ? words.text('none') : listLines(value, field, change.setting, option).join('; '),
  );
  const [before, after] = excerpts(texts[0], texts[1]);
  return { before: String(before), after: String(after) };
}

/** A resource by its name, else by its id. */
function named({ resource }: DifferenceWords, kind: Resource, id: string): string {
  return `“${resource?.(kind, id) ?? id}”`;
}

/** The value of a setting for a sentence: texts in quotes, audio by name or id, other values as JSON. */
function shown(words: DifferenceWords, value: unknown): string {
  if (Array.isArray(value)) return value.map((each) => shown(words, each)).join(' + ');
  if (typeof value === 'string') return `“${value}”`;
  if (typeof value !== 'object' || value === null) return String(value);
  if ('text' in value && typeof value.text === 'string') return `“${value.text}”`;
  if ('text' in value && typeof value.text === 'object' && value.text !== null) {
    return Object.entries(value.text)
      .map(([tag, text]) => `${tag} “${String(text)}”`)
      .join(' ');
  }
  if ('audio' in value) return `♪ ${words.resource?.('audio', String(value.audio)) ?? String(value.audio)}`;
  return JSON.stringify(value);
}

const headNames: Readonly<Record<HeadField, string>> = {
  name: 'name',
  language: 'language',
  voice: 'voice',
  description: 'description',
};

/** The English words for the terminal: nodes and settings are named by their ids. */
export const englishDifference: DifferenceWords = {
  text: (key, values = {}) =>
    differenceTexts[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? '')),
  head: (field) => headNames[field],
  flag: (on) => (on ? 'on' : 'off'),
  node: ({ node }) => node,
  nodeAt: (flow, id) => (nodeOf(flow, id) === undefined ? `${id} (which is not there)` : id),
  note: (title) => (title === '' ? 'a note' : `the note “${title}”`),
  setting: (_, name) => name,
  exit: (_, exit) => exit,
  option(type, path, word) {
    const field = settingAt(type, path)?.setting.field;
    return (field?.field === 'choice' ? field.options[word] : undefined) ?? word;
  },
};
