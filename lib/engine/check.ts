import { type Flow, largestFlowBytes, mostNodes } from '../flow/flow.ts';
import type { Problem } from '../flow/problem.ts';
import { checkShape } from './shape.ts';
import { checkWalks } from './walks.ts';
import { checkWords } from './words.ts';

/** What is known outside the flow; what is not given is not checked. */
export interface Facts {
  /** The ids of the skill groups. */
  readonly groups?: ReadonlySet<string>;
  /** The ids of the approved audio, without the system's own. */
  readonly audio?: ReadonlySet<string>;
}

/**
 * All that is wrong with a document that should be a flow, errors first. Problems of the rule `shape` mean that it cannot
 * even be kept as a draft; with any of those, rules that need a flow to look at are left out.
 */
export function check(document: unknown, facts: Facts = {}): Problem[] {
  const problems = checkShape(document);
  if (!misshapen(problems)) {
    const flow = document as Flow;
    problems.push(...checkSize(flow), ...checkWords(flow, facts));
    if (Object.keys(flow.nodes).length <= mostNodes) problems.push(...checkWalks(flow));
  }
  return problems.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

/** Whether a document with these problems cannot be kept as a draft. */
export function misshapen(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.rule === 'shape');
}

/** Whether a flow with these problems cannot be published. */
export function faulty(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

function checkSize(flow: Flow): Problem[] {
  const problems: Problem[] = [];
  const nodes = Object.keys(flow.nodes).length;
  if (nodes > mostNodes) {
    const message = `The flow has ${nodes} nodes, ${mostNodes} at most are allowed: split it into several flows.`;
    problems.push({ rule: 'too-many-nodes', severity: 'error', field: 'nodes', message });
  }
  const bytes = new TextEncoder().encode(JSON.stringify(flow)).length;
  if (bytes > largestFlowBytes) {
    const message = `The document has ${bytes} bytes, ${largestFlowBytes} at most are allowed: shorten its texts or split it.`;
    problems.push({ rule: 'too-large', severity: 'error', message });
  }
  return problems;
}
