import { type ApologyLanguage, apologyLanguage } from '../flow/apology.ts';
import { type Cursor, readCursor } from '../flow/cursor.ts';
import { defined } from '../flow/defined.ts';
import { callSidPattern, type WaitsFor, waitKinds } from '../flow/events.ts';
import type { Values } from '../flow/text.ts';

/** One node in a log line. Fields that format 1 lacks are left out. */
export interface NodeEntry {
  readonly flow?: string;
  readonly version?: number;
  readonly node: string;
  /** The key that was pressed; `?` if it is not a phone key. */
  readonly key?: string;
  /** The number of keys that were pressed, if the keys themselves are not stored. */
  readonly digits?: number;
  readonly silent?: true;
  readonly exit?: string;
  /** The reason why the caller was not put through. */
  readonly lost?: string;
  /** The caller's message was stored. */
  readonly kept?: true;
  /** A fact could not be had, and what holds then was taken for it. */
  readonly assumed?: true;
  readonly end?: string;
  readonly fault?: string;
  readonly waits?: WaitsFor;
  readonly language?: string;
  /** The settings whose prompts were heard. */
  readonly heard?: readonly string[];
  /** The values that only the node knew, for variables that those prompts name. */
  readonly values?: Values;
  /** The variables that were not set because there was no room for their values. */
  readonly unset?: readonly string[];
  readonly goodbye?: ApologyLanguage;
}

/** The content of a log line. Unknown fields are ignored, because another release may have written it. */
export interface JournalEntry {
  readonly at: string;
  readonly callSid: string;
  readonly from?: string;
  readonly to?: string;
  /** The cursor before the step. */
  readonly cursor?: Cursor;
  /** The cursors before and after the step as they are written; format 1 has neither. */
  readonly place?: string;
  readonly next?: string;
  /** The nodes of the step; without a cursor, those of what was heard in the queue. */
  readonly entries?: readonly NodeEntry[];
  /** The memory of the call could not be decrypted. */
  readonly forgot?: true;
  readonly trouble?: string;
  readonly code?: string;
  readonly language?: string;
  readonly status?: string;
  /** The state of a queued caller: `waiting`, `ringing` or `talking`. */
  readonly phase?: string;
  /** The number of callers ahead, as announced to the caller. */
  readonly ahead?: number;
  /** The staff number of the agent who is connected with the caller. */
  readonly agent?: string;
  /** The id of the recording of a voicemail. */
  readonly recording?: string;
  /** The staff number of an agent who missed a ring for the caller, and the id of the lease. */
  readonly missed?: string;
  readonly ring?: string;
}

/** A log line and its content. */
export interface FiledLine {
  readonly text: string;
  readonly entry: JournalEntry;
}

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** A cursor with a higher step number is ignored: no call takes that many steps. */
const mostSteps = 9999;

/** Reads a log line; `undefined` if it is not a journal line, is cut off, or has no valid time or CallSid. */
export function readLine(text: string): FiledLine | undefined {
  const found = record(parsed(text));
  const at = textIn(found, 'at');
  const callSid = textIn(found, 'callSid');
  if (typeof found.journal !== 'number' || at === undefined || callSid === undefined) return undefined;
  if (!time.test(at) || Number.isNaN(Date.parse(at)) || !callSidPattern.test(callSid)) return undefined;
  return { text: text.trim(), entry: { at, callSid, ...stepIn(found), ...factsIn(found) } };
}

/** The number of the step in a line; `undefined` if the line is not about a step. */
export function stepNumberOf({ cursor, entries }: JournalEntry): number | undefined {
  return entries === undefined ? undefined : cursor?.step;
}

function stepIn(found: Record<string, unknown>): Pick<JournalEntry, 'cursor' | 'place' | 'next' | 'entries'> {
  const { cursor: where, entries: list } = found;
  // Format 1 has the cursor as an object. It is converted to a query, so that only `readCursor` knows the formats of cursors.
  const cursor = readCursor(typeof where === 'string' ? where : formerCursor(record(where)));
  const entries = Array.isArray(list) ? list.flatMap(entryIn) : [];
  const next = textIn(found, 'next');
  return {
    ...(cursor === undefined || cursor.step > mostSteps ? {} : { cursor }),
    ...(typeof where === 'string' ? { place: where } : {}),
    ...defined({ next }),
    ...(entries.length === 0 ? {} : { entries: isQueued(found) ? asQueued(entries) : entries }),
  };
}

/** A cursor of format 1 as a query. */
function formerCursor(fields: Record<string, unknown>): string {
  const query = Object.entries(fields).map(([name, value]): [string, string] => [
    name,
    value === true ? '1' : String(value),
  ]);
  return new URLSearchParams([['cursor', '1'], ...query]).toString();
}

/** Whether a line of format 1 says that the caller was put into a queue: an agent was online. */
function isQueued({ answers }: Record<string, unknown>): boolean {
  return Object.entries(record(answers)).some(
    ([ask, answer]) => ask.startsWith('online ') && answer === true,
  );
}

function asQueued(entries: readonly NodeEntry[]): NodeEntry[] {
  return entries.map((entry, place) => {
    const stays = place === entries.length - 1 && entry.exit === undefined && entry.end === undefined;
    return stays ? { ...entry, waits: 'queue' } : entry;
  });
}

function factsIn(found: Record<string, unknown>): Partial<JournalEntry> {
  const names = [
    'from',
    'to',
    'trouble',
    'code',
    'language',
    'status',
    'phase',
    'agent',
    'recording',
    'missed',
    'ring',
  ] as const;
  const { ahead, forgot } = found;
  return {
    ...textsIn(found, names),
    ...(typeof ahead === 'number' ? { ahead } : {}),
    ...(forgot === true ? { forgot } : {}),
  };
}

function entryIn(value: unknown): NodeEntry[] {
  const found = record(value);
  const node = textIn(found, 'node');
  if (node === undefined) return [];
  const names = ['flow', 'key', 'exit', 'lost', 'end', 'fault', 'language'] as const;
  const { version, heard, unset, values } = found;
  const waitsFor = waitKinds.find((each) => each === found.waits);
  return [
    {
      node,
      ...textsIn(found, names),
      ...(typeof found.digits === 'number' ? { digits: found.digits } : {}),
      ...(found.silent === true ? { silent: true } : {}),
      ...(found.kept === true ? { kept: true } : {}),
      ...(found.assumed === true ? { assumed: true } : {}),
      ...(typeof found.goodbye === 'string' ? { goodbye: apologyLanguage(found.goodbye) } : {}),
      ...(typeof version === 'number' ? { version } : {}),
      ...defined({ waits: waitsFor }),
      ...(Array.isArray(heard) ? { heard: textsOf(heard) } : {}),
      ...(Array.isArray(unset) ? { unset: textsOf(unset) } : {}),
      ...(values === undefined ? {} : { values: valuesIn(record(values)) }),
    },
  ];
}

function textsOf(list: readonly unknown[]): string[] {
  return list.filter((each) => typeof each === 'string');
}

function valuesIn(found: Record<string, unknown>): Values {
  return Object.fromEntries(
    Object.entries(found).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
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
