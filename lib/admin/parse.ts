import { check, type Facts, misshapen } from '../engine/check.ts';
import { Failure } from '../errors.ts';
import { type Flow, flowFormat, largestFlowBytes } from '../flow/flow.ts';
import type { Problem } from '../flow/problem.ts';

/** The JSON of a flow file. Throws `flow-invalid` with one problem where it is not UTF-8 or not JSON. */
export function parseFlow(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    const { line, column } = place(text, offsetOf(reason, text));
    const what = reason.replace(/( in JSON)? at position.*|, (?:\.\.\.)?".*/s, '');
    throw unreadable('not-json', `This is not JSON from line ${line}, column ${column} on: ${what}.`);
  }
}

/** All that is wrong with a document that should be a flow, saved or not; what is not in the facts is not checked. */
export function checkFlow(document: unknown, facts: Facts = {}): Problem[] {
  const newer = newerFormat(document);
  return newer === undefined ? check(document, facts) : [newer];
}

/**
 * The document as a flow that can be kept as a draft; it may be incomplete. Throws `flow-too-large`, or `flow-invalid`
 * with what keeps it from being kept.
 */
export function asFlow(document: unknown): Flow {
  const bytes = Buffer.byteLength(JSON.stringify(document) ?? '');
  if (bytes > largestFlowBytes) {
    throw new Failure(
      'flow-too-large',
      `The flow has ${bytes} bytes, ${largestFlowBytes} at most are allowed: shorten its texts or split it.`,
    );
  }
  const problems = checkFlow(document);
  if (misshapen(problems)) {
    const grave = problems.filter(({ rule }) => rule === 'shape');
    throw new Failure('flow-invalid', 'The flow cannot be kept in this shape.', grave);
  }
  return document as Flow;
}

function decode(bytes: Uint8Array): string {
  try {
    // It leaves out a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable('not-utf-8', 'The file is not UTF-8: save it in that encoding.');
  }
}

function newerFormat(document: unknown): Problem | undefined {
  const schema =
    typeof document === 'object' && document !== null && 'schema' in document ? document.schema : undefined;
  if (typeof schema !== 'number' || !Number.isInteger(schema) || schema <= flowFormat) return undefined;
  const message = `The flow is of format ${schema}, this release knows ${flowFormat}: take a newer release.`;
  return { rule: 'shape', severity: 'error', field: 'schema', message };
}

function unreadable(rule: string, message: string): Failure {
  return new Failure('flow-invalid', 'The file holds no flow.', [{ rule, severity: 'error', message }]);
}

/** Where parsing stopped. V8 tells it for most faults, but not where it misses a value or the end. */
function offsetOf(reason: string, text: string): number {
  const told = /at position (\d+)/.exec(reason)?.[1];
  return told === undefined ? firstFault(text) : Number(told);
}

const token = /\s+|"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]/y;

/** Where a value is missing in a text that is fine up to there. */
function firstFault(text: string): number {
  let before = ':';
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const offset = token.lastIndex;
    const [found] = token.exec(text) ?? [];
    if (found === undefined) return offset;
    if (found.trim() === '') continue;
    const wanting = ':,['.includes(before) && '}],:'.includes(found);
    if (wanting && !(before === '[' && found === ']')) return offset;
    before = found;
  }
  return text.length;
}

function place(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
