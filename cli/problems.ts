import { countProblems } from '../lib/engine/report.ts';
import type { Detail } from '../lib/errors.ts';
import { inline } from '../local/terminal.ts';

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

/** How many errors and warnings there are, in words. */
export function tally(problems: readonly Detail[]): string {
  const { errors, warnings } = countProblems(problems);
  return `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
}

function count(number: number, what: string): string {
  return `${number === 0 ? 'no' : number} ${what}${number === 1 ? '' : 's'}`;
}
