import type { Answer, Answers } from '../flow/asks.ts';
import { type Cursor, readCursor, writeCursor } from '../flow/cursor.ts';
import { callSidPattern } from '../flow/events.ts';

/** What a line says of one node. */
export interface ToldEntry {
  readonly node: string;
  /** The key that was pressed there; `?` for what is no key of a phone. */
  readonly key?: string;
  readonly silent?: true;
  readonly exit?: string;
  /** Why the caller was not put through. */
  readonly lost?: string;
  readonly end?: string;
  readonly fault?: string;
}

/** What a line of the log says, as far as this release understands it: another one may have written it. */
export interface Told {
  readonly at: string;
  readonly callSid: string;
  readonly from?: string;
  readonly to?: string;
  /** Where the call stood before the step. */
  readonly cursor?: Cursor;
  /** What the step did; a line without them tells of no step. */
  readonly entries?: readonly ToldEntry[];
  readonly answers: Answers;
  readonly trouble?: string;
  readonly code?: string;
  readonly language?: string;
  readonly status?: string;
  /** Where a caller stands who is in a queue: `waiting`, `ringing`, `talking`. */
  readonly phase?: string;
  /** How many callers were ahead of one who heard so in the queue. */
  readonly ahead?: number;
  /** The staff number of the agent whom the caller is connected with. */
  readonly agent?: string;
}

/** A line of the log and what it says. */
export interface Line {
  readonly text: string;
  readonly told: Told;
}

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Steps past this number are none that a call can take. */
const mostSteps = 9999;

/** Reads a line of the log; undefined where it is none of the journal, is cut off, or does not say which call it is of. */
export function readLine(text: string): Line | undefined {
  const found = record(parsed(text));
  const at = textIn(found, 'at');
  const callSid = textIn(found, 'callSid');
  if (typeof found.journal !== 'number' || at === undefined || callSid === undefined) return undefined;
  if (!time.test(at) || Number.isNaN(Date.parse(at)) || !callSidPattern.test(callSid)) return undefined;
  return { text: text.trim(), told: { at, callSid, ...stepIn(found), ...factsIn(found) } };
}

/** The number of the step that a line tells of; undefined where it tells of none. */
export function stepOf({ cursor, entries }: Told): number | undefined {
  return entries === undefined ? undefined : cursor?.step;
}

function stepIn(found: Record<string, unknown>): Pick<Told, 'cursor' | 'entries' | 'answers'> {
  const { cursor: place, entries: list, answers: facts } = found;
  // A cursor is read as it is read from a URL, so that there is one place that knows its formats.
  const cursor =
    typeof place === 'object' ? readCursor(writeCursor(record(place) as unknown as Cursor)) : undefined;
  const entries = Array.isArray(list) ? list.flatMap(entryIn) : undefined;
  const answers = Object.entries(record(facts)).filter((pair): pair is [string, Answer] =>
    ['boolean', 'number'].includes(typeof pair[1]),
  );
  return {
    ...(cursor === undefined || cursor.step > mostSteps ? {} : { cursor }),
    ...(entries === undefined || entries.length === 0 ? {} : { entries }),
    answers: new Map(answers),
  };
}

function factsIn(found: Record<string, unknown>): Partial<Told> {
  const names = ['from', 'to', 'trouble', 'code', 'language', 'status', 'phase', 'agent'] as const;
  const { ahead } = found;
  return { ...textsIn(found, names), ...(typeof ahead === 'number' ? { ahead } : {}) };
}

function entryIn(value: unknown): ToldEntry[] {
  const found = record(value);
  const node = textIn(found, 'node');
  if (node === undefined) return [];
  const silent = found.silent === true ? { silent: true as const } : {};
  return [{ node, ...textsIn(found, ['key', 'exit', 'lost', 'end', 'fault'] as const), ...silent }];
}

function textsIn<Name extends string>(
  found: Record<string, unknown>,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const texts: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const text = textIn(found, name);
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}

function textIn(found: Record<string, unknown>, name: string): string | undefined {
  const value = Object.hasOwn(found, name) ? found[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
