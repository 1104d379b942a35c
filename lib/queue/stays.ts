import { readAgent } from '../store/agents.ts';
import { placeKey } from '../store/keys.ts';
import { changeLease } from '../store/leases.ts';
import {
  keepPlace,
  listPlaces,
  markGone,
  noteUnable,
  type Place,
  readPlace,
  type Stay,
  stepOf,
  unringPlace,
} from '../store/places.ts';
import type { Leg } from './leg.ts';
import { isOnline, type Sight } from './look.ts';
import { match } from './match.ts';
import type { Queue } from './queue.ts';

/** So many wait requests in a row at which the carrier can ring nobody, and the caller waits no longer. */
const mostUnable = 3;

/** Whether a caller goes on waiting: `leave` says that no agent can be had. */
export type Verdict = 'wait' | 'leave';

/** A caller asks for music: their place is written down or kept, and agents are rung. */
export async function asked(queue: Queue, stay: Stay, signal?: AbortSignal): Promise<Verdict> {
  const kept = await keepPlace(queue.table, stay, queue.now());
  const { unable, sight } = await match(queue, { signal });
  if (!isServed(sight, stay) && !isOnline(sight, stay.group)) return await leave(queue, stay);
  if (!unable || kept === undefined) return 'wait';
  if (kept.unable + 1 >= mostUnable) return await leave(queue, stay);
  await noteUnable(queue.table, stay, kept.unable + 1);
  return 'wait';
}

/** Whether an agent has a leg to the caller: who has answered takes the call, even if they are not online any more. */
function isServed({ agents }: Sight, { callSid, step }: Stay): boolean {
  const id = placeKey(callSid, step).sk;
  return [...agents.values()].some(
    ({ lease }) => lease?.place === id && ['asked', 'talking'].includes(lease.phase),
  );
}

async function leave(queue: Queue, { callSid, step }: Stay): Promise<'leave'> {
  await left(queue, callSid, step);
  return 'leave';
}

/** A caller has left a queue: the agent who was being rung for them is given the next caller, or let go. */
export async function left(queue: Queue, callSid: string, step: number): Promise<void> {
  const { anew, ring } = await markGone(queue.table, callSid, step, queue.now());
  if (anew && ring !== undefined) await match(queue);
}

/** Whether an agent was being rung for a caller when they left. */
export async function wasRung(queue: Queue, callSid: string, step: number): Promise<boolean> {
  return (await readPlace(queue.table, placeKey(callSid, step).sk))?.ring !== undefined;
}

/** A call is over: its caller waits nowhere any more. Answers whether an agent was being rung for them until then. */
export async function callEnded(queue: Queue, callSid: string): Promise<boolean> {
  const stays = (await listPlaces(queue.table, callSid)).filter(({ goneAt }) => goneAt === undefined);
  for (const stay of stays) await left(queue, callSid, stepOf(stay));
  return stays.some(({ ring }) => ring !== undefined);
}

/**
 * The caller is about to be connected with the agent of the leg, so they wait no longer. Undefined for one who is not known
 * to have waited.
 */
export async function announced({ table, now }: Queue, callSid: string): Promise<Place | undefined> {
  const places = (await listPlaces(table, callSid)).toSorted((one, other) => stepOf(other) - stepOf(one));
  const place = places.find(({ goneAt }) => goneAt === undefined) ?? places[0];
  if (place !== undefined && place.goneAt === undefined) await markGone(table, callSid, stepOf(place), now());
  return place;
}

/**
 * The carrier's queue may give an agent another caller than the one they were rung for. Then that one is without a ring,
 * and the ring of the one who was announced is without a caller.
 */
export async function settleSwap(queue: Queue, leg: Leg, place: Place): Promise<void> {
  if (place.ring === leg.lease) return;
  const lease = (await readAgent(queue.table, leg.staffNo))?.lease;
  if (lease?.id === leg.lease && lease.place !== place.id) {
    const change = { place: place.id, group: place.group };
    await changeLease(queue.table, { staffNo: leg.staffNo, id: lease.id }, change, { place: lease.place });
    await unringPlace(queue.table, lease.place, lease.id);
  }
  await match(queue);
}

/**
 * The presence of an agent was changed: their ring is cancelled where they are not online any more, and whoever can be rung
 * is rung.
 */
export async function presenceChanged(queue: Queue): Promise<void> {
  await match(queue);
}
