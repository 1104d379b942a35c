import { type Departure, listDepartures } from '../store/queue/departures.ts';
import { changeLease, type Lease } from '../store/queue/leases.ts';
import {
  type Kept,
  keepPlace,
  leavePlace,
  listPlaces,
  noteUnable,
  type Place,
  readStay,
  type Seen,
  type Stay,
  stepOf,
  unringPlace,
} from '../store/queue/places.ts';
import { putSealed } from '../store/queue/sealed.ts';
import { listStaff } from '../store/queue/staff.ts';
import { placeKey } from '../store/table/keys.ts';
import type { Leg } from './leg.ts';
import { isOnline, lookAtAll, type Sight } from './look.ts';
import { match } from './match.ts';
import type { Queue } from './queue.ts';

/** So many wait requests in a row at which the carrier can ring nobody, and the caller waits no longer. */
const mostUnable = 3;

/** Whether a caller goes on waiting: `leave` says that no agent can be had. */
export type Verdict = 'wait' | 'leave';

/** What came of a wait request. */
export interface Asked {
  readonly verdict: Verdict;
  /** Whether it is the first of the stay, or the same one again. */
  readonly first: boolean;
}

/** What a wait request says beside who waits where. */
export interface WaitRequest {
  readonly maxWaitSeconds: number;
  /** What the call remembers, sealed, if an agent's answer needs it. It is kept apart from the place, which every match reads. */
  readonly sealed?: string | undefined;
  readonly signal?: AbortSignal;
}

/**
 * A caller asks for music: their place is written down or kept, and agents are rung, unless the caller has waited too long.
 */
export async function asked(
  queue: Queue,
  stay: Stay,
  { maxWaitSeconds, sealed, signal }: WaitRequest,
): Promise<Asked> {
  const at = queue.now();
  const kept = await keepPlace(queue.table, stay, at);
  const { first = false, since = at.toISOString() } = kept ?? {};
  // Before an agent is rung, who may answer at once.
  if (first && sealed !== undefined) await putSealed(queue.table, stay, sealed, at);
  const waitedSeconds = stay.waitedSeconds ?? Math.floor((at.getTime() - Date.parse(since)) / 1000);
  // That they left comes by the action.
  if (waitedSeconds > maxWaitSeconds) return { verdict: 'leave', first };
  return { verdict: await verdictOn(queue, stay, { at, kept, signal }), first };
}

/** How many callers of their group came into the queue before the one who waits there. */
export async function countAhead(
  queue: Queue,
  { callSid, step, group }: Stay,
  signal?: AbortSignal,
): Promise<number> {
  const { places } = await lookAtAll(queue, signal);
  const own = places.get(placeKey(callSid, step).sk);
  const others = [...places.values()].filter((place) => place.group === group && place.id !== own?.id);
  return others.filter(
    ({ since, id }) => own === undefined || since < own.since || (since === own.since && id < own.id),
  ).length;
}

interface AskedAt {
  readonly at: Date;
  readonly kept: Kept | undefined;
  readonly signal: AbortSignal | undefined;
}

async function verdictOn(queue: Queue, stay: Stay, { at, kept, signal }: AskedAt): Promise<Verdict> {
  const { unable, rung, sight } = await match(queue, { signal });
  const leases = leasesFor(sight, stay);
  if (!leases.some(isAnswered) && !isOnline(sight, stay.group)) return await leave(queue, stay);
  const isRung = rung.has(idOf(stay)) || leases.some(isAccepted);
  if (kept === undefined || isRung || !(unable || leases.length > 0)) return 'wait';
  // A ring of which the carrier has said nothing is no new try, but does not end the row either.
  const inARow = kept.unable + (unable ? 1 : 0);
  if (inARow >= mostUnable) return await leave(queue, stay);
  if (inARow > 0) await noteUnable(queue.table, stay, inARow, at);
  return 'wait';
}

/** Whether an agent has answered: they take the call, even if they are not online any more. */
function isAnswered({ phase }: Lease): boolean {
  return phase === 'asked' || phase === 'talking';
}

/** Whether the carrier is known to have taken the ring. One of which it has said nothing may ring nobody. */
function isAccepted({ phase, leg }: Lease): boolean {
  return phase !== 'ringing' || leg !== undefined;
}

/** The leases of the agents who ring for a caller, or have answered. */
function leasesFor({ agents }: Sight, stay: Stay): Lease[] {
  const id = idOf(stay);
  return [...agents.values()].flatMap(({ lease }) => {
    const isTheirs = lease?.place === id && lease.dropped !== true;
    return isTheirs && ['ringing', 'asked', 'talking'].includes(lease.phase) ? [lease] : [];
  });
}

function idOf({ callSid, step }: Stay): string {
  return placeKey(callSid, step).sk;
}

async function leave(queue: Queue, stay: Stay): Promise<'leave'> {
  await left(queue, stay);
  return 'leave';
}

/**
 * A caller has left a queue, after a talk or without one: the agent who was being rung for them is given the next caller, or
 * let go. Answers what was known of their stay.
 */
export async function left(
  queue: Queue,
  { callSid, step }: Pick<Stay, 'callSid' | 'step'>,
  { talked = false }: { readonly talked?: boolean } = {},
): Promise<Departure> {
  const { place, departure } = await readStay(queue.table, callSid, step);
  if (place !== undefined) return await depart(queue, place);
  if (departure !== undefined) {
    // Whatever took the place away may have died before it could let go of the agent.
    if (departure.ring !== undefined && !talked) await match(queue);
    return departure;
  }
  // Their first wait request may be under way, and make the place before it can see the mark.
  const unseen = { id: placeKey(callSid, step).sk, callSid, group: '', cursor: '', since: '' };
  return await depart(queue, unseen);
}

async function depart(queue: Queue, place: Seen): Promise<Departure> {
  const departure = await leavePlace(queue.table, place, queue.now());
  if (departure.ring !== undefined) await match(queue);
  return departure;
}

/** A call is over: its caller waits nowhere any more. Answers whether an agent was being rung for them until then. */
export async function callEnded(queue: Queue, callSid: string): Promise<boolean> {
  let wasRung = false;
  for (const place of await listPlaces(queue.table, callSid)) {
    if ((await depart(queue, place)).ring !== undefined) wasRung = true;
  }
  return wasRung;
}

/** A caller who is connected: where they waited, and the ring that was out for them. */
export type Met = Pick<Place, 'id' | 'group' | 'cursor' | 'ring'>;

/**
 * The caller is about to be connected with the agent of the leg, so they wait no longer. `undefined` for one who is not
 * known to have waited.
 */
export async function announced({ table, now }: Queue, callSid: string): Promise<Met | undefined> {
  const [place] = (await listPlaces(table, callSid)).toSorted((one, other) => stepOf(other) - stepOf(one));
  if (place !== undefined) {
    const { ring } = await leavePlace(table, place, now());
    return { ...place, ...(ring === undefined ? {} : { ring }) };
  }
  // The same webhook has come before.
  const [last] = (await listDepartures(table, callSid)).toSorted((one, other) => other.step - one.step);
  return last === undefined ? undefined : { ...last, id: placeKey(callSid, last.step).sk };
}

/**
 * The carrier's queue may give an agent another caller than the one they were rung for. Then that one is without a ring,
 * and the ring of the one who was announced is without a caller.
 */
export async function settleSwap(queue: Queue, { staffNo, lease: id }: Leg, place: Met): Promise<void> {
  if (place.ring === id) return;
  const { table } = queue;
  const staff = await listStaff(table);
  const lease = staff.agents.find((each) => each.staffNo === staffNo)?.lease;
  if (lease?.id !== id || lease.place === place.id) {
    await match(queue, { staff });
    return;
  }
  const change = { place: place.id, group: place.group };
  const isDone = await changeLease(table, { staffNo, id }, change, { place: lease.place });
  await unringPlace(table, lease.place, id);
  const agents = staff.agents.map((each) => {
    return each.staffNo === staffNo ? { ...each, lease: { ...lease, ...change } } : each;
  });
  await match(queue, isDone ? { staff: { ...staff, agents } } : {});
}

/**
 * The presence of an agent was changed: their ring is cancelled where they are not online any more, and whoever can be rung
 * is rung.
 */
export async function presenceChanged(queue: Queue): Promise<void> {
  await match(queue);
}
