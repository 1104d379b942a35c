import { randomUUID } from 'node:crypto';
import { defined } from '../../flow/defined.ts';
import { expiry, type Item, numberOf } from '../table/item.ts';
import { departureKey, entriesPk, entryKey, keyOf } from '../table/keys.ts';
import { changeIf, get, getAll, query, remove, type Table, takeAway } from '../table/table.ts';
import { type Departure, departureOf, readDeparture, writeDeparture } from './departures.ts';

/**
 * Where a caller waits: one stay in one queue. It is made by the caller's first wait request that can be served, kept by the
 * later ones, and deleted when the caller has left.
 */
export interface QueueEntry {
  /** The sort key: the call and the step that leads out of the queue. */
  readonly id: string;
  readonly callSid: string;
  readonly group: string;
  /** The number that the caller dialled. */
  readonly to: string;
  /** Where the call stands, as the query of its URLs says it. */
  readonly cursor: string;
  /** Since when the caller waits. */
  readonly since: string;
  /** When the caller last asked for music. */
  readonly askedAt: string;
  /** The lease of the agent who is being rung for the caller; it is so for certain only where the agent's lease says so, too. */
  readonly ring?: string;
  /** Until then the ring counts without the agent's lease: it is about to be written. */
  readonly ringEndsAt?: string;
}

/** Who asks to wait, and where. */
export interface EntryRequest extends Pick<QueueEntry, 'callSid' | 'group' | 'to' | 'cursor'> {
  readonly step: number;
  /** How long the caller has waited, by the carrier's clock; `undefined` if it does not say. */
  readonly waitedSeconds: number | undefined;
  /** Their place in the carrier's queue, from 1; `undefined` if it does not say. */
  readonly position?: number | undefined;
}

/** What a kept entry is like. */
export interface WaitState {
  /** Wait requests in a row, up to the one before, at which the carrier could not ring anybody. */
  readonly unable: number;
  /** Whether this is the first wait request of the stay, or the same one again. */
  readonly first: boolean;
  /** Since when the caller waits (ISO, UTC). */
  readonly since: string;
}

/** How long the item of an entry is kept. */
const keptDays = 1;

/** Writes down that a caller waits. `undefined` if the caller has left this queue before. */
export async function keepEntry(table: Table, stay: EntryRequest, at: Date): Promise<WaitState | undefined> {
  const { callSid, step, group, to, cursor } = stay;
  const key = entryKey(callSid, step);
  const since = new Date(at.getTime() - (stay.waitedSeconds ?? 0) * 1000).toISOString();
  const waited = countOf(stay, at);
  const request = randomUUID();
  const write = {
    // The right sides are what stood there before. Whatever is set comes back, so `before` tells of the request before.
    change:
      'SET #askedAt = :at, #since = if_not_exists(#since, :since), #group = :group, #to = :to, #cursor = :cursor, ' +
      '#before = if_not_exists(#waited, :never), #waited = :waited, #first = if_not_exists(#first, :waited), ' +
      '#unable = if_not_exists(#unable, :none), #unableAt = if_not_exists(#unableAt, :never), ' +
      '#request = :request, #expiresAt = :expiresAt',
    // Written twice, it would take itself for the request before.
    when: 'attribute_not_exists(#request) OR #request <> :request',
    values: {
      ...{ at: at.toISOString(), since, group, to, cursor, waited, request },
      ...{ never: -1, none: 0, expiresAt: expiry(at, keptDays) },
    },
  };
  const { item } = await changeIf(table, key, write, (found) => found?.request?.S === request);
  const before = numberOf(item ?? {}, 'before') ?? -1;
  const kept = { ...rowOf(item ?? {}, before, waited), since: item?.since?.S ?? since };
  // Who has left since, or before, has marked it before deleting the entry: one of the two sees the other. The first request
  // may come twice, because whatever answered it died before it could look.
  if (kept.first && (await readDeparture(table, callSid, step)) !== undefined) {
    await remove(table, key);
    return undefined;
  }
  return kept;
}

/** What numbers the wait requests of a stay: the carrier's count of seconds, else our clock. */
function countOf({ waitedSeconds }: EntryRequest, at: Date): number {
  return waitedSeconds ?? Math.floor(at.getTime() / 1000);
}

function rowOf(item: Item, before: number, waited: number): Omit<WaitState, 'since'> {
  const first = before === -1 || numberOf(item, 'first') === waited;
  if (before === -1 || numberOf(item, 'unableAt') !== before) return { unable: 0, first };
  // A request that comes twice must not count twice.
  const again = before === waited ? 1 : 0;
  return { unable: (numberOf(item, 'unable') ?? 0) - again, first };
}

/** Notes that the carrier could not ring anybody at a wait request: at this many in a row by now. */
export async function noteUnable(table: Table, stay: EntryRequest, unable: number, at: Date): Promise<void> {
  const write = {
    change: 'SET #unable = :unable, #unableAt = :waited',
    when: 'attribute_exists(#pk)',
    values: { unable, waited: countOf(stay, at) },
  };
  await changeIf(table, entryKey(stay.callSid, stay.step), write, () => false);
}

/** An entry, as of now; `undefined` if its caller has left, or was never there. */
export async function readEntry(table: Table, id: string): Promise<QueueEntry | undefined> {
  const item = await get(table, { pk: entriesPk, sk: id });
  return item === undefined ? undefined : entryOf(item);
}

/** What of an item makes an entry. The rest is the wait requests' own, and half of what a match would have to take in. */
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
 * Takes an entry for a ring: false if its caller has left, or if another ring than the one that was read is there by now. The
 * ring counts without the agent's lease until it `endsAt`.
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

/** Lets go of an entry that was taken for a ring. */
export async function releaseEntry(table: Table, id: string, lease: string): Promise<void> {
  const write = { change: 'REMOVE #ring, #ringEndsAt', when: '#ring = :lease', values: { lease } };
  await changeIf(table, { pk: entriesPk, sk: id }, write, (item) => item?.ring?.S !== lease);
}

/** What a departure keeps of an entry; empty texts if the caller was never seen there. */
export type KnownEntry = Pick<QueueEntry, 'id' | 'callSid' | 'group' | 'cursor' | 'since' | 'ring'>;

/**
 * Takes an entry away because its caller has left: marks the departure, then deletes the entry. Answers the departure, with
 * the ring that was out for the caller, also if somebody else does the same.
 */
export async function removeEntry(table: Table, entry: KnownEntry, at: Date): Promise<Departure> {
  const { id, callSid, group, cursor, since, ring } = entry;
  const departure = { callSid, step: stepOfEntry(entry), group, cursor, since, leftAt: at.toISOString() };
  await writeDeparture(table, { ...departure, ...defined({ ring }) });
  // A ring may have come since the entry was read.
  const last = (await takeAway(table, { pk: entriesPk, sk: id }))?.ring?.S ?? ring;
  return { ...departure, ...defined({ ring: last }) };
}

/** What is known of a stay: the entry of a caller who waits, the mark of one who has left, neither, or for a moment both. */
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

/** Deletes entries whose callers were not heard of for long. */
export async function removeEntries(table: Table, entries: readonly QueueEntry[]): Promise<void> {
  await Promise.all(entries.map(({ id }) => remove(table, { pk: entriesPk, sk: id })));
}

/** The step that leads out of an entry's queue. */
export function stepOfEntry({ id, callSid }: Pick<QueueEntry, 'id' | 'callSid'>): number {
  return Number(id.slice(callSid.length + 1));
}

/** The call of an entry's id. */
export function callOfEntry(id: string): string {
  return id.slice(0, id.lastIndexOf('#'));
}

/** The entry of an item; `undefined` for one that the release before this one marked as left. */
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
