import type { TFunction } from 'i18next';
import type { Flow } from '../../../lib/flow/flow.ts';
import { nodeOf } from '../../../lib/flow/flow.ts';
import type { ScriptFault } from '../../../lib/flow/problem.ts';
import type { Counterexample } from '../../../lib/proof/failures.ts';
import { type LeftOut, leftOutTexts } from '../../../lib/proof/leftout.ts';
import type { LintFinding } from '../../../lib/proof/lint.ts';
import type { ScriptMessage, ScriptSentence } from '../../../lib/proof/scriptmessage.ts';
import type { Names } from './naming.ts';
import { circumstanceWords, leftOutWords, lintWords, proofWords, scriptWords } from './zh-CN/findings.ts';

/** A finding in the console's language: what is wrong, and how it is mended. */
export interface FindingText {
  readonly text: string;
  readonly fix?: string;
}

/** What the linter found, in a language of the console; English is what its rules say. */
export function lintText(language: string, names: Names, finding: LintFinding, flow: Flow): FindingText {
  const { rule, says = 'says', message, fix, node } = finding;
  const words = language === 'zh-CN' ? lintWords[rule] : undefined;
  const sentence = words?.[says];
  if (words === undefined || sentence === undefined) return { text: message, fix };
  const type = node === undefined ? '' : (nodeOf(flow, node)?.type ?? '');
  return { text: filled(sentence, named(finding.values ?? {}, names, flow, type)), fix: words.fix };
}

/** What fails in a proof, in a language of the console. */
export function failureText(language: string, { rule, message, fault = '', under }: Counterexample): string {
  if (language === 'zh-CN') {
    const said = [
      ...Object.entries(under?.schedules ?? {}).map(([id, is]) =>
        filled(circumstanceWords.schedules[is], { id }),
      ),
      ...Object.entries(under?.available ?? {}).map(([id, is]) =>
        filled(circumstanceWords.available[is], { id }),
      ),
    ].join('，且');
    return filled(proofWords[rule], { fault, under: said === '' ? '' : `当${said}时，` });
  }
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
}

/** What a proof has not looked at, in a language of the console. */
export function leftOutSaid(language: string, reasons: readonly LeftOut[]): string {
  if (language !== 'zh-CN') return leftOutTexts(reasons) ?? '';
  return reasons.map(({ says, values }) => filled(leftOutWords[says], values)).join('；');
}

/** What is wrong with a line of a call script, or with its call, in a language of the console. */
export function scriptText(language: string, { message, says, values = {} }: ScriptMessage): string {
  return language === 'zh-CN' ? filled(scriptWords[says], values) : message;
}

/** What the API says of a call script that stops a publish. */
export interface ScriptRefusal {
  readonly message: string;
  readonly script?: ScriptFault;
}

/** A failing call script, as a refused publish tells it, in a language of the console. */
export function scriptFaultText(t: TFunction, language: string, { message, script }: ScriptRefusal): string {
  const sentence = scriptWords[script?.says as ScriptSentence];
  if (script === undefined || sentence === undefined || language !== 'zh-CN') return message;
  const { flow, line, title = '', values = {} } = script;
  const place = flow === undefined ? t('scripts.title') : t('scripts.ofFlow', { flow });
  const said = filled(sentence, values);
  return `${place}，${t('scripts.line', { line })}：${title === '' ? '' : `“${title}”：`}${said}`;
}

type Values = NonNullable<LintFinding['values']>;

/** Ids of nodes and names of settings as the console calls them. */
function named(values: Values, names: Names, flow: Flow, type: string): Values {
  const told = Object.entries(values).map(([key, value]): [string, Values[string]] => {
    if (key === 'node') return [key, names.nodeAt(flow, String(value))];
    if (key === 'setting') return [key, names.setting(type, String(value))];
    if (key === 'nodes' && Array.isArray(value))
      return [key, value.map((id) => names.nodeAt(flow, id)).join(' → ')];
    return [key, value];
  });
  return Object.fromEntries(told);
}

function filled(sentence: string, values: Readonly<Record<string, unknown>>): string {
  return sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
