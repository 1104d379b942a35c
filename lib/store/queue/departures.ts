import { defined } from '../../flow/defined.ts';
import { expiry, type Item } from '../table/item.ts';
import { departureKey, departuresPk, keyOf } from '../table/keys.ts';
import { changeIf, get, query, type Table } from '../table/table.ts';

/**
 * The record that a caller has left a queue. It is written before their entry is deleted and outlives it, so that a late wait request
 * cannot create the entry again, and repeated webhooks get the same answer.
 */
export interface Departure {
  readonly callSid: string;
  /** The step that leads out of the queue. */
  readonly step: number;
  /** Copies of the entry's fields; empty if there was no entry. */
  readonly group: string;
  readonly cursor: string;
  /** When the wait began, and when the caller left (ISO, UTC). */
  readonly since: string;
  readonly leftAt: string;
  /** The lease of the agent who was being rung for the caller. */
  readonly ring?: string;
}

/** How long a departure is stored, in days: longer than wait requests can be late. */
const keptDays = 2 / 24;

/** Records that a caller has left a queue. An earlier record of the same stay is not changed. */
export async function writeDeparture(table: Table, departure: Departure): Promise<void> {
  const { callSid, step, group, cursor, since, leftAt, ring } = departure;
  const write = {
    change: `SET #group = :group, #cursor = :cursor, #since = :since, #leftAt = :leftAt, #expiresAt = :expiresAt${ring === undefined ? '' : ', #ring = :ring'}`,
    when: 'attribute_not_exists(#pk)',
    values: { group, cursor, since, leftAt, ring, expiresAt: expiry(new Date(leftAt), keptDays) },
  };
  await changeIf(table, departureKey(callSid, step), write, (item) => item !== undefined);
}

/** The departure of a caller (consistent read); `undefined` if they have not left. */
export async function readDeparture(
  table: Table,
  callSid: string,
  step: number,
): Promise<Departure | undefined> {
  const item = await get(table, departureKey(callSid, step));
  return item === undefined ? undefined : departureOf(item);
}

/** All departures of a call. */
export async function listDepartures(table: Table, callSid: string): Promise<Departure[]> {
  const departures: Departure[] = [];
  for await (const items of query(table, { where: '#pk = :pk', values: { pk: departuresPk(callSid) } })) {
    departures.push(...items.map(departureOf));
  }
  return departures;
}

/** The departure in an item. */
export function departureOf(item: Item): Departure {
  const { pk, sk } = keyOf(item);
  const ring = item.ring?.S;
  return {
    callSid: pk.slice(departuresPk('').length),
    step: Number(sk),
    group: item.group?.S ?? '',
    cursor: item.cursor?.S ?? '',
    since: item.since?.S ?? '',
    leftAt: item.leftAt?.S ?? '',
    ...defined({ ring }),
  };
}
