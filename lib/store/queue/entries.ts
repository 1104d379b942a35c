import { randomUUID } from 'node:crypto';
import { defined } from '../../flow/defined.ts';
import { expiry, type Item, numberOf } from '../table/item.ts';
import { departureKey, entriesPk, entryKey, keyOf } from '../table/keys.ts';
import { changeIf, get, getAll, query, remove, type Table, takeAway } from '../table/table.ts';
import { type Departure, departureOf, readDeparture, writeDeparture } from './departures.ts';

/**
 * One stay of a caller in one queue. The first wait request of the stay creates it, later ones update it, and it is deleted when the
 * caller leaves.
 */
export interface QueueEntry {
  /** The sort key: the call, and the step that leads out of the queue (`CA…#7`). */
  readonly id: string;
  readonly callSid: string;
  readonly group: string;
  /** The number that the caller dialled. */
  readonly to: string;
  /** The cursor of the call, as the query of its URLs. */
  readonly cursor: string;
  /** When the wait began (ISO, UTC). */
  readonly since: string;
  /** The time of the last wait request (ISO, UTC). */
  readonly askedAt: string;
  /** The lease of the agent who is rung for the caller. It is certain only if the agent has this lease, too. */
  readonly ring?: string;
  /** Until then the ring counts although the agent may not have the lease yet (ISO, UTC). */
  readonly ringEndsAt?: string;
}

/** A wait request. */
export interface EntryRequest extends Pick<QueueEntry, 'callSid' | 'group' | 'to' | 'cursor'> {
  readonly step: number;
  /** How long the caller has waited, by the carrier's clock; `undefined` if it is not posted. */
  readonly waitedSeconds: number | undefined;
  /** Their position in the carrier's queue, from 1; `undefined` if it is not posted. */
  readonly position?: number | undefined;
}

/** The state of a stay at a wait request. */
export interface WaitState {
  /** The number of earlier wait requests in a row at which no agent could be rung because the carrier failed. */
  readonly unable: number;
  /** Whether this is the first wait request of the stay, or a repetition of it. */
  readonly first: boolean;
  /** When the wait began (ISO, UTC). */
  readonly since: string;
}

/** How long an entry is stored, in days. */
const keptDays = 1;

/** Creates or updates the entry of a waiting caller. Resolves with `undefined` if the caller has already left this queue. */
export async function keepEntry(table: Table, stay: EntryRequest, at: Date): Promise<WaitState | undefined> {
  const { callSid, step, group, to, cursor } = stay;
  const key = entryKey(callSid, step);
  const since = new Date(at.getTime() - (stay.waitedSeconds ?? 0) * 1000).toISOString();
  const waited = countOf(stay, at);
  // It tells only the few requests of one stay apart, and every dispatch pays for its length.
  const request = randomUUID().slice(0, 8);
  const write = {
    // The right-hand sides are the old values, and an update returns what it sets: `before` is the count of the previous request.
    change:
      'SET #askedAt = :at, #since = if_not_exists(#since, :since), #group = :group, #to = :to, #cursor = :cursor, ' +
      '#before = if_not_exists(#waited, :never), #waited = :waited, #first = if_not_exists(#first, :waited), ' +
      '#unable = if_not_exists(#unable, :none), #unableAt = if_not_exists(#unableAt, :never), ' +
      '#request = :request, #expiresAt = :expiresAt',
    // If a retry wrote again, it would take its own first write for the previous request.
    when: 'attribute_not_exists(#request) OR #request <> :request',
    values: {
      ...{ at: at.toISOString(), since, group, to, cursor, waited, request },
      ...{ never: -1, none: 0, expiresAt: expiry(at, keptDays) },
    },
  };
  const { item } = await changeIf(table, key, write, (found) => found?.request?.S === request);
  const before = numberOf(item ?? {}, 'before') ?? -1;
  const kept = { ...rowOf(item ?? {}, before, waited), since: item?.since?.S ?? since };
  // A caller who leaves writes the departure before the entry is deleted, so either this read sees the departure, or the deletion
  // sees this entry. Repetitions of the first request also look, because the first answer may have been interrupted before this.
  if (kept.first && (await readDeparture(table, callSid, step)) !== undefined) {
    await remove(table, key);
    return undefined;
  }
  return kept;
}

/** A number for a wait request, which increases during a stay: the seconds that the carrier posts, else those of our clock. */
function countOf({ waitedSeconds }: EntryRequest, at: Date): number {
  return waitedSeconds ?? Math.floor(at.getTime() / 1000);
}

function rowOf(item: Item, before: number, waited: number): Omit<WaitState, 'since'> {
  const first = before === -1 || numberOf(item, 'first') === waited;
  if (before === -1 || numberOf(item, 'unableAt') !== before) return { unable: 0, first };
  // A repeated request must not count twice.
  const again = before === waited ? 1 : 0;
  return { unable: (numberOf(item, 'unable') ?? 0) - again, first };
}

/** Records that no agent could be rung at a wait request because the carrier failed; `unable` is the number in a row. */
export async function noteUnable(table: Table, stay: EntryRequest, unable: number, at: Date): Promise<void> {
  const write = {
    change: 'SET #unable = :unable, #unableAt = :waited',
    when: 'attribute_exists(#pk)',
    values: { unable, waited: countOf(stay, at) },
  };
  await changeIf(table, entryKey(stay.callSid, stay.step), write, () => false);
}

/** An entry (consistent read); `undefined` if there is none. */
export async function readEntry(table: Table, id: string): Promise<QueueEntry | undefined> {
  const item = await get(table, { pk: entriesPk, sk: id });
  return item === undefined ? undefined : entryOf(item);
}

/** The attributes of an entry. The others are for wait requests only, and are half of the size that a dispatch would read. */
const entryFields = '#pk, #sk, #group, #to, #cursor, #since, #askedAt, #ring, #ringEndsAt, #goneAt';

/** The entries of all callers, or of one call. */
export async function listEntries(
  table: Table,
  callSid?: string,
  signal?: AbortSignal,
): Promise<QueueEntry[]> {
  const entries: QueueEntry[] = [];
  const start = callSid === undefined ? {} : { start: `${callSid}#` };
  const where = `#pk = :pk${callSid === undefined ? '' : ' AND begins_with(#sk, :start)'}`;
  const walk = { where, values: { pk: entriesPk, ...start }, project: entryFields };
  for await (const items of query(table, walk, signal)) {
    entries.push(...items.flatMap((item) => entryOf(item) ?? []));
  }
  return entries;
}

/**
 * Claims an entry for a ring. Resolves with `false` if the caller has left, or the entry's ring has changed since it was read. Until
 * `endsAt` the ring counts although the agent may not have the lease yet.
 */
export async function claimEntry(
  table: Table,
  entry: QueueEntry,
  lease: string,
  endsAt: Date,
): Promise<boolean> {
  const write = {
    change: 'SET #ring = :lease, #ringEndsAt = :endsAt',
    when: `attribute_exists(#pk) AND ${entry.ring === undefined ? 'attribute_not_exists(#ring)' : '#ring = :was'}`,
    values: { lease, endsAt: endsAt.toISOString(), was: entry.ring },
  };
  const isMine = (item: Item | undefined) => item?.ring?.S === lease;
  return (await changeIf(table, { pk: entriesPk, sk: entry.id }, write, isMine)).done;
}

/** Releases an entry that was claimed for a ring. */
export async function releaseEntry(table: Table, id: string, lease: string): Promise<void> {
  const write = { change: 'REMOVE #ring, #ringEndsAt', when: '#ring = :lease', values: { lease } };
  await changeIf(table, { pk: entriesPk, sk: id }, write, (item) => item?.ring?.S !== lease);
}

/** The fields of an entry that a departure copies; empty texts if there was no entry. */
export type KnownEntry = Pick<QueueEntry, 'id' | 'callSid' | 'group' | 'cursor' | 'since' | 'ring'>;

/**
 * Deletes an entry because its caller has left, after its departure is written. Resolves with the departure, including the ring for
 * the caller. Concurrent calls for one entry are safe.
 */
export async function removeEntry(table: Table, entry: KnownEntry, at: Date): Promise<Departure> {
  const { id, callSid, group, cursor, since, ring } = entry;
  const departure = { callSid, step: stepOfEntry(entry), group, cursor, since, leftAt: at.toISOString() };
  await writeDeparture(table, { ...departure, ...defined({ ring }) });
  // The entry may have been claimed for a ring since it was read.
  const last = (await takeAway(table, { pk: entriesPk, sk: id }))?.ring?.S ?? ring;
  return { ...departure, ...defined({ ring: last }) };
}

/** The entry and the departure of a stay. For a moment both can exist. */
export async function readEntryOrDeparture(
  table: Table,
  callSid: string,
  step: number,
): Promise<{ readonly entry?: QueueEntry | undefined; readonly departure?: Departure }> {
  const items = await getAll(table, [entryKey(callSid, step), departureKey(callSid, step)]);
  const item = items.find((each) => keyOf(each).pk === entriesPk);
  const mark = items.find((each) => keyOf(each).pk !== entriesPk);
  return {
    ...(item === undefined ? {} : { entry: entryOf(item) }),
    ...(mark === undefined ? {} : { departure: departureOf(mark) }),
  };
}

/** Deletes entries of callers who have sent no wait request for a long time. */
export async function removeEntries(table: Table, entries: readonly QueueEntry[]): Promise<void> {
  await Promise.all(entries.map(({ id }) => remove(table, { pk: entriesPk, sk: id })));
}

/** The step that leads out of an entry's queue. */
export function stepOfEntry({ id, callSid }: Pick<QueueEntry, 'id' | 'callSid'>): number {
  return Number(id.slice(callSid.length + 1));
}

/** The CallSid in an entry's id. */
export function callOfEntry(id: string): string {
  return id.slice(0, id.lastIndexOf('#'));
}

/** The entry in an item; `undefined` for one that the previous release marked as left. */
export function entryOf(item: Item): QueueEntry | undefined {
  if (item.goneAt !== undefined) return undefined;
  const id = keyOf(item).sk;
  const ring = item.ring?.S;
  const ringEndsAt = item.ringEndsAt?.S;
  return {
    id,
    callSid: callOfEntry(id),
    group: item.group?.S ?? '',
    to: item.to?.S ?? '',
    cursor: item.cursor?.S ?? '',
    since: item.since?.S ?? '',
    askedAt: item.askedAt?.S ?? '',
    ...defined({ ring, ringEndsAt }),
  };
}
