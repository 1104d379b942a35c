import i18next from 'i18next';
import type { RefusedProblem } from '../draft/remote.ts';
import type { Problem } from './generated/types.ts';

/** What the API has refused: its message is for people, in the language of the console. */
export class Refusal extends Error {
  readonly status: number;
  /** The stable name of the error: `flow-bound`. Empty if the answer did not come from the API. */
  readonly code: string;
  readonly problems: readonly RefusedProblem[];

  constructor(status: number, problem: Partial<Problem> = {}) {
    const code = problem.type?.split(':').at(-1) ?? '';
    super(wordsFor(code, status, problem.detail));
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.problems = problem.problems ?? [];
  }
}

function wordsFor(code: string, status: number, detail: string | undefined): string {
  const key = `refusals.${code}`;
  // Only some texts quote what the API says in English.
  if (i18next.exists(key)) return String(i18next.t(key as never, { detail: detail ?? '' } as never)).trim();
  return detail ?? i18next.t('refusals.strange', { status });
}

/** Anything that went wrong, in words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
