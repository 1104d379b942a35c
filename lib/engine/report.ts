import type { Problem } from '../flow/problem.ts';

/** How many problems a check reports at most; if there are more, the last of them says so. */
export const maxProblems = 500;

/** The longest field and message, in UTF-16 units: keys of a broken document may have any length. */
const longest = { field: 300, message: 1000 } as const;

const moreRule = 'more-problems';

/**
 * At most `maxProblems` problems, in the order to fix them: rule `shape`, other errors, warnings. If some are left out, the last
 * one is of the rule `more-problems`: it has the highest severity among them and says how many they are.
 */
export function reportProblems(found: Iterable<Problem>): Problem[] {
  const grades: readonly Grade[] = [
    { count: 0, kept: [] },
    { count: 0, kept: [] },
    { count: 0, kept: [] },
  ];
  for (const problem of found) {
    const grade = grades[problem.rule === 'shape' ? 0 : problem.severity === 'error' ? 1 : 2] as Grade;
    grade.count += 1;
    if (grade.kept.length < maxProblems) grade.kept.push(clipped(problem));
  }
  const count = grades.reduce((sum, grade) => sum + grade.count, 0);
  const kept = grades.flatMap((grade) => grade.kept);
  if (count <= maxProblems) return kept;
  const told = kept.slice(0, maxProblems - 1);
  const errors = Math.max(0, count - (grades[2]?.count ?? 0) - told.length);
  return [...told, more({ errors, warnings: count - told.length - errors })];
}

/** The number of errors and warnings, including those that a report leaves out. */
export function countProblems(problems: readonly Listed[]): Counts {
  const counts = { errors: 0, warnings: 0 };
  for (const problem of problems) {
    const left = leftOut(problem);
    if (left === undefined) counts[problem.severity === 'error' ? 'errors' : 'warnings'] += 1;
    counts.errors += left?.errors ?? 0;
    counts.warnings += left?.warnings ?? 0;
  }
  return counts;
}

/** The counts that a `more-problems` problem states; `undefined` for any other problem. */
export function leftOut({ rule, message }: Omit<Listed, 'severity'>): Counts | undefined {
  if (rule !== moreRule) return undefined;
  const [, errors, warnings] = moreMessage.exec(message) ?? [];
  return { errors: Number(errors), warnings: Number(warnings) };
}

/** The fields of a problem that counting needs; `severity` is a plain string in the API. */
interface Listed {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
}

/** The number of errors and of warnings. */
export interface Counts {
  readonly errors: number;
  readonly warnings: number;
}

interface Grade {
  count: number;
  readonly kept: Problem[];
}

const moreMessage = /\(errors: (\d+), warnings: (\d+)\)/;

function more({ errors, warnings }: Counts): Problem {
  const message = `${errors + warnings} more problems are not listed (errors: ${errors}, warnings: ${warnings}): mend those above first.`;
  return { rule: moreRule, severity: errors === 0 ? 'warning' : 'error', message };
}

function clipped(problem: Problem): Problem {
  const { field, message } = problem;
  if ((field?.length ?? 0) <= longest.field && message.length <= longest.message) return problem;
  return {
    ...problem,
    ...(field === undefined ? {} : { field: clip(field, longest.field) }),
    message: clip(message, longest.message),
  };
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
