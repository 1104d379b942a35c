import { check, misshapen } from '../engine/check.ts';
import { countProblems, leftOut } from '../engine/report.ts';
import { Failure } from '../errors.ts';
import { type Flow, largestFlowBytes } from '../flow/flow.ts';
import { jsonFaultText, readJson } from '../flow/json.ts';
import { isNestedDeeper, jsonBytes } from '../flow/size.ts';

/** The JSON of a flow file. Throws `flow-invalid` if it is not UTF-8, not JSON, or holds a key that stands twice. */
export function parseFlow(bytes: Uint8Array): unknown {
  const { value, faults } = { value: undefined, ...readJson(decode(bytes)) };
  if (faults === undefined) return value;
  throw unreadable(
    faults.map((fault) => ({
      rule: fault.fault === 'syntax' ? 'not-json' : fault.fault,
      message: jsonFaultText(fault),
    })),
  );
}

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

function decode(bytes: Uint8Array): string {
  try {
    // It leaves out a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable([{ rule: 'not-utf-8', message: 'The file is not UTF-8: save it in that encoding.' }]);
  }
}

function unreadable(faults: readonly { rule: string; message: string }[]): Failure {
  const problems = faults.map((fault) => ({ ...fault, severity: 'error' }));
  return new Failure('flow-invalid', 'The file holds no flow.', problems);
}
