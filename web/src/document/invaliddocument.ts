import type { Problem } from '../../../lib/flow/problem.ts';

/** Thrown for a document that the editor cannot work on. `problems` say what is wrong with its shape. */
export class InvalidDocument extends Error {
  readonly document: unknown;
  readonly problems: readonly Problem[];

  constructor(document: unknown, problems: readonly Problem[]) {
    super(problems[0]?.message ?? '');
    this.name = 'Misshapen';
    this.document = document;
    this.problems = problems;
  }
}
