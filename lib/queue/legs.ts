import type { Status } from '../carrier/posts.ts';
import { readAgent } from '../store/agents.ts';
import { groupNumbers, noteEmpty, readGroup } from '../store/groups.ts';
import { changeLease, type Lease } from '../store/leases.ts';
import { readPlace } from '../store/places.ts';
import type { Leg } from './leg.ts';
import { match } from './match.ts';
import { after, type Queue } from './queue.ts';
import { cancel, type Held, letGo, miss, ringEnd, unring } from './ring.ts';

/** How long the lease runs while a key is awaited, the longest that a talk may last, and how long a leg takes to end. */
const askedSeconds = 30;
const talkSeconds = 4 * 3600;
const endSeconds = 15;

/** The lease of a ring is renewed where that gains so much: less is not worth a write. */
const gainSeconds = 5;

/** What an agent is told: to press 1, to talk with the first caller of a group, that nobody waits, or to be gone. */
export type Told = { readonly do: 'ask' | 'nobody' | 'hang-up' } | { readonly do: 'connect'; group: string };

const nobody: Told = { do: 'nobody' };

/** An agent has answered; `sid` is the carrier's id of the leg. */
export async function answered(queue: Queue, leg: Leg, sid: string): Promise<Told> {
  const agent = await held(queue, leg);
  if (agent === undefined) return nobody;
  if (!leg.confirm || !['ringing', 'asked'].includes(agent.lease.phase)) return await take(queue, leg, sid);
  const asked = await changeLease(queue.table, name(leg), askedOf(queue, sid), {
    phases: ['ringing', 'asked'],
  });
  if (!asked) return nobody;
  return (await callerOf(queue, leg)) === undefined ? await turnAway(queue, leg) : { do: 'ask' };
}

/** An agent who was asked to press 1 has pressed a key, or none. All but 1 is a miss, once the leg has ended. */
export async function confirmed(queue: Queue, leg: Leg, sid: string, key: string): Promise<Told> {
  if (key === '1') return await take(queue, leg, sid);
  const agent = await held(queue, leg);
  if (agent === undefined) return { do: 'hang-up' };
  const endsAt = after(queue.now(), endSeconds).toISOString();
  if (await changeLease(queue.table, name(leg), { phase: 'refused', endsAt }, { phases: ['asked'] })) {
    await unring(queue, agent.lease);
    await match(queue);
  }
  return { do: 'hang-up' };
}

/** The agent takes the call, whatever became of the caller they were rung for: another one may wait. */
async function take(queue: Queue, leg: Leg, sid: string): Promise<Told> {
  for (;;) {
    const lease = await callerOf(queue, leg);
    if (lease === undefined) return await turnAway(queue, leg);
    if (lease.phase === 'talking') return { do: 'connect', group: lease.group };
    const at = queue.now();
    const taken = await changeLease(
      queue.table,
      name(leg),
      {
        ...{ phase: 'talking', talkAt: at.toISOString(), leg: sid, dropped: false, misses: 0 },
        endsAt: after(at, talkSeconds).toISOString(),
      },
      { phases: ['ringing', 'asked'], place: lease.place },
    );
    if (taken) return { do: 'connect', group: lease.group };
  }
}

/**
 * The lease of an answered leg whose caller still waits; where they have gone, a match may have given it another one.
 * Undefined where nobody waits for the agent.
 */
async function callerOf(queue: Queue, leg: Leg): Promise<Lease | undefined> {
  const agent = await held(queue, leg);
  if (agent === undefined) return undefined;
  const { lease } = agent;
  if (lease.phase === 'talking') return lease;
  if (!['ringing', 'asked'].includes(lease.phase)) return undefined;
  if (await isThere(queue, lease)) return lease;
  // From here on the leg cannot be cancelled, so that the match gives it a caller where there is one.
  const held1 = await changeLease(queue.table, name(leg), askedOf(queue, lease.leg), {
    phases: ['ringing', 'asked'],
  });
  if (!held1) return undefined;
  await match(queue);
  const moved = (await held(queue, leg))?.lease;
  return moved !== undefined && (await isThere(queue, moved)) ? moved : undefined;
}

async function isThere({ table }: Queue, { place }: Lease): Promise<boolean> {
  const found = await readPlace(table, place);
  return found !== undefined && found.goneAt === undefined;
}

/** Nobody waits for an agent who has answered: that is no miss. */
async function turnAway(queue: Queue, leg: Leg): Promise<Told> {
  const endsAt = after(queue.now(), endSeconds).toISOString();
  await changeLease(queue.table, name(leg), { phase: 'nobody', endsAt }, { phases: ['ringing', 'asked'] });
  return nobody;
}

function askedOf({ now }: Queue, sid: string | undefined) {
  const endsAt = after(now(), askedSeconds).toISOString();
  return {
    phase: 'asked' as const,
    endsAt,
    dropped: false,
    ...(sid === undefined || sid === '' ? {} : { leg: sid }),
  };
}

/**
 * The agent's talk is over, or the queue was empty: `talked` says which. The leg has not ended yet. An empty queue is the
 * carrier's word that callers who have not asked for music since are not in it.
 */
export async function dialled(queue: Queue, leg: Leg, talked: boolean): Promise<Told> {
  const agent = await held(queue, leg);
  if (agent === undefined) return { do: 'hang-up' };
  const { lease } = agent;
  const phase = talked ? 'over' : 'nobody';
  const endsAt = after(queue.now(), endSeconds).toISOString();
  const changed = await changeLease(queue.table, name(leg), { phase, endsAt }, { phases: ['talking'] });
  if (talked) return { do: 'hang-up' };
  if (changed && lease.talkAt !== undefined) {
    await noteEmpty(queue.table, lease.group, lease.talkAt);
    await unring(queue, lease);
    await match(queue);
  }
  return nobody;
}

/** The carrier tells how the leg is. Its progress renews the lease; its end frees the agent. */
export async function legTold(
  queue: Queue,
  leg: Leg,
  sid: string,
  { status }: Status,
  over: boolean,
): Promise<void> {
  const agent = await held(queue, leg);
  if (over) {
    if (agent !== undefined) await ended(queue, agent, status);
    return;
  }
  if (agent === undefined) {
    // Its lease ran out before the leg was known: the phone must not ring for nobody.
    if (status !== 'in-progress') await queue.rest.cancel(sid);
    return;
  }
  if (agent.lease.phase === 'ringing') await progressed(queue, agent, leg, sid);
}

async function progressed(queue: Queue, agent: Held, leg: Leg, sid: string): Promise<void> {
  const { lease } = agent;
  if (lease.dropped === true) {
    await cancel(queue, { ...agent, lease: { ...lease, leg: sid } });
    await match(queue);
    return;
  }
  const endsAt = ringEnd(queue.now(), leg.ringSeconds);
  if (lease.leg === sid && after(lease.endsAt, gainSeconds) > new Date(endsAt)) return;
  await changeLease(queue.table, name(leg), { leg: sid, endsAt }, { phases: ['ringing'] });
}

/** A leg has ended before its agent talked: a miss, unless we ended it or nobody waited. Else their wrap-up begins. */
async function ended(queue: Queue, agent: Held, status: Status['status']): Promise<void> {
  const { staffNo, lease } = agent;
  const early = ['ringing', 'asked', 'refused'].includes(lease.phase);
  const missed = early && lease.dropped !== true && status !== 'canceled';
  if (missed) await miss(queue, agent);
  else if (early || lease.phase === 'nobody') await letGo(queue, agent);
  else {
    const group = await readGroup(queue.table, lease.group);
    const wrapUp = group?.wrapUpSeconds ?? groupNumbers.wrapUpSeconds.unset;
    await letGo(queue, agent, { freeAt: after(queue.now(), wrapUp).toISOString() });
  }
  await match(queue, missed ? { except: [staffNo] } : {});
}

/** The agent of a leg, while its lease holds them. */
async function held({ table }: Queue, { staffNo, lease }: Leg): Promise<Held | undefined> {
  const agent = await readAgent(table, staffNo);
  return agent?.lease?.id === lease ? { ...agent, lease: agent.lease } : undefined;
}

function name({ staffNo, lease }: Leg) {
  return { staffNo, id: lease };
}
