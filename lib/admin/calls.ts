import { heardAt } from '../engine/heard.ts';
import { Failure } from '../errors.ts';
import { apology } from '../flow/apology.ts';
import { defined } from '../flow/defined.ts';
import type { Call as Parties } from '../flow/events.ts';
import type { Flow } from '../flow/flow.ts';
import { clean } from '../flow/text.ts';
import type { Verb } from '../flow/verbs.ts';
import { type JournalEntry, type NodeEntry, stepNumberOf } from '../journal/read.ts';
import type { CallSummary } from '../journal/record.ts';
import { type CallFilter, fetchCalls as list, fetchCall as read, readLines } from '../store/calls/calls.ts';
import { fetchVersion } from '../store/flows/versions.ts';
import type { Page } from '../store/table/page.ts';
import type { Table } from '../store/table/table.ts';
import type { Admin } from './admin.ts';
import { isDay, wrong } from './input.ts';

/** A text that was spoken to a caller, or an audio of the library that was played. */
export type Heard = { readonly text: string } | { readonly audio: string };

/** What happened at one node of a call. */
export interface CallStep {
  readonly at: string;
  /** Empty if the call reached no node. */
  readonly node: string;
  /** The flow of the node and its version, if they differ from those that the call began with. */
  readonly flow?: string;
  readonly version?: number;
  /** In the order in which playing began; a key may have interrupted it. Left out if it is no longer known. */
  readonly heard?: readonly Heard[];
  /** `?` if it is not a phone key. */
  readonly key?: string;
  /** No key came. */
  readonly silent?: true;
  /** The number of keys that were typed, if the keys themselves are not stored. */
  readonly digits?: number;
  /** The staff number of the agent whom the caller was connected with. */
  readonly agent?: string;
  readonly exit?: string;
  /** Why the caller was not put through. */
  readonly lost?: string;
  /** A message of the caller was kept. */
  readonly kept?: true;
  /** A schedule or a service gave no usable answer: the schedule counted as open, the request as failed. */
  readonly assumed?: true;
  /** The call's memory could not be opened: its variables were unset from here on. */
  readonly forgot?: true;
  /** The variables that were not set because there was no room for their values. */
  readonly unset?: readonly string[];
  /** What went wrong on our side: the caller heard the apology. */
  readonly fault?: string;
}

/** A call with its steps. */
export interface CallRecord extends CallSummary {
  readonly steps: readonly CallStep[];
}

/**
 * Calls, newest first. `since` (inclusive) and `until` (exclusive) are ISO 8601 times; a date alone means 00:00 UTC. A page may have
 * fewer entries than asked for, with more pages after it. Throws `bad-input`.
 */
export async function listCalls({ table }: Admin, wanted: CallFilter = {}): Promise<Page<CallSummary>> {
  refuseHalf(wanted);
  return await list(table, { ...wanted, ...readSpan(wanted) });
}

/** Filters that need another filter. */
const halves = [
  ['node', 'flow'],
  ['version', 'flow'],
  ['exit', 'node'],
  ['ended', 'node'],
] as const;

function refuseHalf(wanted: CallFilter): void {
  for (const [field, of] of halves) {
    if (wanted[field] === undefined || wanted[of] !== undefined) continue;
    const message = `\`${field}\` is of a ${of}: name its \`${of}\`, too.`;
    throw new Failure('bad-input', message, [{ rule: `missing-${of}`, severity: 'error', field, message }]);
  }
}

/** A call, step by step. What was heard is rebuilt from the versions that it used. Throws `call-missing`. */
export async function readCall({ table }: Admin, callSid: string): Promise<CallRecord> {
  const call = await read(table, callSid);
  if (call === undefined) throw new Failure('call-missing', `There is no record of a call "${callSid}".`);
  const { entries } = await readLines(table, callSid);
  const flows = await versionsOf(table, call, entries);
  return {
    ...call,
    steps: entries.flatMap((line, place) => stepsOf(call, flows, line, entries.slice(0, place))),
  };
}

/** The versions that a call used, as far as they are still stored. */
type Versions = ReadonlyMap<string, Flow | undefined>;

async function versionsOf(
  table: Table,
  call: CallSummary,
  lines: readonly JournalEntry[],
): Promise<Versions> {
  const entries = lines.flatMap((line) => line.entries ?? []);
  const named = new Map(entries.map((entry) => [versionKey(call, entry), versionIn(call, entry)]));
  return new Map(
    await Promise.all(
      Array.from(named, async ([key, { flow, version }]) => {
        const isKnown = flow !== undefined && version !== undefined;
        return [key, isKnown ? await fetchVersion(table, flow, version) : undefined] as const;
      }),
    ),
  );
}

function versionIn(call: CallSummary, entry: NodeEntry): Pick<CallSummary, 'flow' | 'version'> {
  return entry.flow === undefined ? call : entry;
}

function versionKey(call: CallSummary, entry: NodeEntry): string {
  const { flow, version } = versionIn(call, entry);
  return `${flow} ${version}`;
}

function stepsOf(
  call: CallSummary,
  flows: Versions,
  line: JournalEntry,
  before: readonly JournalEntry[],
): CallStep[] {
  const { at, cursor, entries = [], trouble, language = cursor?.language, agent } = line;
  if (trouble !== undefined) {
    const heard = language === undefined ? {} : { heard: heardIn(apology(language)) };
    return [{ at, node: cursor?.node ?? '', ...heard, fault: trouble }];
  }
  const connected = agent === undefined ? {} : { agent };
  // Nothing was heard in the queue, or the format before this one did not tell what.
  if (entries.length === 0 && line.phase !== undefined && (agent ?? line.ahead) !== undefined) {
    return [{ at, node: nodeBefore(before), ...connected }];
  }
  const [first, ...rest] = entries.map((entry) => ({ at, ...stepOfEntry(call, flows, entry), ...connected }));
  if (first === undefined) return [];
  return [line.forgot === true ? { ...first, forgot: true } : first, ...rest];
}

function stepOfEntry(call: CallSummary, flows: Versions, entry: NodeEntry): Omit<CallStep, 'at'> {
  const { flow, version, node, key, digits, silent, exit, lost, kept, assumed, unset, fault } = entry;
  const sounds = heardAt(flows.get(versionKey(call, entry)), entry, partiesOf(call));
  const elsewhere =
    flow !== undefined && version !== undefined && (flow !== call.flow || version !== call.version);
  return {
    node,
    ...(elsewhere ? { flow, version } : {}),
    ...(sounds === undefined ? {} : { heard: heardIn(sounds) }),
    ...defined({ key, digits, silent, exit, lost, kept, assumed, unset, fault }),
  };
}

/** The node of the step that led into the queue. */
function nodeBefore(lines: readonly JournalEntry[]): string {
  return lines.findLast((line) => stepNumberOf(line) !== undefined)?.entries?.at(-1)?.node ?? '';
}

function partiesOf({ callSid, from = '', to = '' }: CallSummary): Parties {
  return { callSid, from, to };
}

function heardIn(verbs: readonly Verb[]): Heard[] {
  return verbs.flatMap((verb): Heard[] => {
    if (verb.verb === 'play') return [{ audio: verb.audio }];
    if (verb.verb !== 'say') return [];
    const text = clean(verb.text);
    return text.trim() === '' ? [] : [{ text }];
  });
}

// With its zone: without one it would be another time on every machine.
const iso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** A span of time in ISO 8601, which may be open at either end. */
export interface Span {
  readonly since?: string;
  readonly until?: string;
}

/** A span as the store compares it. Throws `bad-input` if a time is malformed, or if no time lies between the two. */
export function readSpan({ since, until }: Span): Span {
  const from = since === undefined ? undefined : readTime('since', since);
  const to = until === undefined ? undefined : readTime('until', until);
  if (from !== undefined && to !== undefined && from >= to)
    throw wrong('until', 'must be later than `since`');
  return defined({ since: from, until: to });
}

/**
 * Reads a time with its zone, or a date, which means 00:00 UTC; returns ISO 8601 in UTC. Throws `bad-input` with the name of the field.
 */
export function readTime(name: string, text: string): string {
  const time = new Date(text);
  if (!iso.test(text) || !isDay(text.slice(0, 10)) || Number.isNaN(time.getTime())) {
    throw wrong(name, 'must be a time such as 2026-01-31 or 2026-01-31T09:30:00Z');
  }
  return time.toISOString();
}
