import type { TFunction } from 'i18next';
import { placeholdersIn } from '../../../lib/engine/placeholders.ts';
import { type Flow, nodeOf } from '../../../lib/flow/flow.ts';
import type { Problem } from '../../../lib/flow/problem.ts';
import { callVariables, isSpeakable, variablesIn } from '../../../lib/flow/text.ts';
import type { Change } from '../document/difference.ts';
import { excerpts } from '../document/excerpt.ts';
import { isOutOfRange } from '../document/geometry.ts';
import { noteKey } from '../document/notes.ts';
import { settingsOf } from '../document/settings.ts';
import type { Names } from '../i18n/naming.ts';

/** A difference between two documents as a sentence. `before` and `after` are the documents. */
export function changeText(t: TFunction, names: Names, change: Change, before: Flow, after: Flow): string {
  if (change.change === 'moved') return t('difference.moved', { count: change.nodes.length });
  if (change.change === 'notes-moved') return t('difference.notesMoved', { count: change.notes.length });
  if ('note' in change) return noteText(t, names, change);
  if (change.change === 'head') {
    const field = t(`form.head.${change.field}`);
    return t('difference.head', { field, ...sides(t, change) });
  }
  const what = `“${names.node(change)}”`;
  if (change.change === 'added' || change.change === 'removed')
    return t(`difference.${change.change}`, { what });
  if (change.change === 'setting') {
    const field = names.setting(change.type, change.setting);
    const key = change.before === undefined ? 'set' : change.after === undefined ? 'unset' : 'setting';
    return t(`difference.${key}`, { what, field, ...sides(t, change) });
  }
  const exit = names.exit(change.type, change.exit);
  const from = change.before === undefined ? '' : `“${names.nodeAt(before, change.before)}”`;
  const to = change.after === undefined ? '' : `“${names.nodeAt(after, change.after)}”`;
  const key =
    change.before === undefined ? 'connected' : change.after === undefined ? 'disconnected' : 'exit';
  return t(`difference.${key}`, { what, exit, before: from, after: to });
}

function noteText(t: TFunction, names: Names, change: Extract<Change, { readonly note: string }>): string {
  const what = names.note(change.title);
  switch (change.change) {
    case 'note-added':
      return t('difference.added', { what });
    case 'note-removed':
      return t('difference.removed', { what });
    case 'note-painted':
      return t('difference.notePainted', { what });
    case 'note-written':
      return t('difference.noteWritten', { what, ...sides(t, change) });
  }
}

/** What stood there before and what stands there after. */
function sides(t: TFunction, change: { readonly before?: unknown; readonly after?: unknown }) {
  const [before, after] = excerpts(change.before, change.after).map((value) => {
    if (typeof value === 'boolean') return t(value ? 'form.on' : 'form.off');
    return value === undefined ? t('difference.none') : shown(value);
  });
  return { before: before ?? '', after: after ?? '' };
}

/** The node or note that a problem is about, as the canvas knows it; `undefined` if it is about the flow itself. */
export function subjectOf({ node, field = '' }: Problem): string | undefined {
  if (node !== undefined) return node;
  const [part, id] = field.split('.');
  if (id === undefined) return undefined;
  return part === 'layout' ? id : part === 'notes' ? noteKey(id) : undefined;
}

/** The first of some problems as a check says it, behind the id of its node. */
export function problemLine([first]: readonly Problem[]): string {
  const { node, message = '' } = first ?? {};
  return node === undefined ? message : `${node}: ${message}`;
}

/** A problem as a sentence in the console's language; one of a rule that is new here as the check says it. */
export function problemText(t: TFunction, names: Names, problem: Problem, flow: Flow): string {
  const { rule, field = '', message } = problem;
  const node = problem.node === undefined ? undefined : nodeOf(flow, problem.node);
  const [name = '', ...rest] = field.split('.');
  const setting = node === undefined ? undefined : settingsOf(node.type).find((each) => each.name === name);
  const variables = setting?.field.field === 'prompt' ? setting.field.variables : [];
  const words = {
    field: node === undefined ? field : names.setting(node.type, name),
    exit: node === undefined || name !== 'exits' ? '' : names.exit(node.type, rest.join('.')),
    value: node === undefined ? '' : String(node[name] ?? ''),
    variables: foreign(textAt(node, field), variables),
    ...placeholderWords(textAt(node, field), variables),
    least: setting?.least ?? 0,
    most: setting?.most ?? 0,
    message,
  };
  if (rule === 'bad-value') {
    if (setting?.most !== undefined) return t('problems.bad-number', words);
    const text = textAt(node, field);
    if (text === undefined || isSpeakable(text) || variablesIn(text).length > 0)
      return t('problems.bad-value', words);
    return t(text.trim() === '' ? 'problems.empty-text' : 'problems.unspeakable-text', words);
  }
  // Of all that is wrong with a shape, this alone can be drawn.
  if (rule === 'shape' && isPlace(flow, problem)) return t('problems.out-of-range');
  if (rule === 'unconnected-exit' && field === 'exits') return t('problems.unconnected-choice');
  const key = `problems.${rule}` as 'problems.shape';
  const text: string = t(key, words);
  return text === key ? message : text;
}

function isPlace(flow: Flow, problem: Problem): boolean {
  const id = subjectOf(problem);
  return problem.node === undefined && id !== undefined && isOutOfRange(flow, id);
}

function foreign(text: string | undefined, own: readonly string[]): string {
  const known: readonly string[] = [...callVariables, ...own];
  const unknown = new Set(variablesIn(text ?? '').filter((name) => !known.includes(name)));
  return [...unknown].map((name) => `\${${name}}`).join(' ');
}

function placeholderWords(text: string | undefined, own: readonly string[]) {
  const found = placeholdersIn(text ?? '', [...callVariables, ...own]);
  return { placeholders: found?.written.join(' ') ?? '', fixes: found?.fixes.join(' ') ?? '' };
}

function textAt(value: unknown, field: string): string | undefined {
  let found = value;
  for (const name of field.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return typeof found === 'string' ? found : undefined;
}

/** A value of a setting as people read it: texts as they are, audio by id, the rest as JSON. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(' + ');
  if (typeof value === 'string') return `“${value}”`;
  if (typeof value !== 'object' || value === null) return String(value);
  if ('text' in value && typeof value.text === 'string') return `“${value.text}”`;
  if ('audio' in value) return `♪ ${String(value.audio)}`;
  return JSON.stringify(value);
}
