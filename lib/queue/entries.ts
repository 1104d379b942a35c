import { defined } from '../flow/defined.ts';
import { fetchAgent } from '../store/queue/agents.ts';
import { type Departure, listDepartures } from '../store/queue/departures.ts';
import {
  type EntryRequest,
  type KnownEntry,
  keepEntry,
  listEntries,
  noteUnable,
  type QueueEntry,
  readEntryOrDeparture,
  releaseEntry,
  removeEntry,
  stepOfEntry,
  type WaitState,
} from '../store/queue/entries.ts';
import { changeLease, type Lease } from '../store/queue/leases.ts';
import { putSealed } from '../store/queue/sealed.ts';
import { listStaff } from '../store/queue/staff.ts';
import { entryKey } from '../store/table/keys.ts';
import { dispatch } from './dispatch.ts';
import type { Leg } from './leg.ts';
import { measureAnswered, measureLeft } from './measured.ts';
import type { Queue } from './queue.ts';
import { isOnline, type Snapshot, takeFullSnapshot, takeRecentStaff } from './snapshot.ts';
import { isSpared } from './spared.ts';

/** After this many wait requests in a row at which the carrier takes no calls, the caller leaves the queue. */
const mostUnable = 3;

/** Whether a caller goes on waiting; `leave`: no agent is available. */
export type Verdict = 'wait' | 'leave';

/** The result of a wait request. */
export interface Asked {
  readonly verdict: Verdict;
  /** Whether it is the caller's first wait request, or that one repeated. */
  readonly first: boolean;
}

/** What a wait request contains besides caller and place. */
export interface WaitRequest {
  readonly maxWaitSeconds: number;
  /** The call's sealed memory, if the announcement of an agent needs it. Stored apart from the entry, which every dispatch reads. */
  readonly sealed?: string | undefined;
  readonly signal?: AbortSignal;
}

/**
 * A wait request: creates or renews the caller's entry and rings agents, unless the caller has waited too long.
 */
export async function asked(
  queue: Queue,
  request: EntryRequest,
  { maxWaitSeconds, sealed, signal }: WaitRequest,
): Promise<Asked> {
  const at = queue.now();
  const kept = await keepEntry(queue.table, request, at);
  const { first = false, since = at.toISOString() } = kept ?? {};
  // Must happen before an agent is rung: they may answer at once.
  if (first && sealed !== undefined) await putSealed(queue.table, request, sealed, at);
  const waitedSeconds = request.waitedSeconds ?? Math.floor((at.getTime() - Date.parse(since)) / 1000);
  // The leave itself is reported by the action webhook.
  if (waitedSeconds > maxWaitSeconds) return { verdict: 'leave', first };
  return { verdict: await verdictOn(queue, request, { at, kept, signal }), first };
}

/** How many callers of the group are ahead of this one in the queue. */
export async function countAhead(
  queue: Queue,
  { callSid, step, group }: EntryRequest,
  signal?: AbortSignal,
): Promise<number> {
  const { entries } = await takeFullSnapshot(queue, signal);
  const own = entries.get(entryKey(callSid, step).sk);
  const others = [...entries.values()].filter((entry) => entry.group === group && entry.id !== own?.id);
  return others.filter(
    ({ since, id }) => own === undefined || since < own.since || (since === own.since && id < own.id),
  ).length;
}

interface AskedAt {
  readonly at: Date;
  readonly kept: WaitState | undefined;
  readonly signal: AbortSignal | undefined;
}

async function verdictOn(
  queue: Queue,
  request: EntryRequest,
  { at, kept, signal }: AskedAt,
): Promise<Verdict> {
  const mayRest = kept !== undefined && !kept.first && kept.unable === 0 && isSpared(request);
  // If nobody is online any more, the dispatch below decides.
  if (mayRest && isOnline(await takeRecentStaff(queue, signal), request.group)) return 'wait';
  const { declined, rung, snapshot, ...dispatched } = await dispatch(queue, { signal });
  const unable = dispatched.unable || declined.has(idOf(request));
  const leases = leasesFor(snapshot, request);
  if (!leases.some(isAnswered) && !isOnline(snapshot, request.group)) return await leave(queue, request);
  const isRung = rung.has(idOf(request)) || leases.some(isAccepted);
  if (kept === undefined || isRung || !(unable || leases.length > 0)) return 'wait';
  // A ring that the carrier has not confirmed is not a new failure, but does not reset the count either.
  const inARow = kept.unable + (unable ? 1 : 0);
  if (inARow >= mostUnable) return await leave(queue, request);
  if (inARow > 0) await noteUnable(queue.table, request, inARow, at);
  return 'wait';
}

/** Whether an agent has answered: they take the call, even if they are no longer online. */
function isAnswered({ phase }: Lease): boolean {
  return phase === 'asked' || phase === 'talking';
}

/** Whether the carrier has confirmed the ring. An unconfirmed one may ring nobody. */
function isAccepted({ phase, leg }: Lease): boolean {
  return phase !== 'ringing' || leg !== undefined;
}

/** The leases of the agents who ring for a caller, or have answered. */
function leasesFor({ agents }: Snapshot, request: EntryRequest): Lease[] {
  const id = idOf(request);
  return [...agents.values()].flatMap(({ lease }) => {
    const isTheirs = lease?.entry === id && lease.dropped !== true;
    return isTheirs && ['ringing', 'asked', 'talking'].includes(lease.phase) ? [lease] : [];
  });
}

function idOf({ callSid, step }: Pick<EntryRequest, 'callSid' | 'step'>): string {
  return entryKey(callSid, step).sk;
}

async function leave(queue: Queue, request: EntryRequest): Promise<'leave'> {
  await left(queue, request);
  return 'leave';
}

/**
 * A caller has left a queue, after a talk or without one: the agent who rings for them gets the next caller, or is released. Returns
 * what was stored of their wait.
 */
export async function left(
  queue: Queue,
  { callSid, step }: Pick<EntryRequest, 'callSid' | 'step'>,
  { talked = false, hungUp = false }: { readonly talked?: boolean; readonly hungUp?: boolean } = {},
): Promise<Departure> {
  const { entry, departure } = await readEntryOrDeparture(queue.table, callSid, step);
  if (entry !== undefined) {
    const made = await depart(queue, entry);
    if (!talked) measureLeft(queue, made, hungUp);
    return made;
  }
  if (departure !== undefined) {
    // The process that removed the entry may have crashed before it released the agent.
    if (departure.ring !== undefined && !talked) await dispatch(queue);
    return departure;
  }
  // Their first wait request may still run, and create the entry before it sees the mark.
  const unseen = { id: entryKey(callSid, step).sk, callSid, group: '', cursor: '', since: '' };
  return await depart(queue, unseen);
}

async function depart(queue: Queue, entry: KnownEntry): Promise<Departure> {
  const departure = await removeEntry(queue.table, entry, queue.now());
  if (departure.ring !== undefined) await dispatch(queue);
  return departure;
}

/** A call is over: removes its caller from all queues. Returns whether an agent was ringing for them. */
export async function callEnded(queue: Queue, callSid: string): Promise<boolean> {
  let wasRung = false;
  for (const entry of await listEntries(queue.table, callSid)) {
    const departure = await depart(queue, entry);
    measureLeft(queue, departure, true);
    if (departure.ring !== undefined) wasRung = true;
  }
  return wasRung;
}

/** A caller who is connected: where they waited, and the ring for them. */
export type ConnectedEntry = Pick<QueueEntry, 'id' | 'group' | 'cursor' | 'ring'>;

/**
 * The caller is about to be connected with the agent of a leg, so their entry is removed. Returns `undefined` if they are not known to
 * have waited. A webhook that comes again later, when the caller waits in another queue of the same call, changes nothing.
 */
export async function announced(
  queue: Queue,
  callSid: string,
  leg: Leg,
): Promise<ConnectedEntry | undefined> {
  const { table, now } = queue;
  const [entry] = (await listEntries(table, callSid)).toSorted(
    (one, other) => stepOfEntry(other) - stepOfEntry(one),
  );
  const before = entry?.ring === leg.lease ? [] : await listDepartures(table, callSid);
  const past = before.length === 0 ? undefined : await connectedBefore(queue, leg, before);
  if (entry !== undefined && past === undefined) {
    const departure = await removeEntry(table, entry, now());
    measureAnswered(queue, departure, leg.staffNo);
    const { ring } = departure;
    return { ...entry, ...defined({ ring }) };
  }
  // The same webhook has come before.
  const [last] = before.toSorted((one, other) => other.step - one.step);
  const known = past ?? last;
  return known === undefined ? undefined : { ...known, id: idOf(known) };
}

/** The departure of a caller who was connected with the leg before; `undefined` if the leg has come to them for the first time. */
async function connectedBefore(
  { table }: Queue,
  { staffNo, lease: id }: Leg,
  departures: readonly Departure[],
): Promise<Departure | undefined> {
  const rung = departures.find(({ ring }) => ring === id);
  if (rung !== undefined) return rung;
  const lease = (await fetchAgent(table, staffNo))?.lease;
  // The leg is over: this cannot be its first announcement.
  if (lease?.id !== id) return departures.toSorted((one, other) => other.step - one.step)[0];
  return departures.find((each) => idOf(each) === lease.entry);
}

/**
 * The carrier's queue may give an agent another caller than the one they were rung for. Sets the agent's lease to the
 * connected caller, releases the entry that it was for, and runs a dispatch.
 */
export async function settleSwap(
  queue: Queue,
  { staffNo, lease: id }: Leg,
  entry: ConnectedEntry,
): Promise<void> {
  if (entry.ring === id) return;
  const { table } = queue;
  const staff = await listStaff(table);
  const lease = staff.agents.find((each) => each.staffNo === staffNo)?.lease;
  if (lease?.id !== id || lease.entry === entry.id) {
    await dispatch(queue, { staff });
    return;
  }
  const change = { entry: entry.id, group: entry.group };
  const isDone = await changeLease(table, { staffNo, id }, change, { entry: lease.entry });
  await releaseEntry(table, lease.entry, id);
  const agents = staff.agents.map((each) => {
    return each.staffNo === staffNo ? { ...each, lease: { ...lease, ...change } } : each;
  });
  await dispatch(queue, isDone ? { staff: { ...staff, agents } } : {});
}

/**
 * An agent's presence has changed: cancels their ring if they are no longer online, and rings agents for waiting callers.
 */
export async function presenceChanged(queue: Queue): Promise<void> {
  await dispatch(queue);
}
