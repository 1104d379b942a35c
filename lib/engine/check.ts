import { type Flow, largestFlowBytes, mostNodes } from '../flow/flow.ts';
import { mostNotes } from '../flow/note.ts';
import type { Problem } from '../flow/problem.ts';
import { jsonBytes } from '../flow/size.ts';
import { waiverFor } from '../flow/waivers.ts';
import { checkWords } from './checkTexts.ts';
import type { Facts } from './facts.ts';
import { checkCalls } from './recursion.ts';
import { reportProblems } from './report.ts';
import { checkShape } from './shape.ts';
import { checkSilence } from './silence.ts';
import { checkWalks } from './walks.ts';

/**
 * The problems of a document that should be a flow, ordered and limited by `reportProblems`. A problem of the rule `shape` means
 * that the document cannot be saved as a draft; the rules that need a valid shape are then skipped. Texts and paths of a document
 * that is too large are not checked.
 */
export function check(document: unknown, facts: Facts = {}): Problem[] {
  return reportProblems(problemsOf(document, facts));
}

function* problemsOf(document: unknown, facts: Facts): Iterable<Problem> {
  let shaped = true;
  for (const problem of checkShape(document)) {
    shaped &&= problem.rule !== 'shape';
    yield problem;
  }
  if (!shaped) return;
  const flow = document as Flow;
  const bytes = jsonBytes(flow);
  yield* checkSize(flow, bytes);
  if (bytes > largestFlowBytes) return;
  yield* unwaived(flow, checkWords(flow, facts));
  if (Object.keys(flow.nodes).length > mostNodes) return;
  yield* unwaived(flow, checkWalks(flow, facts));
  yield* unwaived(flow, checkCalls(flow, facts));
  yield* unwaived(flow, checkSilence(flow));
}

/** The problems without the warnings that the flow waives. */
function* unwaived(flow: Flow, problems: Iterable<Problem>): Iterable<Problem> {
  for (const problem of problems) {
    const { rule, severity, node } = problem;
    if (severity === 'error' || waiverFor(flow, rule, node) === undefined) yield problem;
  }
}

/** Whether these problems prevent saving the document as a draft. */
export function misshapen(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.rule === 'shape');
}

/** Whether these problems prevent publishing the flow. */
export function faulty(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

function checkSize(flow: Flow, bytes: number): Problem[] {
  const problems: Problem[] = [];
  const nodes = Object.keys(flow.nodes).length;
  if (nodes > mostNodes) {
    const message = `The flow has ${nodes} nodes, ${mostNodes} at most are allowed: split it into several flows.`;
    problems.push({ rule: 'too-many-nodes', severity: 'error', field: 'nodes', message });
  }
  const notes = Object.keys(flow.notes ?? {}).length;
  if (notes > mostNotes) {
    const message = `The flow has ${notes} notes, ${mostNotes} at most are allowed: put some together or delete them.`;
    problems.push({ rule: 'too-many-notes', severity: 'error', field: 'notes', message });
  }
  if (bytes > largestFlowBytes) {
    const message = `The document has ${bytes} bytes, ${largestFlowBytes} at most are allowed: shorten its texts or split it.`;
    problems.push({ rule: 'too-large', severity: 'error', message });
  }
  return problems;
}
