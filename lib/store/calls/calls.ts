import { createHash } from 'node:crypto';
import { defined } from '../../flow/defined.ts';
import type { Passage } from '../../journal/passage.ts';
import { type FiledLine, type JournalEntry, readLine, stepNumberOf } from '../../journal/read.ts';
import { type CallEndReason, type CallSummary, callEndReasons } from '../../journal/record.ts';
import { expiry, type Item, numberOf, textOf, toItem } from '../table/item.ts';
import {
  callKey,
  callPk,
  callPlace,
  callsList,
  callsListKey,
  callsListKeys,
  keyOf,
  lineKey,
} from '../table/keys.ts';
import { inLanes } from '../table/lanes.ts';
import { newest } from '../table/newest.ts';
import type { Listing, Page, Paging } from '../table/page.ts';
import { get, putAll, putIf, query, remove, type Table } from '../table/table.ts';
import { isAddress } from './party.ts';
import { hasPassed, type PassageFilter, passageRow } from './passages.ts';

/** The stored log lines of a call. */
export interface Lines {
  /** One line for each step, in order of time. If a step has several lines: the one that the next step continues, else the first. */
  readonly entries: readonly JournalEntry[];
  /** The number of stored lines. It never decreases. */
  readonly count: number;
}

/** Stores log lines; they expire `retainDays` days after their time. A line that is stored twice exists once. */
export async function keepLines(
  table: Table,
  lines: readonly FiledLine[],
  retainDays: number,
): Promise<void> {
  const items = new Map<string, Item>();
  for (const { text, entry } of lines) {
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const key = lineKey(entry.callSid, stepNumberOf(entry), entry.at, digest);
    const expiresAt = expiry(new Date(entry.at), retainDays);
    items.set(`${key.pk} ${key.sk}`, toItem({ ...key, line: text, expiresAt }));
  }
  await putAll(table, [...items.values()]);
}

/** Reads the lines of a call (consistent read). */
export async function readLines(table: Table, callSid: string): Promise<Lines> {
  const kept: string[] = [];
  for await (const items of query(table, { where: '#pk = :pk', values: { pk: callPk(callSid) } })) {
    kept.push(...items.flatMap((item) => item.line?.S ?? []));
  }
  const told = counting(kept.flatMap((text) => readLine(text)?.entry ?? []));
  return { entries: told.sort((one, other) => compare(one.at, other.at)), count: kept.length };
}

/** One line for each step: a webhook that came twice may have brought different keys. */
function counting(lines: readonly JournalEntry[]): JournalEntry[] {
  const bySteps = Map.groupBy(lines, stepNumberOf);
  const steps = [...bySteps.keys()].filter((step) => step !== undefined).sort((one, other) => other - one);
  const counted = new Set<JournalEntry>();
  let later: JournalEntry | undefined;
  for (const step of steps) {
    const told = bySteps.get(step) ?? [];
    later = told.find(({ next }) => next !== undefined && next === later?.place) ?? told[0];
    if (later !== undefined) counted.add(later);
  }
  return lines.filter((line) => stepNumberOf(line) === undefined || counted.has(line));
}

/** What a record was made from. */
export interface CallMaking {
  /** The number of lines. */
  readonly lines: number;
  /** When the record expires, in seconds since 1970. */
  readonly expiresAt: number;
  readonly passage: Passage;
}

/**
 * Writes the record of a call, unless the stored one was made from more lines. Lines are only ever added, so a record from more
 * lines is more complete.
 */
export async function writeCall(
  table: Table,
  call: CallSummary,
  { lines, expiresAt, passage }: CallMaking,
): Promise<void> {
  const { callSid, missing, ...row } = call;
  const place = callPlace(call.startedAt, callSid);
  const whole = {
    ...row,
    callSid,
    missing: missing.join(' ') || undefined,
    ...passageRow(passage),
    list: callsListKey(callSid),
    place,
    lines,
    expiresAt,
  };
  const when = 'attribute_not_exists(#pk) OR #lines <= :lines';
  await putIf(table, callKey(callSid), { row: whole, when, values: { lines } }, () => false);
}

/** The record of a call; `undefined` if there is none. */
export async function fetchCall(table: Table, callSid: string): Promise<CallSummary | undefined> {
  const item = await get(table, callKey(callSid));
  return item === undefined ? undefined : callOf(item);
}

/** Deletes a call: its record and its lines. */
export async function removeCall(table: Table, callSid: string): Promise<void> {
  for await (const items of query(table, { where: '#pk = :pk', values: { pk: callPk(callSid) } })) {
    await inLanes(items.map(keyOf), removers, (key) => remove(table, key));
  }
}

/** How many items are deleted concurrently. */
const removers = 8;

/** Filters of a list of calls, all optional. */
export interface CallFilter extends Paging, PassageFilter {
  /** The caller's or the called address: see `isAddress`. */
  readonly number?: string;
  /** The caller's address. */
  readonly from?: string;
  readonly endReason?: CallEndReason;
  /** The start of the call is at or after `since`, and before `until` (ISO, UTC). */
  readonly since?: string;
  readonly until?: string;
}

/**
 * A page of calls, newest first. The list may be some seconds late. With filters a page may have fewer entries than `limit`, even
 * none, although more follow. Throws `cursor-foreign`.
 */
export async function fetchCalls(table: Table, wanted: CallFilter = {}): Promise<Page<CallSummary>> {
  const { limit, since, until, after, ...filter } = wanted;
  const filtered = Object.values(filter).some((each) => each !== undefined);
  return await newest(table, {
    ...{ list, keys: callsListKeys, read: callOf, since, until },
    ...defined({ limit, after }),
    fits: filtered ? (item) => fits(filter, item) : undefined,
  });
}

const list: Listing = {
  name: callsList,
  place: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[A-Za-z0-9:_.-]{1,128}$/,
};

function fits({ number, from, endReason, ...passed }: CallFilter, item: Item): boolean {
  if (from !== undefined && !isAddress(from, item.from?.S)) return false;
  if (endReason !== undefined && item.endReason?.S !== endReason) return false;
  if (number !== undefined && ![item.from, item.to].some((each) => isAddress(number, each?.S))) return false;
  return hasPassed(item, passed);
}

function callOf(item: Item): CallSummary {
  const version = numberOf(item, 'version');
  const reason = callEndReasons.find((each) => each === item.endReason?.S);
  const texts = Object.fromEntries(
    (['from', 'to', 'flow', 'endedAt'] as const).flatMap((name) => {
      const text = item[name]?.S;
      return text === undefined ? [] : [[name, text]];
    }),
  );
  return {
    callSid: textOf(item, 'callSid'),
    startedAt: textOf(item, 'startedAt'),
    ...texts,
    ...defined({ version, endReason: reason }),
    missing: (item.missing?.S ?? '').split(' ').filter(Boolean).map(Number),
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
