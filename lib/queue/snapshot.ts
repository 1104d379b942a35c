import { defined } from '../flow/defined.ts';
import type { Candidates, FreeAgent, RungAgent } from '../routing/assign.ts';
import type { Agent } from '../store/queue/agents.ts';
import { listEntries, type QueueEntry, removeEntries } from '../store/queue/entries.ts';
import type { StoredGroup } from '../store/queue/groups.ts';
import type { Lease } from '../store/queue/leases.ts';
import { listStaff, type Staff } from '../store/queue/staff.ts';
import { after, type Queue } from './queue.ts';

/** A caller without a wait request for this long does not count as waiting until the next one. */
const silentSeconds = 90;

/** How long an agent who was sent into the queue counts as on the way to a caller: longer than the carrier takes. */
const sentSeconds = 15;

/** The carrier is asked for the status of a talk if the last check is this long ago. */
export const inquirySeconds = 300;

/** An entry without a wait request for this long is deleted: the caller's leave was never reported. Waits last an hour at most. */
const sweepSeconds = 2 * 3600;

/** The most entries that are deleted at a time. */
const sweepCount = 25;

/** All that a dispatch reads, as of one time. */
export interface Snapshot {
  readonly at: Date;
  readonly groups: ReadonlyMap<string, StoredGroup>;
  readonly agents: ReadonlyMap<string, Agent>;
  /** Staff numbers of agents whose endpoint may not be dialled: they are never rung and do not count as online. */
  readonly barred: ReadonlySet<string>;
  /** The entries of the callers who wait. */
  readonly entries: ReadonlyMap<string, QueueEntry>;
}

/**
 * Reads groups and agents, then the waiting callers if an agent can be rung, rings, or may be free without our knowing. Reads are
 * consistent, and agents come first: a ring is written at its entry before it is written at its agent. `staff` was just read.
 */
export async function takeSnapshot(
  queue: Queue,
  { signal, staff }: { readonly signal?: AbortSignal | undefined; readonly staff?: Staff | undefined } = {},
): Promise<Snapshot> {
  const snapshot =
    staff === undefined ? await readStaffSnapshot(queue, signal) : snapshotOf(queue, staff, queue.now());
  if (![...snapshot.agents.values()].some((agent) => isUnsettled(agent, snapshot.at))) return snapshot;
  return { ...snapshot, entries: await readWaiting(queue, snapshot, signal) };
}

async function readStaffSnapshot(queue: Queue, signal: AbortSignal | undefined): Promise<Snapshot> {
  const at = queue.now();
  return snapshotOf(queue, await listStaff(queue.table, signal), at);
}

/** Cache by queue: the last staff read to tell callers whether anybody is online. */
const recent = new WeakMap<Queue, Snapshot>();
const recentSeconds = 10;

/** Groups and agents, at most 10 s old, without entries of callers. */
export async function takeRecentStaff(queue: Queue, signal?: AbortSignal): Promise<Snapshot> {
  const known = recent.get(queue);
  if (known !== undefined && after(known.at, recentSeconds) >= queue.now()) return known;
  const read = await readStaffSnapshot(queue, signal);
  recent.set(queue, read);
  return read;
}

function snapshotOf({ mayDial }: Queue, { groups, agents }: Staff, at: Date): Snapshot {
  const barred = agents.filter((agent) => agent.presence === 'online' && !mayDial(agent));
  return {
    at,
    groups: new Map(groups.map((group) => [group.id, group])),
    agents: new Map(agents.map((agent) => [agent.staffNo, agent])),
    barred: new Set(barred.map(({ staffNo }) => staffNo)),
    entries: new Map(),
  };
}

/** The entries of waiting callers. Deletes entries that are long over. */
async function readWaiting(
  { table }: Queue,
  { at, groups }: Pick<Snapshot, 'at' | 'groups'>,
  signal: AbortSignal | undefined,
): Promise<Map<string, QueueEntry>> {
  const all = await listEntries(table, undefined, signal);
  const old = all.filter((entry) => isOld(entry, at));
  if (old.length > 0) await removeEntries(table, old.slice(0, sweepCount));
  return new Map(all.filter((entry) => isWaiting(entry, groups, at)).map((entry) => [entry.id, entry]));
}

/** Whether a dispatch may have something to do for an agent. Not for one on a break, or in a talk that began lately. */
function isUnsettled({ presence, lease, freeAt }: Agent, at: Date): boolean {
  if (lease === undefined) return presence === 'online' && new Date(freeAt) <= at;
  if (lease.phase !== 'talking' || new Date(lease.endsAt) <= at) return true;
  const { talkAt, checkedAt } = lease;
  if (talkAt === undefined || after(talkAt, sentSeconds) > at) return true;
  return after(checkedAt ?? talkAt, inquirySeconds) <= at;
}

/** Whether a group can take another caller, and how many wait. */
export interface GroupStanding {
  /** Whether an agent is online and the queue has room. */
  readonly online: boolean;
  /** How many callers wait. */
  readonly waiting: number;
}

/**
 * Reads the standing of groups for one more caller; all groups as of the first read. The waiting callers are read only if no agent of
 * the group is free: a free agent is rung for the caller, so there is room, and the number of waiting callers is not spoken.
 */
export function groupStandings(
  queue: Queue,
  signal?: AbortSignal,
): (group: string) => Promise<GroupStanding> {
  let staff: Promise<Snapshot> | undefined;
  let full: Promise<Snapshot> | undefined;
  const withWaiting = async (seen: Snapshot) => ({
    ...seen,
    entries: await readWaiting(queue, seen, signal),
  });
  return async (group) => {
    staff ??= readStaffSnapshot(queue, signal);
    const seen = await staff;
    const isFree = [...seen.agents.values()].some(
      (agent) =>
        agent.skillGroups.includes(group) &&
        !seen.barred.has(agent.staffNo) &&
        freeAgent(agent, seen.at) !== undefined,
    );
    if (isFree && seen.groups.has(group)) return { online: true, waiting: 0 };
    full ??= withWaiting(seen);
    return standingOf(await full, group);
  };
}

/** Reads groups, agents and waiting callers of all queues, even if no agent can be rung. */
export async function takeFullSnapshot(queue: Queue, signal?: AbortSignal): Promise<Snapshot> {
  const snapshot = await readStaffSnapshot(queue, signal);
  return { ...snapshot, entries: await readWaiting(queue, snapshot, signal) };
}

/** The standing of a group for one more caller. */
function standingOf(snapshot: Snapshot, group: string): GroupStanding {
  const waiting = [...snapshot.entries.values()].filter((entry) => entry.group === group).length;
  const room = (snapshot.groups.get(group)?.maxQueue ?? 0) - waiting;
  return { online: room > 0 && isOnline(snapshot, group), waiting };
}

/** Whether a caller counts as waiting. A group that was deleted has no queue. */
export function isWaiting(entry: QueueEntry, groups: ReadonlyMap<string, StoredGroup>, at: Date): boolean {
  const { askedAt, group } = entry;
  const queue = groups.get(group);
  if (queue === undefined) return false;
  if (queue.emptyAt !== undefined && askedAt < queue.emptyAt) return false;
  return after(askedAt, silentSeconds) >= at;
}

function isOld({ askedAt }: QueueEntry, at: Date): boolean {
  return after(askedAt, sweepSeconds) < at;
}

/**
 * Whether an agent of a group is online and may be rung, busy or not. A group that does not exist has nobody online.
 */
export function isOnline(
  { groups, agents, barred }: Pick<Snapshot, 'groups' | 'agents' | 'barred'>,
  group: string,
): boolean {
  if (!groups.has(group)) return false;
  return [...agents.values()].some(
    ({ staffNo, presence, skillGroups }) =>
      presence === 'online' && skillGroups.includes(group) && !barred.has(staffNo),
  );
}

/** The snapshot as input for the routing rules, without the agents and the callers for whom nobody must be rung now. */
export function assignmentInput(
  { at, agents, barred, entries }: Snapshot,
  except: ReadonlySet<string>,
  declined: ReadonlySet<string>,
): Candidates {
  const everybody = [...agents.values()];
  const fits = ({ staffNo }: Agent) => !except.has(staffNo) && !barred.has(staffNo);
  return {
    callers: [...entries.values()]
      .filter(({ id }) => !declined.has(id))
      .map(({ id, group, since, ring, ringEndsAt }) => ({
        ...{ id, group, since },
        ...defined({ ring }),
        pending: ring !== undefined && ringEndsAt !== undefined && new Date(ringEndsAt) > at,
      })),
    rung: everybody.flatMap((agent) => rungAgent(agent, at) ?? []),
    free: everybody.filter(fits).flatMap((agent) => freeAgent(agent, at) ?? []),
  };
}

function freeAgent(agent: Agent, at: Date): FreeAgent | undefined {
  const { staffNo, skillGroups, presence, lease, freeAt } = agent;
  if (presence !== 'online' || lease !== undefined || new Date(freeAt) > at) return undefined;
  return { staffNo, groups: skillGroups, since: freeAt };
}

function rungAgent({ staffNo, skillGroups, presence, lease }: Agent, at: Date): RungAgent | undefined {
  const stage = lease === undefined ? undefined : stageOf(lease, at);
  if (lease === undefined || stage === undefined) return undefined;
  const unwanted = lease.dropped === true || presence !== 'online';
  return {
    ...{ staffNo, groups: skillGroups, lease: lease.id, caller: lease.entry, stage },
    // An agent who has answered takes the call; a presence set meanwhile counts after it.
    unwanted: stage === 'ringing' && unwanted,
  };
}

function stageOf({ phase, endsAt, talkAt }: Lease, at: Date): RungAgent['stage'] | undefined {
  if (phase === 'ringing') return 'ringing';
  if (new Date(endsAt) <= at) return undefined;
  if (phase === 'asked') return 'answered';
  return phase === 'talking' && talkAt !== undefined && after(talkAt, sentSeconds) > at ? 'sent' : undefined;
}
