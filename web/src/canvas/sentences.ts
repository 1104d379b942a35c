import type { TFunction } from 'i18next';
import { knownAt } from '../../../lib/engine/named.ts';
import { placeholdersIn } from '../../../lib/engine/placeholders.ts';
import { variablesOf } from '../../../lib/engine/variables.ts';
import { type Flow, nodeOf } from '../../../lib/flow/flow.ts';
import type { Problem } from '../../../lib/flow/problem.ts';
import { callVariables, isSpeakable, variablesIn } from '../../../lib/flow/text.ts';
import type { Field } from '../../../lib/nodes/settings.ts';
import type { Change } from '../document/difference.ts';
import { excerpts } from '../document/excerpt.ts';
import { isOutOfRange } from '../document/geometry.ts';
import { noteKey } from '../document/notes.ts';
import { type Setting, settingAt } from '../document/settings.ts';
import { listLines } from '../document/told.ts';
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
    const list = settingAt(change.type, change.setting)?.setting.field;
    const told = list?.field === 'list' ? listSides(t, names, change, list) : sides(t, change);
    return t(`difference.${key}`, { what, field, ...told });
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

/** The same of a list, whose objects are told in words. */
function listSides(
  t: TFunction,
  names: Names,
  change: Extract<Change, { readonly change: 'setting' }>,
  field: Extract<Field, { field: 'list' }>,
) {
  const option = (path: string, word: string) => names.option(change.type, path, word);
  const texts = [change.before, change.after].map((value) =>
    value === undefined ? t('difference.none') : listLines(value, field, change.setting, option).join('; '),
  );
  const [before, after] = excerpts(texts[0], texts[1]);
  return { before: String(before), after: String(after) };
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
  const setting = node === undefined ? undefined : settingAt(node.type, field)?.setting;
  const given = setting?.field.field === 'prompt' ? setting.field.variables : [];
  const known = () => knownAt(variablesOf(flow), problem.node ?? '', given);
  const text = textAt(node, field);
  const words = {
    field: node === undefined ? field : names.field(node.type, field),
    exit: node === undefined || name !== 'exits' ? '' : names.exit(node.type, rest.join('.')),
    value: node === undefined ? '' : String(node[name] ?? ''),
    variables: foreign(flow, setting?.field.field === 'operand' ? `\${${text}}` : text, given),
    ...placeholderWords(text, known),
    least: setting?.least ?? 0,
    most: setting?.most ?? 0,
    message,
  };
  if (rule === 'bad-value') return badValueText(t, words, setting, text);
  // Of all that is wrong with a shape, this alone can be drawn.
  if (rule === 'shape' && isPlace(flow, problem)) return t('problems.out-of-range');
  if (rule === 'unconnected-exit' && field === 'exits') return t('problems.unconnected-choice');
  const key = `problems.${rule}` as 'problems.shape';
  const told: string = t(key, words);
  return told === key ? message : told;
}

/** What is wrong with a value, by the kind of its field. */
function badValueText(
  t: TFunction,
  words: { readonly field: string; readonly message: string; readonly least: number; readonly most: number },
  setting: Setting | undefined,
  text: string | undefined,
): string {
  if (setting?.most !== undefined) return t('problems.bad-number', words);
  switch (setting?.field.field) {
    case 'variable':
    case 'operand':
      return t('problems.bad-variable', words);
    case 'exit':
      return t('problems.bad-exit', words);
    case 'choice':
      return t('problems.bad-choice', words);
    case 'text':
      return t(text === undefined ? 'problems.missing-value' : 'problems.bad-text', words);
    case 'list':
      return t('problems.bad-list', { ...words, max: setting.field.max });
    default:
  }
  if (text === undefined || isSpeakable(text) || variablesIn(text).length > 0)
    return t('problems.bad-value', words);
  return t(text.trim() === '' ? 'problems.empty-text' : 'problems.unspeakable-text', words);
}

function isPlace(flow: Flow, problem: Problem): boolean {
  const id = subjectOf(problem);
  return problem.node === undefined && id !== undefined && isOutOfRange(flow, id);
}

function foreign(flow: Flow, text: string | undefined, given: readonly string[]): string {
  const { names } = variablesOf(flow);
  const isKnown = (name: string) =>
    (callVariables as readonly string[]).includes(name) || given.includes(name) || names.has(name);
  const unknown = new Set(variablesIn(text ?? '').filter((name) => !isKnown(name)));
  return [...unknown].map((name) => `\${${name}}`).join(' ');
}

function placeholderWords(text: string | undefined, known: () => readonly string[]) {
  const found = placeholdersIn(text ?? '', known);
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
