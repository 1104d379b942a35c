import { check, misshapen } from '../engine/check.ts';
import { countProblems, leftOut } from '../engine/report.ts';
import { Failure } from '../errors.ts';
import { type Flow, largestFlowBytes } from '../flow/flow.ts';
import { isNestedDeeper, jsonBytes } from '../flow/size.ts';

/** A flow that can be kept as a draft, and how many errors keep it from being published. */
export interface CheckedFlow {
  readonly flow: Flow;
  readonly errors: number;
}

/**
 * The document as a flow that can be kept as a draft; it may be incomplete. The errors are those of the document by itself:
 * what it names outside is not looked up. Throws `flow-too-large`, or `flow-invalid` with what keeps it from being kept.
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
