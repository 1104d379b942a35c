import fc from 'fast-check';
import type { Parser } from './parsers.ts';

/** What came of a parser's cases. */
export interface Fuzzed {
  readonly cases: number;
  readonly ms: number;
  /** The smallest case that fails, and why; `undefined` if none does. */
  readonly fault: string | undefined;
}

/** Gives a parser a number of cases, or its share of them. The same seed gives the same cases. */
export async function fuzz({ property, share = 1 }: Parser, cases: number, seed: number): Promise<Fuzzed> {
  const numRuns = Math.max(1, Math.round(cases * share));
  const began = performance.now();
  const details = await fc.check(property(), { numRuns, seed });
  const ms = performance.now() - began;
  return { cases: numRuns, ms, fault: details.failed ? fc.defaultReportMessage(details) : undefined };
}
