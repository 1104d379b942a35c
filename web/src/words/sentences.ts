import type { TFunction } from 'i18next';
import { knownAt } from '../../../lib/engine/named.ts';
import { placeholdersIn } from '../../../lib/engine/placeholders.ts';
import { type Setting, settingAt } from '../../../lib/engine/settings.ts';
import { languagesOf } from '../../../lib/engine/translations.ts';
import { variablesOf } from '../../../lib/engine/variables.ts';
import { type Flow, nodeOf } from '../../../lib/flow/flow.ts';
import { noteKey } from '../../../lib/flow/notes.ts';
import type { Problem } from '../../../lib/flow/problem.ts';
import { isSameLanguage } from '../../../lib/flow/prompt.ts';
import { callVariables, isSpeakable, variablesIn } from '../../../lib/flow/text.ts';
import type { FlowChange } from '../../../lib/proof/difference.ts';
import { changeSentence, type DifferenceWords } from '../../../lib/proof/sentences.ts';
import { isOutOfRange } from '../document/things.ts';
import type { Names } from './naming.ts';

/** A difference between two documents as a sentence in the console's language. `before` and `after` are the documents. */
export function changeText(
  t: TFunction,
  names: Names,
  change: FlowChange,
  before: Flow,
  after: Flow,
  resource?: DifferenceWords['resource'],
): string {
  const words: DifferenceWords = {
    text: (key, values = {}) => String(t(`difference.${key}` as never, values as never)),
    head: (field) => t(`form.head.${field}`),
    flag: (on) => t(on ? 'form.on' : 'form.off'),
    node: (node) => `“${names.node(node)}”`,
    nodeAt: (flow, id) => `“${names.nodeAt(flow, id)}”`,
    note: names.note,
    setting: names.setting,
    exit: names.exit,
    option: names.option,
    ...(resource === undefined ? {} : { resource }),
  };
  return changeSentence(words, change, before, after);
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
    languages: missingLanguages(flow, valueAt(node, field)),
    ...placeholderWords(text, known),
    min: setting?.min ?? 0,
    max: setting?.max ?? 0,
    text: text ?? '',
    message,
  };
  if (rule === 'bad-value') return badValueText(t, words, setting, text);
  // Of all that is wrong with a shape, this alone can be drawn.
  if (rule === 'shape' && isPlace(flow, problem)) return t('problems.out-of-range');
  if (rule === 'unconnected-exit' && field === 'exits') return t('problems.unconnected-choice');
  if (rule === 'maybe-unset' && namesSecret(flow, text)) return t('problems.secret-unset', words);
  const key = `problems.${rule}` as 'problems.shape';
  const told: string = t(key, words);
  return told === key ? message : told;
}

/** What is wrong with a value, by the kind of its field. */
function badValueText(
  t: TFunction,
  words: { readonly field: string; readonly message: string; readonly min: number; readonly max: number },
  setting: Setting | undefined,
  text: string | undefined,
): string {
  if (setting?.max !== undefined) return t('problems.bad-number', words);
  switch (setting?.field.field) {
    case 'variable':
    case 'operand':
      return t('problems.bad-variable', words);
    case 'exit':
      return t('problems.bad-exit', words);
    case 'choice':
      return t('problems.bad-choice', words);
    case 'pointer':
      return t('problems.bad-pointer', words);
    case 'text':
      return t(text === undefined ? 'problems.missing-value' : 'problems.bad-text', words);
    case 'list':
      return 'exit' in setting.field.entries
        ? t('problems.bad-exits', { ...words, max: setting.field.max })
        : t('problems.bad-list', { ...words, max: setting.field.max });
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

function namesSecret(flow: Flow, text = ''): boolean {
  const { secrets } = variablesOf(flow);
  return variablesIn(text).some((name) => secrets.has(name));
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

/** The languages that the flow speaks and a text in several languages lacks. */
function missingLanguages(flow: Flow, texts: unknown): string {
  const there = typeof texts === 'object' && texts !== null ? Object.keys(texts) : [];
  return languagesOf(flow)
    .filter((language) => !there.some((tag) => isSameLanguage(tag, language)))
    .join(' ');
}

function textAt(value: unknown, field: string): string | undefined {
  const found = valueAt(value, field);
  return typeof found === 'string' ? found : undefined;
}

function valueAt(value: unknown, field: string): unknown {
  let found = value;
  for (const name of field.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}
