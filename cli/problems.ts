import { countProblems } from '../lib/engine/report.ts';
import { type Detail, Failure } from '../lib/errors.ts';
import { inline } from '../local/terminal.ts';
import type { Refusal } from './command.ts';
import { ContentFailure, FileFault } from './file.ts';
import { refusalOf } from './target.ts';

/** The problems of a file as lines `file: node.field: message (rule)`: the errors, then the warnings under their own line. */
export function problemLines(file: string, problems: readonly Detail[]): string[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity !== 'error');
  const line = ({ node, field, message, rule }: Detail) => {
    const place = [node, field].filter((part) => part !== undefined && part !== '').join('.');
    return inline(`${file}: ${place === '' ? '' : `${place}: `}${message} (${rule})`);
  };
  return [
    ...errors.map(line),
    ...(warnings.length === 0 ? [] : [`${file}: ${count(warnings.length, 'warning')}:`]),
    ...warnings.map(line),
  ];
}

/**
 * The refusal for an error, with a line for each of its problems. `subject` is the file or the id that these are about, unless the error
 * names a file of its own. Rethrows unexpected errors.
 */
export function problemRefusal(error: unknown, subject: string, stage: unknown): Refusal {
  if (error instanceof FileFault)
    return { text: error.message, json: { error: 'unreadable', detail: error.message, problems: [] } };
  const { text, json } = refusalOf(error, stage);
  const problems = error instanceof Failure ? error.problems : [];
  const file = error instanceof ContentFailure ? error.file : undefined;
  const [only, ...more] = problems;
  // One problem alone is said by the error itself.
  if (only !== undefined && more.length === 0 && inline(only.message) === text)
    return { text: file === undefined ? text : `${inline(file)}: ${text}`, json };
  return { text: [...problemLines(file ?? subject, problems), text].join('\n'), json };
}

/** How many errors and warnings there are, in words. */
export function tally(problems: readonly Detail[]): string {
  const { errors, warnings } = countProblems(problems);
  return `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
}

function count(number: number, what: string): string {
  return `${number === 0 ? 'no' : number} ${what}${number === 1 ? '' : 's'}`;
}
