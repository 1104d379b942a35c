import type { Problem } from '../../../../lib/flow/problem.ts';

/** How a control of a form is marked. */
export type Status = 'error' | 'warning' | 'success';

/** The status of what stands at a field, by its problems and those of what is in it. */
export function statusOf(problems: readonly Problem[], at: string): Status {
  return gravest(problems.filter(({ field }) => isAtOrIn(field, at)));
}

/** The same for the one part that also shows the problems of its setting as a whole: a text those of its prompt. */
export function statusOfWhole(problems: readonly Problem[], at: string): Status {
  const [setting] = at.split('.', 1);
  return gravest(problems.filter(({ field }) => field === setting || isAtOrIn(field, at)));
}

function isAtOrIn(field: string | undefined, at: string): boolean {
  return field === at || field?.startsWith(`${at}.`) === true;
}

function gravest(problems: readonly Problem[]): Status {
  if (problems.length === 0) return 'success';
  return problems.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
}

/** What a number counts, by the end of its setting's name. */
export function unitOf(name: string): 'seconds' | 'minutes' | 'digits' | 'times' {
  if (name.endsWith('Seconds')) return 'seconds';
  if (name.endsWith('Minutes')) return 'minutes';
  return name.endsWith('Digits') ? 'digits' : 'times';
}
