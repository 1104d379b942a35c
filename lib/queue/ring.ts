import type { LegStatus } from '../carrier/rest.ts';
import { apologyLanguage } from '../flow/apology.ts';
import { readCursor } from '../flow/cursor.ts';
import { isNumber } from '../store/flows/numbers.ts';
import { type Agent, fetchAgent } from '../store/queue/agents.ts';
import { callOfEntry, claimEntry, type QueueEntry, readEntry, releaseEntry } from '../store/queue/entries.ts';
import type { StoredGroup } from '../store/queue/groups.ts';
import { changeLease, type Freed, freeAgent, holdAgent, type Lease } from '../store/queue/leases.ts';
import { writeLeg } from './leg.ts';
import { after, type Queue } from './queue.ts';

/** How long a ring written at an entry counts before the agent's lease is written: much longer than the two writes take. */
const pendingSeconds = 10;

/** A ringing lease ends this long after the ring: the carrier adds up to 5 s, and a webhook takes time. */
const slackSeconds = 15;

/** How many rings an agent may miss in a row before they go on a break. */
const mostMisses = 3;

/**
 * The result of a move. `done`: it was made. `again`: the queue differs from the snapshot, so take a new one. `declined`: the carrier
 * does not make this call, but may make others. `unable`: the carrier takes no calls now, or did not say whether it took this one.
 */
export type MoveResult = 'done' | 'again' | 'declined' | 'unable';

/** An agent with their lease. */
export type Held = Agent & { readonly lease: Lease };

/** When the lease of a ring ends that begins, or is renewed, at a time. */
export function ringEnd(at: Date, ringSeconds: number): string {
  return after(at, ringSeconds + slackSeconds).toISOString();
}

/**
 * Rings an agent for a caller: writes the caller's entry, then the agent's lease, looks whether the caller is still there, then asks
 * the carrier for the call. If one of these fails, the writes are undone. An agent whose endpoint the carrier refuses is added to `missed`.
 */
export async function ring(
  queue: Queue,
  agent: Agent,
  entry: QueueEntry,
  group: StoredGroup,
  missed: Set<string>,
): Promise<MoveResult> {
  const { table, now } = queue;
  const { staffNo } = agent;
  const id = queue.newLease();
  const pendingEnd = after(now(), pendingSeconds);
  if (!(await claimEntry(table, entry, id, pendingEnd))) return 'again';
  const endsAt = ringEnd(now(), group.ringSeconds);
  const lease: Lease = { id, phase: 'ringing', endsAt, entry: entry.id, group: group.id };
  if (!(await holdAgent(table, agent, lease))) {
    await releaseEntry(table, entry.id, id);
    return 'again';
  }
  // The caller may have left before the lease was written: then nobody who saw them leave has seen the lease. After the ring's end the
  // entry may have been given to another agent.
  const claimed = now() < pendingEnd && (await readEntry(table, entry.id))?.ring === id;
  if (!claimed) return await releaseWith(queue, { ...agent, lease }, 'again');
  const rung = await queue.rest.ring(legOf(queue, agent, entry, group, id));
  if (rung.outcome !== 'rung' && rung.outcome !== 'unknown')
    queue.measure({ RefusedRings: 1 }, { callSid: entry.callSid, agent: staffNo, outcome: rung.outcome });
  if (rung.outcome === 'unavailable') return await releaseWith(queue, { ...agent, lease }, 'unable');
  if (rung.outcome === 'declined') {
    // They go to the end of the line: the caller's next wait request tries another agent.
    await release(queue, { ...agent, lease }, { freeAt: now().toISOString() });
    return 'declined';
  }
  if (rung.outcome === 'refused') {
    missed.add(staffNo);
    await markMissed(queue, { ...agent, lease });
    return 'again';
  }
  // The phone may ring: the lease stays, so that no second ring is added, and the webhooks of the leg decide.
  if (rung.outcome !== 'rung') return 'unable';
  const { leg } = rung;
  if (await changeLease(table, { staffNo, id }, { leg }, { kept: true })) return 'done';
  // The ring was cancelled, or its lease expired, before its leg was known.
  return await cancelLeg(queue, { ...agent, lease: { ...lease, leg } });
}

function legOf({ publicUrl }: Queue, agent: Agent, entry: QueueEntry, group: StoredGroup, lease: string) {
  const { staffNo, endpoint } = agent;
  const confirm = group.confirm ?? isNumber(endpoint);
  const language = apologyLanguage(readCursor(entry.cursor)?.language);
  const query = writeLeg({
    ...{ staffNo, lease, language, confirm },
    ...{ ringSeconds: group.ringSeconds, entry: entry.id },
  });
  return {
    from: entry.to,
    to: endpoint,
    timeoutSeconds: group.ringSeconds,
    answered: `${publicUrl}/voice/answered?${query}`,
    fallback: `${publicUrl}/voice/fallback`,
    status: `${publicUrl}/voice/leg?${query}`,
  };
}

/** Moves a ring to another caller, because the first one has left. The phone goes on ringing. */
export async function reassign({ table, now }: Queue, agent: Held, entry: QueueEntry): Promise<MoveResult> {
  const { staffNo, lease } = agent;
  const { id } = lease;
  if (!(await claimEntry(table, entry, id, after(now(), pendingSeconds)))) return 'again';
  const change = { entry: entry.id, group: entry.group };
  const only = { phases: ['ringing', 'asked'] as const, entry: lease.entry, kept: true as const };
  if (!(await changeLease(table, { staffNo, id }, change, only))) {
    const present = (await fetchAgent(table, staffNo))?.lease;
    // Another dispatch may have made the same move.
    if (present?.id !== id || present.entry !== entry.id) await releaseEntry(table, entry.id, id);
    return 'again';
  }
  return 'done';
}

/** Cancels a ring. From now on its end is not a miss, even if the carrier may have failed to cancel the leg. */
export async function cancel(queue: Queue, agent: Held): Promise<MoveResult> {
  const { staffNo, lease } = agent;
  if (lease.dropped !== true) {
    const only = { phases: ['ringing'] as const, entry: lease.entry };
    if (!(await changeLease(queue.table, { staffNo, id: lease.id }, { dropped: true }, only))) return 'again';
  }
  return await cancelLeg(queue, agent);
}

/** Cancels the leg of a ring, if it is known, and frees the agent once the carrier says that it is over. */
async function cancelLeg(queue: Queue, agent: Held): Promise<MoveResult> {
  const { leg } = agent.lease;
  if (leg === undefined || !isOver(await queue.rest.cancel(leg))) return 'done';
  return await releaseWith(queue, agent, 'again');
}

/**
 * Whether a leg that was to be cancelled is over. It is not if the agent has answered meanwhile: they take the call. The carrier may
 * still report `ringing` after it was told to stop.
 */
export function isOver(told: LegStatus): boolean {
  return told !== 'in-progress' && told !== 'unknown';
}

/** Releases the agent and the entry, as if nobody had been rung. */
async function releaseWith(queue: Queue, agent: Held, result: MoveResult): Promise<MoveResult> {
  await release(queue, agent);
  return result;
}

/** Frees an agent who missed a ring: they go to the end of the line, and on a break after three misses in a row. */
export async function markMissed(queue: Queue, agent: Held): Promise<void> {
  const misses = agent.misses + 1;
  const freeAt = queue.now().toISOString();
  const missed = await release(queue, agent, { freeAt, misses, rest: misses >= mostMisses });
  // Several may detect the miss: the one whose write succeeds reports it.
  if (missed === undefined) return;
  const { id, entry } = missed;
  queue.measure({ Missed: 1 }, { agent: agent.staffNo, misses });
  queue.onMissed?.({ callSid: callOfEntry(entry), staffNo: agent.staffNo, lease: id });
}

/**
 * Ends a lease, and releases the entry that it is for at that time: a dispatch may have moved it since it was read. Returns the ended
 * lease; `undefined` if it was ended already.
 */
export async function release(queue: Queue, agent: Held, freed: Freed = {}): Promise<Lease | undefined> {
  const { staffNo, lease } = agent;
  const { id, entry } = lease;
  const done = await freeAgent(queue.table, { staffNo, id, entry }, freed);
  if (!done) {
    const present = await fetchAgent(queue.table, staffNo);
    if (present?.lease?.id === id) return await release(queue, { ...present, lease: present.lease }, freed);
  }
  if (!isLongOver(lease, queue.now())) await releaseEntry(queue.table, entry, id);
  return done ? lease : undefined;
}

/** Whether a lease is over, or its talk began so long ago, that its entry needs no release. */
function isLongOver({ phase, talkAt }: Lease, at: Date): boolean {
  return phase === 'over' || (talkAt !== undefined && after(talkAt, pendingSeconds) <= at);
}

/** Releases the entry that a lease was for; the lease stays. */
export async function releaseEntryOf({ table }: Queue, { id, entry }: Lease): Promise<void> {
  await releaseEntry(table, entry, id);
}
