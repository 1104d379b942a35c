import { expiry, type Item, numberOf } from './item.ts';
import { keyOf, placeKey, placesPk } from './keys.ts';
import { get, isRefused, query, remove, type Table, update } from './table.ts';

/**
 * Where a caller waits: one stay in one queue. It is made by the caller's first wait request that can be served and kept by
 * the later ones. It is marked when the caller has left, not deleted, so that a late request cannot revive it.
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
  readonly goneAt?: string;
}

/** Who asks to wait, and where. */
export interface Stay extends Pick<Place, 'callSid' | 'group' | 'to' | 'cursor'> {
  readonly step: number;
  /** How long the caller has waited, by the carrier's clock. */
  readonly waitedSeconds: number;
}

/** What a kept place is like. */
export interface Kept {
  /** Wait requests in a row, up to the one before, at which the carrier could not ring anybody. */
  readonly unable: number;
}

/** How long the item of a place is kept. */
const keptDays = 1;

/** Writes down that a caller waits. Undefined where the caller has left this queue before. */
export async function keepPlace(table: Table, stay: Stay, at: Date): Promise<Kept | undefined> {
  const { callSid, step, group, to, cursor, waitedSeconds } = stay;
  const since = new Date(at.getTime() - waitedSeconds * 1000).toISOString();
  try {
    const item = await update(table, placeKey(callSid, step), {
      // The right sides are what stood there before. Whatever is set comes back, so `before` tells of the request before.
      change:
        'SET #askedAt = :at, #since = if_not_exists(#since, :since), #group = :group, #to = :to, #cursor = :cursor, ' +
        '#before = if_not_exists(#waited, :never), #waited = :waited, #expiresAt = :expiresAt, ' +
        '#unable = if_not_exists(#unable, :none), #unableAt = if_not_exists(#unableAt, :never)',
      when: 'attribute_not_exists(#goneAt)',
      values: {
        ...{ at: at.toISOString(), since, group, to, cursor, waited: waitedSeconds },
        ...{ never: -1, none: 0, expiresAt: expiry(at, keptDays) },
      },
    });
    const before = numberOf(item, 'before') ?? -1;
    if (before === -1 || numberOf(item, 'unableAt') !== before) return { unable: 0 };
    // A request that comes twice must not count twice.
    const again = before === waitedSeconds ? 1 : 0;
    return { unable: (numberOf(item, 'unable') ?? 0) - again };
  } catch (error) {
    if (isRefused(error)) return undefined;
    throw error;
  }
}

/** Notes that the carrier could not ring anybody at a wait request: by now at so many in a row. */
export async function noteUnable(table: Table, stay: Stay, unable: number): Promise<void> {
  try {
    await update(table, placeKey(stay.callSid, stay.step), {
      change: 'SET #unable = :unable, #unableAt = :waited',
      when: 'attribute_exists(#pk)',
      values: { unable, waited: stay.waitedSeconds },
    });
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}

/** A caller's stay that has ended: whether it had not ended before, and the ring that was out for them. */
export interface Left {
  readonly anew: boolean;
  readonly ring?: string;
}

/** Marks that a caller has left a queue, even one they were never seen in. */
export async function markGone(table: Table, callSid: string, step: number, at: Date): Promise<Left> {
  try {
    const item = await update(table, placeKey(callSid, step), {
      change: 'SET #goneAt = :at, #expiresAt = :expiresAt, #ring = if_not_exists(#ring, :none)',
      when: 'attribute_not_exists(#goneAt)',
      values: { at: at.toISOString(), expiresAt: expiry(at, keptDays), none: '' },
    });
    return { anew: true, ...ringIn(item) };
  } catch (error) {
    if (isRefused(error)) return { anew: false };
    throw error;
  }
}

/** A place, as of now; undefined where there is none. */
export async function readPlace(table: Table, id: string): Promise<Place | undefined> {
  const item = await get(table, { pk: placesPk, sk: id });
  return item === undefined ? undefined : placeOf(item);
}

/** Every place there is, those that were left, too; of one call where one is given. */
export async function listPlaces(table: Table, callSid?: string, signal?: AbortSignal): Promise<Place[]> {
  const places: Place[] = [];
  const start = callSid === undefined ? {} : { start: `${callSid}#` };
  const where = `#pk = :pk${callSid === undefined ? '' : ' AND begins_with(#sk, :start)'}`;
  for await (const items of query(table, { where, values: { pk: placesPk, ...start } }, signal)) {
    places.push(...items.map(placeOf));
  }
  return places;
}

/**
 * Takes a place for a ring: false where its caller has left, or where another ring than the one that was read is there by
 * now. The ring counts without the agent's lease until it `endsAt`.
 */
export async function ringPlace(table: Table, place: Place, lease: string, endsAt: Date): Promise<boolean> {
  try {
    await update(
      table,
      { pk: placesPk, sk: place.id },
      {
        change: 'SET #ring = :lease, #ringEndsAt = :endsAt',
        when: `attribute_exists(#pk) AND attribute_not_exists(#goneAt) AND ${place.ring === undefined ? 'attribute_not_exists(#ring)' : '#ring = :was'}`,
        values: { lease, endsAt: endsAt.toISOString(), was: place.ring },
      },
    );
    return true;
  } catch (error) {
    if (!isRefused(error)) throw error;
    // An attempt that was made anew after its answer got lost is refused by its own success.
    return (await readPlace(table, place.id))?.ring === lease;
  }
}

/** Lets go of a place that was taken for a ring. One whose caller has left keeps it, to tell that an agent was rung. */
export async function unringPlace(table: Table, id: string, lease: string): Promise<void> {
  try {
    await update(
      table,
      { pk: placesPk, sk: id },
      {
        change: 'REMOVE #ring, #ringEndsAt',
        when: '#ring = :lease AND attribute_not_exists(#goneAt)',
        values: { lease },
      },
    );
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}

/** Deletes places for good. */
export async function removePlaces(table: Table, places: readonly Place[]): Promise<void> {
  await Promise.all(places.map(({ id }) => remove(table, { pk: placesPk, sk: id })));
}

/** The step that leads out of a place's queue. */
export function stepOf({ id, callSid }: Place): number {
  return Number(id.slice(callSid.length + 1));
}

function placeOf(item: Item): Place {
  const id = keyOf(item).sk;
  const ringEndsAt = item.ringEndsAt?.S;
  const goneAt = item.goneAt?.S;
  return {
    id,
    callSid: id.slice(0, id.lastIndexOf('#')),
    group: item.group?.S ?? '',
    to: item.to?.S ?? '',
    cursor: item.cursor?.S ?? '',
    since: item.since?.S ?? '',
    askedAt: item.askedAt?.S ?? '',
    ...ringIn(item),
    ...(ringEndsAt === undefined ? {} : { ringEndsAt }),
    ...(goneAt === undefined ? {} : { goneAt }),
  };
}

function ringIn(item: Item): { ring?: string } {
  const ring = item.ring?.S ?? '';
  return ring === '' ? {} : { ring };
}
