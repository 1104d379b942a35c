import type { Dialled, Status } from '../carrier/posts.ts';
import { hasEnded } from '../flow/status.ts';
import { fetchAgent } from '../store/queue/agents.ts';
import { readEntry } from '../store/queue/entries.ts';
import { noteEmpty } from '../store/queue/groups.ts';
import { changeLease, type Lease, type Phase } from '../store/queue/leases.ts';
import { listStaff, readRing } from '../store/queue/staff.ts';
import { dispatch } from './dispatch.ts';
import type { Leg } from './leg.ts';
import { after, type Queue } from './queue.ts';
import { cancel, type Held, markMissed, release, releaseEntryOf, ringEnd } from './ring.ts';

/** How long a lease lasts while the agent is asked for a key, while they talk (the longest talk), and while the leg ends. */
const askedSeconds = 30;
const talkSeconds = 4 * 3600;
const endSeconds = 15;

/** The phases in which a leg can be given another caller. */
const open: readonly Phase[] = ['ringing', 'asked'];

/** The most attempts to give a caller to an agent who answers. After them the agent hears that nobody waits. */
const mostAttempts = 5;

/** The lease of a ring is renewed only if that adds at least this long: less is not worth a write. */
const gainSeconds = 5;

/** What an agent's leg does next: ask for key 1, connect with the first caller of a group, say that nobody waits, or hang up. */
export type AgentPrompt =
  | { readonly do: 'ask' | 'nobody' | 'hang-up' }
  | { readonly do: 'connect'; group: string };

const nobody: AgentPrompt = { do: 'nobody' };

/** The agent of a leg, and the entry of a caller that was read together with them. */
type Known = Held & { readonly waiting?: string | undefined };

/** An agent has answered; `sid` is the carrier's id of the leg. */
export async function answered(queue: Queue, leg: Leg, sid: string): Promise<AgentPrompt> {
  const { agent, entry } = await readRing(queue.table, leg);
  const lease = agent?.lease;
  if (agent === undefined || lease?.id !== leg.lease) return nobody;
  const known: Known = { ...agent, lease, waiting: entry?.id };
  if (!leg.confirm || !isOpen(lease)) return await take(queue, leg, sid, known);
  if (!(await hold(queue, leg, sid))) return nobody;
  return (await leaseFor(queue, leg, known)) === undefined ? await turnAway(queue, leg) : { do: 'ask' };
}

/** An agent who was asked to press 1 has pressed a key, or none. Anything but 1 is a miss, counted once, when the leg has ended. */
export async function confirmed(queue: Queue, leg: Leg, sid: string, key: string): Promise<AgentPrompt> {
  const agent = await held(queue, leg);
  if (key === '1') return agent === undefined ? nobody : await take(queue, leg, sid, agent);
  const endsAt = after(queue.now(), endSeconds).toISOString();
  const refusal = { phase: 'refused', endsAt } as const;
  if (agent !== undefined && (await changeLease(queue.table, name(leg), refusal, { phases: ['asked'] }))) {
    await releaseEntryOf(queue, agent.lease);
    await dispatch(queue);
  }
  return { do: 'hang-up' };
}

/** The agent takes the call, even if the caller they were rung for has left: another one may wait. */
async function take(queue: Queue, leg: Leg, sid: string, agent: Known): Promise<AgentPrompt> {
  let known = agent;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const lease = await leaseFor(queue, leg, known);
    if (lease === undefined) return await turnAway(queue, leg);
    if (lease.phase === 'talking') return { do: 'connect', group: lease.group };
    const at = queue.now();
    const talk = {
      phase: 'talking' as const,
      talkAt: at.toISOString(),
      endsAt: after(at, talkSeconds).toISOString(),
      ...{ leg: sid, dropped: false, misses: 0 },
    };
    const only = { phases: open, entry: lease.entry };
    if (await changeLease(queue.table, name(leg), talk, only)) return { do: 'connect', group: lease.group };
    // A dispatch has moved the leg to another caller, or the webhook has come twice.
    const now = await held(queue, leg);
    if (now === undefined) return nobody;
    known = now;
  }
  return nobody;
}

/**
 * The lease of an answered leg, for a caller who still waits. If its caller has left, a dispatch gives it another one. `undefined` if
 * nobody waits.
 */
async function leaseFor(queue: Queue, leg: Leg, { lease, waiting }: Known): Promise<Lease | undefined> {
  if (lease.phase === 'talking') return lease;
  if (!isOpen(lease)) return undefined;
  if (waiting === lease.entry || (await isThere(queue, lease))) return lease;
  // From here on the leg cannot be cancelled, so a dispatch moves it to another caller if it can.
  if (!(await hold(queue, leg, lease.leg ?? ''))) return undefined;
  await dispatch(queue);
  const moved = (await held(queue, leg))?.lease;
  return moved !== undefined && (await isThere(queue, moved)) ? moved : undefined;
}

/** Marks the leg as answered: it is no longer a ring. */
function hold({ table, now }: Queue, leg: Leg, sid: string): Promise<boolean> {
  const endsAt = after(now(), askedSeconds).toISOString();
  const known = sid === '' ? {} : { leg: sid };
  return changeLease(
    table,
    name(leg),
    { phase: 'asked', endsAt, dropped: false, ...known },
    { phases: open },
  );
}

function isOpen({ phase }: Lease): boolean {
  return open.includes(phase);
}

async function isThere({ table }: Queue, { entry }: Lease): Promise<boolean> {
  return (await readEntry(table, entry)) !== undefined;
}

/** Nobody waits for an agent who has answered: that is not a miss. */
async function turnAway(queue: Queue, leg: Leg): Promise<AgentPrompt> {
  await closeLeg(queue, leg);
  return nobody;
}

/** An agent answered, or pressed 1, and our webhook failed: not a miss, and their caller is given to another agent. */
export async function answerFailed(queue: Queue, leg: Leg): Promise<AgentPrompt> {
  const agent = await held(queue, leg);
  if (agent !== undefined && (await closeLeg(queue, leg))) {
    await releaseEntryOf(queue, agent.lease);
    await dispatch(queue);
  }
  return { do: 'hang-up' };
}

/** The leg of an agent who has answered is about to end without a talk. */
function closeLeg({ table, now }: Queue, leg: Leg): Promise<boolean> {
  const endsAt = after(now(), endSeconds).toISOString();
  return changeLease(table, name(leg), { phase: 'nobody', endsAt }, { phases: open });
}

/**
 * The agent's `<Dial>` into the queue is over; the leg has not ended yet. If the carrier says that the queue is empty, callers who have
 * not asked for music since have left it.
 */
export async function dialled(queue: Queue, leg: Leg, how: Dialled): Promise<AgentPrompt> {
  if (how === 'talked') {
    await endTurn(queue, leg, 'over');
    return { do: 'hang-up' };
  }
  const agent = await held(queue, leg);
  if (agent === undefined) return { do: 'hang-up' };
  const { lease } = agent;
  if (await endTurn(queue, leg, 'nobody')) {
    if (how === 'empty') await noteEmpty(queue.table, lease.group, lease.talkAt ?? '');
    await releaseEntryOf(queue, lease);
    await dispatch(queue);
  }
  return nobody;
}

/** Marks that the agent no longer talks, and that the leg is about to end; `false` if its lease says so already or is gone. */
function endTurn({ table, now }: Queue, leg: Leg, phase: 'over' | 'nobody'): Promise<boolean> {
  const endsAt = after(now(), endSeconds).toISOString();
  return changeLease(table, name(leg), { phase, endsAt }, { phases: ['talking'] });
}

/** A status callback of the leg. Progress renews the lease; the end frees the agent. */
export async function legStatusChanged(queue: Queue, leg: Leg, sid: string, told: Status): Promise<void> {
  const { status } = told;
  if (hasEnded(status)) return await ended(queue, leg, told);
  const agent = await held(queue, leg);
  if (agent === undefined) {
    // Its lease expired before the leg was known: stop the phone from ringing for no caller.
    if (status !== 'in-progress') await queue.rest.cancel(sid);
    return;
  }
  if (agent.lease.phase === 'ringing') await progressed(queue, agent, leg, sid);
}

async function progressed(queue: Queue, agent: Held, leg: Leg, sid: string): Promise<void> {
  const { lease } = agent;
  if (lease.dropped === true) {
    await cancel(queue, { ...agent, lease: { ...lease, leg: sid } });
    await dispatch(queue);
    return;
  }
  const endsAt = ringEnd(queue.now(), leg.ringSeconds);
  if (lease.leg === sid && after(lease.endsAt, gainSeconds) > new Date(endsAt)) return;
  await changeLease(queue.table, name(leg), { leg: sid, endsAt }, { phases: ['ringing'] });
}

/**
 * A leg has ended. Without a talk that is a miss, unless we ended the leg, nobody waited, or the agent answered and our webhook
 * failed. After a talk the agent's wrap-up begins.
 */
async function ended(queue: Queue, leg: Leg, told: Status): Promise<void> {
  const { groups, agents } = await listStaff(queue.table);
  const agent = agents.find(({ staffNo }) => staffNo === leg.staffNo);
  const lease = agent?.lease;
  if (agent === undefined || lease?.id !== leg.lease) return;
  const early = ['ringing', 'asked', 'refused'].includes(lease.phase);
  const failed = lease.phase === 'ringing' && wasAnswered(told);
  const missed = early && !failed && lease.dropped !== true && told.status !== 'canceled';
  let { freeAt } = agent;
  if (missed) await markMissed(queue, { ...agent, lease });
  else if ((early && !failed) || lease.phase === 'nobody') await release(queue, { ...agent, lease });
  else {
    const wrapUp = groups.find(({ id }) => id === lease.group)?.wrapUpSeconds ?? 0;
    freeAt = after(queue.now(), failed ? 0 : wrapUp).toISOString();
    await release(queue, { ...agent, lease }, { freeAt });
  }
  // The agent is free now, and callers who come later see it, so only the waiting callers must be read.
  const { lease: _, ...free } = { ...agent, freeAt };
  const staff = { groups, agents: agents.map((each) => (each === agent ? free : each)) };
  await dispatch(queue, { staff, ...(missed || failed ? { except: [leg.staffNo] } : {}) });
}

/**
 * Whether somebody answered a leg that has ended. If its lease still says `ringing`, the webhook `/answered` failed.
 */
function wasAnswered({ status, durationSeconds = 0 }: Status): boolean {
  return status === 'completed' && durationSeconds > 0;
}

/** The agent of a leg, while its lease holds them. */
async function held({ table }: Queue, { staffNo, lease }: Leg): Promise<Held | undefined> {
  const agent = await fetchAgent(table, staffNo);
  return agent?.lease?.id === lease ? { ...agent, lease: agent.lease } : undefined;
}

function name({ staffNo, lease }: Leg) {
  return { staffNo, id: lease };
}
