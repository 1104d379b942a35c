import fc from 'fast-check';
import type { Parser } from './parsers.ts';

/** What came of a parser's cases. */
export interface Fuzzed {
  readonly ms: number;
  /** The smallest case that fails, and why; `undefined` if none does. */
  readonly fault: string | undefined;
}

/** Gives a parser a number of cases. The same seed gives the same cases. */
export async function fuzz({ property }: Parser, cases: number, seed: number): Promise<Fuzzed> {
  const began = performance.now();
  const details = await fc.check(property(), { numRuns: cases, seed });
  const ms = performance.now() - began;
  return { ms, fault: details.failed ? fc.defaultReportMessage(details) : undefined };
}
