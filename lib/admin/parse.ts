import { check, misshapen } from '../engine/check.ts';
import { countProblems, leftOut } from '../engine/report.ts';
import { Failure } from '../errors.ts';
import { type Flow, largestFlowBytes } from '../flow/flow.ts';
import { isNestedDeeper, jsonBytes } from '../flow/size.ts';

/** A flow that can be saved as a draft, and the number of errors that prevent publishing it. */
export interface CheckedFlow {
  readonly flow: Flow;
  readonly errors: number;
}

/**
 * Parses a document as a draft, which may be incomplete. Counts the errors of the document itself: resources outside it are not looked
 * up. Throws `flow-too-large`, or `flow-invalid` with the problems that prevent saving.
 */
export function asFlow(document: unknown): CheckedFlow {
  const bytes = isNestedDeeper(document) ? 0 : jsonBytes(document);
  if (bytes > largestFlowBytes) {
    throw new Failure(
      'flow-too-large',
      `The flow has ${bytes} bytes, ${largestFlowBytes} at most are allowed: shorten its texts or split it.`,
    );
  }
  const problems = check(document);
  if (misshapen(problems)) {
    const grave = problems.filter((problem) => problem.rule === 'shape' || leftOut(problem) !== undefined);
    throw new Failure('flow-invalid', 'The flow cannot be kept in this shape.', grave);
  }
  return { flow: document as Flow, errors: countProblems(problems).errors };
}
