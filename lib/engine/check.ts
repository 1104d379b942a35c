import { type Flow, largestFlowBytes, mostNodes } from '../flow/flow.ts';
import { largestNotesBytes, mostNotes } from '../flow/note.ts';
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
  problems.push(...checkNotes(flow.notes ?? {}));
  const bytes = bytesOf(flow);
  if (bytes > largestFlowBytes) {
    const message = `The document has ${bytes} bytes, ${largestFlowBytes} at most are allowed: shorten its texts or split it.`;
    problems.push({ rule: 'too-large', severity: 'error', message });
  }
  return problems;
}

function checkNotes(notes: NonNullable<Flow['notes']>): Problem[] {
  const problems: Problem[] = [];
  const count = Object.keys(notes).length;
  if (count > mostNotes) {
    const message = `The flow has ${count} notes, ${mostNotes} at most are allowed: put some together or delete them.`;
    problems.push({ rule: 'too-many-notes', severity: 'error', field: 'notes', message });
  }
  const bytes = bytesOf(notes);
  if (bytes > largestNotesBytes) {
    const message = `The notes have ${bytes} bytes together, ${largestNotesBytes} at most are allowed: shorten them.`;
    problems.push({ rule: 'too-large-notes', severity: 'error', field: 'notes', message });
  }
  return problems;
}

/** What a value takes as JSON, in bytes of UTF-8. */
function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
