import type { LegStatus } from '../carrier/rest.ts';
import { hasEnded } from '../flow/status.ts';
import { type Action, assign, type Caller } from '../routing/assign.ts';
import { changeLease } from '../store/queue/leases.ts';
import type { Staff } from '../store/queue/staff.ts';
import { after, type Queue } from './queue.ts';
import { cancel, type Held, isOver, type MoveResult, markMissed, reassign, release, ring } from './ring.ts';
import { assignmentInput, inquirySeconds, type Snapshot, takeSnapshot } from './snapshot.ts';

/** The most rounds of a dispatch. One that loses every race leaves the rest to the dispatches it lost to. */
const mostRounds = 8;

/** After this many calls that the carrier does not make, a dispatch stops: it probably makes none. */
const mostDeclined = 3;

/** By how long a lease is extended if it has expired, but its leg is still alive. */
const aliveSeconds = 15;

/** The result of a dispatch. */
export interface Dispatched {
  /** Whether it stopped because the carrier takes no calls, or did not say whether it took one. */
  readonly unable: boolean;
  /** The entries of the callers for whom the carrier did not make a call, though it may make others. */
  readonly declined: ReadonlySet<string>;
  /** The entries of the callers for whom an agent began to ring. */
  readonly rung: ReadonlySet<string>;
  /** The last snapshot. */
  readonly snapshot: Snapshot;
}

/** The options of a dispatch. */
export interface DispatchOptions {
  /** Staff numbers of agents who are not rung, because they have just missed a ring. */
  readonly except?: readonly string[];
  /** No new move begins after it fires. */
  readonly signal?: AbortSignal | undefined;
  /** Groups and agents as just read, with what was written since: the first snapshot then reads only the waiting callers. */
  readonly staff?: Staff;
}

/**
 * Matches callers with agents: rings the pairs that `assign` returns, moves or cancels rings whose caller has left, and frees agents
 * whose lease has expired. Any number of dispatches may run at once; each repairs what a crash left behind.
 */
export async function dispatch(
  queue: Queue,
  { except = [], signal, staff }: DispatchOptions = {},
): Promise<Dispatched> {
  const missed = new Set(except);
  const rung = new Set<string>();
  const declined = new Set<string>();
  const under: DispatchState = { missed, rung, declined, signal };
  let inquired = false;
  let snapshot = await takeSnapshot(queue, { signal, staff });
  for (let round = 0; round < mostRounds; round += 1) {
    signal?.throwIfAborted();
    let result: MoveResult = (await settleAll(queue, snapshot, missed)) ? 'again' : 'done';
    if (result === 'done') {
      const { moves, left } = assign(assignmentInput(snapshot, missed, declined));
      result = await carryOut(queue, snapshot, moves, under);
      if (result === 'done' && left.length > 0 && !inquired) {
        inquired = true;
        if (await inquire(queue, snapshot, left)) result = 'again';
      }
    }
    if (result !== 'again') return { unable: result === 'unable', declined, rung, snapshot };
    snapshot = await takeSnapshot(queue, { signal });
  }
  return { unable: false, declined, rung, snapshot };
}

/** The state of a dispatch, and when it ends. */
interface DispatchState {
  /** The agents whom this dispatch no longer rings. */
  readonly missed: Set<string>;
  readonly rung: Set<string>;
  /** The callers for whom this dispatch tries nobody else: each gets one try. */
  readonly declined: Set<string>;
  readonly signal: AbortSignal | undefined;
}

/** Makes the moves in order, up to the first that fails: the snapshot is then out of date. A call that was declined stops no other one. */
async function carryOut(
  queue: Queue,
  snapshot: Snapshot,
  moves: readonly Action[],
  { missed, rung, declined, signal }: DispatchState,
): Promise<MoveResult> {
  for (const each of moves) {
    signal?.throwIfAborted();
    const result = await make(queue, snapshot, each, missed);
    if (result === 'declined' && each.do !== 'cancel') {
      missed.add(each.agent);
      declined.add(each.caller);
      if (declined.size < mostDeclined) continue;
      return 'unable';
    }
    if (result !== 'done') return result;
    if (each.do !== 'cancel') rung.add(each.caller);
  }
  return 'done';
}

async function make(
  queue: Queue,
  snapshot: Snapshot,
  step: Action,
  missed: Set<string>,
): Promise<MoveResult> {
  const agent = snapshot.agents.get(step.agent);
  if (agent === undefined) return 'again';
  const { lease } = agent;
  if (step.do === 'cancel') return lease === undefined ? 'again' : await cancel(queue, { ...agent, lease });
  const entry = snapshot.entries.get(step.caller);
  if (entry === undefined) return 'again';
  if (step.do === 'reassign')
    return lease === undefined ? 'again' : await reassign(queue, { ...agent, lease }, entry);
  const group = snapshot.groups.get(entry.group);
  return group === undefined ? 'again' : await ring(queue, agent, entry, group, missed);
}

/** Frees the agents whose lease has expired; returns whether there were any. */
async function settleAll(queue: Queue, snapshot: Snapshot, missed: Set<string>): Promise<boolean> {
  let any = false;
  for (const agent of snapshot.agents.values()) {
    const { lease } = agent;
    if (lease === undefined || new Date(lease.endsAt) > snapshot.at) continue;
    if (await settle(queue, snapshot, { ...agent, lease }, missed)) any = true;
  }
  return any;
}

/** Settles an expired lease whose leg sent no final status; returns whether the agent is free now. */
async function settle(queue: Queue, snapshot: Snapshot, agent: Held, missed: Set<string>): Promise<boolean> {
  const { staffNo, lease } = agent;
  if (lease.phase === 'ringing' && lease.leg !== undefined) {
    const told = await queue.rest.cancel(lease.leg);
    if (told === 'in-progress') await keepAlive(queue, agent);
    // While a leg may still ring, the agent must not get a second one.
    if (!isOver(told)) return false;
    if (!(await mayHaveMissed(queue, lease.leg, told))) {
      missed.add(staffNo);
      await release(queue, agent, { freeAt: queue.now().toISOString() });
      return true;
    }
  }
  // A ring that the carrier never accepted is not a miss.
  const accepted = lease.phase !== 'ringing' || lease.leg !== undefined;
  if (['ringing', 'asked', 'refused'].includes(lease.phase) && accepted && lease.dropped !== true) {
    missed.add(staffNo);
    await markMissed(queue, agent);
    return true;
  }
  const wrapUp = ['talking', 'over'].includes(lease.phase) ? wrapUpOf(snapshot, agent) : undefined;
  const freeAt = wrapUp === undefined ? undefined : after(lease.endsAt, wrapUp).toISOString();
  await release(queue, agent, freeAt === undefined ? {} : { freeAt });
  return true;
}

/**
 * Whether an agent may have missed a leg that is over. Not if they answered it and our webhook failed or never came, and not if the
 * carrier knows no such call: then there is no ring that they could have heard.
 */
async function mayHaveMissed({ rest }: Queue, leg: string, told: LegStatus): Promise<boolean> {
  const ended = told === 'gone' ? await rest.read(leg) : told;
  return ended !== 'completed' && ended !== 'gone';
}

async function keepAlive({ table, now }: Queue, { staffNo, lease }: Held): Promise<void> {
  const endsAt = after(now(), aliveSeconds).toISOString();
  await changeLease(table, { staffNo, id: lease.id }, { endsAt }, { phases: ['ringing'] });
}

/**
 * A caller waits and no agent is free: asks the carrier for the status of the talk that was checked longest ago, because its end may
 * never have been reported. Returns whether its agent is free now.
 */
async function inquire(queue: Queue, snapshot: Snapshot, left: readonly Caller[]): Promise<boolean> {
  const talks = [...snapshot.agents.values()]
    .flatMap((agent) => talkOf(agent.lease === undefined ? undefined : { ...agent, lease: agent.lease }))
    .filter(({ agent, askedAt }) => {
      return (
        after(askedAt, inquirySeconds) <= snapshot.at &&
        left.some(({ group }) => agent.skillGroups.includes(group))
      );
    });
  const [longest] = talks.toSorted((one, other) => (one.askedAt < other.askedAt ? -1 : 1));
  if (longest === undefined) return false;
  const { agent, leg } = longest;
  const { staffNo, lease } = agent;
  const checkedAt = queue.now().toISOString();
  const only = { phases: ['talking'] as const, checkedAt: lease.checkedAt };
  if (!(await changeLease(queue.table, { staffNo, id: lease.id }, { checkedAt }, only))) return false;
  const told = await queue.rest.read(leg);
  if (told !== 'gone' && !hasEnded(told)) return false;
  const freeAt = after(queue.now(), wrapUpOf(snapshot, agent)).toISOString();
  await release(queue, agent, { freeAt });
  return true;
}

function talkOf(agent: Held | undefined): { agent: Held; leg: string; askedAt: string }[] {
  if (agent === undefined) return [];
  const { phase, leg, talkAt, checkedAt } = agent.lease;
  if (phase !== 'talking' || leg === undefined || talkAt === undefined) return [];
  return [{ agent, leg, askedAt: checkedAt ?? talkAt }];
}

function wrapUpOf({ groups }: Snapshot, { lease }: Held): number {
  return groups.get(lease.group)?.wrapUpSeconds ?? 0;
}
