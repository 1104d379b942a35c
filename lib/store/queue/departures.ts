import { defined } from '../../flow/defined.ts';
import { expiry, type Item } from '../table/item.ts';
import { departureKey, departuresPk, keyOf } from '../table/keys.ts';
import { changeIf, get, query, type Table } from '../table/table.ts';

/**
 * The mark that a caller has left a queue. It is written before their entry is deleted and outlives it, so that a wait
 * request that comes late cannot make the entry again, and what comes twice is answered alike.
 */
export interface Departure {
  readonly callSid: string;
  /** The step that leads out of the queue. */
  readonly step: number;
  /** What stood at the entry; empty if the caller was never seen in the queue. */
  readonly group: string;
  readonly cursor: string;
  /** Since when the caller had waited, and when they left (ISO, UTC). */
  readonly since: string;
  readonly leftAt: string;
  /** The lease of the agent who was being rung for the caller. */
  readonly ring?: string;
}

/** How long a departure is remembered: no wait request is that late. */
const keptDays = 2 / 24;

/** Marks that a caller has left a queue. The first mark stays. */
export async function writeDeparture(table: Table, departure: Departure): Promise<void> {
  const { callSid, step, group, cursor, since, leftAt, ring } = departure;
  const write = {
    change: `SET #group = :group, #cursor = :cursor, #since = :since, #leftAt = :leftAt, #expiresAt = :expiresAt${ring === undefined ? '' : ', #ring = :ring'}`,
    when: 'attribute_not_exists(#pk)',
    values: { group, cursor, since, leftAt, ring, expiresAt: expiry(new Date(leftAt), keptDays) },
  };
  await changeIf(table, departureKey(callSid, step), write, (item) => item !== undefined);
}

/** The mark that a caller has left a queue, as of now; `undefined` if they have not. */
export async function readDeparture(
  table: Table,
  callSid: string,
  step: number,
): Promise<Departure | undefined> {
  const item = await get(table, departureKey(callSid, step));
  return item === undefined ? undefined : departureOf(item);
}

/** The queues that a caller has left. */
export async function listDepartures(table: Table, callSid: string): Promise<Departure[]> {
  const departures: Departure[] = [];
  for await (const items of query(table, { where: '#pk = :pk', values: { pk: departuresPk(callSid) } })) {
    departures.push(...items.map(departureOf));
  }
  return departures;
}

/** The departure of an item. */
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
