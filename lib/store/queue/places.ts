import { randomUUID } from 'node:crypto';
import { expiry, type Item, numberOf } from '../table/item.ts';
import { departureKey, keyOf, placeKey, placesPk } from '../table/keys.ts';
import { changeIf, get, getAll, query, remove, type Table, takeAway } from '../table/table.ts';
import { type Departure, departureOf, readDeparture, writeDeparture } from './departures.ts';

/**
 * Where a caller waits: one stay in one queue. It is made by the caller's first wait request that can be served, kept by the
 * later ones, and deleted when the caller has left.
 */
export interface Place {
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
export interface Stay extends Pick<Place, 'callSid' | 'group' | 'to' | 'cursor'> {
  readonly step: number;
  /** How long the caller has waited, by the carrier's clock; `undefined` if it does not say. */
  readonly waitedSeconds: number | undefined;
}

/** What a kept place is like. */
export interface Kept {
  /** Wait requests in a row, up to the one before, at which the carrier could not ring anybody. */
  readonly unable: number;
  /** Whether this is the first wait request of the stay, or the same one again. */
  readonly first: boolean;
  /** Since when the caller waits (ISO, UTC). */
  readonly since: string;
}

/** How long the item of a place is kept. */
const keptDays = 1;

/** Writes down that a caller waits. `undefined` if the caller has left this queue before. */
export async function keepPlace(table: Table, stay: Stay, at: Date): Promise<Kept | undefined> {
  const { callSid, step, group, to, cursor } = stay;
  const key = placeKey(callSid, step);
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
  // Who has left since, or before, has marked it before deleting the place: one of the two sees the other. The first request
  // may come twice, because whatever answered it died before it could look.
  if (kept.first && (await readDeparture(table, callSid, step)) !== undefined) {
    await remove(table, key);
    return undefined;
  }
  return kept;
}

/** What numbers the wait requests of a stay: the carrier's count of seconds, else our clock. */
function countOf({ waitedSeconds }: Stay, at: Date): number {
  return waitedSeconds ?? Math.floor(at.getTime() / 1000);
}

function rowOf(item: Item, before: number, waited: number): Omit<Kept, 'since'> {
  const first = before === -1 || numberOf(item, 'first') === waited;
  if (before === -1 || numberOf(item, 'unableAt') !== before) return { unable: 0, first };
  // A request that comes twice must not count twice.
  const again = before === waited ? 1 : 0;
  return { unable: (numberOf(item, 'unable') ?? 0) - again, first };
}

/** Notes that the carrier could not ring anybody at a wait request: by now at so many in a row. */
export async function noteUnable(table: Table, stay: Stay, unable: number, at: Date): Promise<void> {
  const write = {
    change: 'SET #unable = :unable, #unableAt = :waited',
    when: 'attribute_exists(#pk)',
    values: { unable, waited: countOf(stay, at) },
  };
  await changeIf(table, placeKey(stay.callSid, stay.step), write, () => false);
}

/** A place, as of now; `undefined` if its caller has left, or was never there. */
export async function readPlace(table: Table, id: string): Promise<Place | undefined> {
  const item = await get(table, { pk: placesPk, sk: id });
  return item === undefined ? undefined : placeOf(item);
}

/** The places of all callers, or of one call. */
export async function listPlaces(table: Table, callSid?: string, signal?: AbortSignal): Promise<Place[]> {
  const places: Place[] = [];
  const start = callSid === undefined ? {} : { start: `${callSid}#` };
  const where = `#pk = :pk${callSid === undefined ? '' : ' AND begins_with(#sk, :start)'}`;
  for await (const items of query(table, { where, values: { pk: placesPk, ...start } }, signal)) {
    places.push(...items.flatMap((item) => placeOf(item) ?? []));
  }
  return places;
}

/**
 * Takes a place for a ring: false if its caller has left, or if another ring than the one that was read is there by now. The
 * ring counts without the agent's lease until it `endsAt`.
 */
export async function ringPlace(table: Table, place: Place, lease: string, endsAt: Date): Promise<boolean> {
  const write = {
    change: 'SET #ring = :lease, #ringEndsAt = :endsAt',
    when: `attribute_exists(#pk) AND ${place.ring === undefined ? 'attribute_not_exists(#ring)' : '#ring = :was'}`,
    values: { lease, endsAt: endsAt.toISOString(), was: place.ring },
  };
  const isMine = (item: Item | undefined) => item?.ring?.S === lease;
  return (await changeIf(table, { pk: placesPk, sk: place.id }, write, isMine)).done;
}

/** Lets go of a place that was taken for a ring. */
export async function unringPlace(table: Table, id: string, lease: string): Promise<void> {
  const write = { change: 'REMOVE #ring, #ringEndsAt', when: '#ring = :lease', values: { lease } };
  await changeIf(table, { pk: placesPk, sk: id }, write, (item) => item?.ring?.S !== lease);
}

/** What a departure keeps of a place; empty texts if the caller was never seen there. */
export type Seen = Pick<Place, 'id' | 'callSid' | 'group' | 'cursor' | 'since' | 'ring'>;

/**
 * Takes a place away because its caller has left: marks the departure, then deletes the place. Answers the departure, with
 * the ring that was out for the caller, also if somebody else does the same.
 */
export async function leavePlace(table: Table, place: Seen, at: Date): Promise<Departure> {
  const { id, callSid, group, cursor, since, ring } = place;
  const departure = { callSid, step: stepOf(place), group, cursor, since, leftAt: at.toISOString() };
  await writeDeparture(table, { ...departure, ...(ring === undefined ? {} : { ring }) });
  // A ring may have come since the place was read.
  const last = (await takeAway(table, { pk: placesPk, sk: id }))?.ring?.S ?? ring;
  return { ...departure, ...(last === undefined ? {} : { ring: last }) };
}

/** What is known of a stay: the place of a caller who waits, the mark of one who has left, neither, or for a moment both. */
export async function readStay(
  table: Table,
  callSid: string,
  step: number,
): Promise<{ readonly place?: Place | undefined; readonly departure?: Departure }> {
  const items = await getAll(table, [placeKey(callSid, step), departureKey(callSid, step)]);
  const item = items.find((each) => keyOf(each).pk === placesPk);
  const mark = items.find((each) => keyOf(each).pk !== placesPk);
  return {
    ...(item === undefined ? {} : { place: placeOf(item) }),
    ...(mark === undefined ? {} : { departure: departureOf(mark) }),
  };
}

/** Deletes places whose callers were not heard of for long. */
export async function removePlaces(table: Table, places: readonly Place[]): Promise<void> {
  await Promise.all(places.map(({ id }) => remove(table, { pk: placesPk, sk: id })));
}

/** The step that leads out of a place's queue. */
export function stepOf({ id, callSid }: Pick<Place, 'id' | 'callSid'>): number {
  return Number(id.slice(callSid.length + 1));
}

/** The place of an item; `undefined` for one that the release before this one marked as left. */
export function placeOf(item: Item): Place | undefined {
  if (item.goneAt !== undefined) return undefined;
  const id = keyOf(item).sk;
  const ring = item.ring?.S;
  const ringEndsAt = item.ringEndsAt?.S;
  return {
    id,
    callSid: id.slice(0, id.lastIndexOf('#')),
    group: item.group?.S ?? '',
    to: item.to?.S ?? '',
    cursor: item.cursor?.S ?? '',
    since: item.since?.S ?? '',
    askedAt: item.askedAt?.S ?? '',
    ...(ring === undefined ? {} : { ring }),
    ...(ringEndsAt === undefined ? {} : { ringEndsAt }),
  };
}
