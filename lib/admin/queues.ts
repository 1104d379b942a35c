import { isWaiting } from '../queue/snapshot.ts';
import { type Agent, type AgentState, stateOf } from '../store/queue/agents.ts';
import { listEntries, type QueueEntry } from '../store/queue/entries.ts';
import { groupId } from '../store/queue/groups.ts';
import { listStaff } from '../store/queue/staff.ts';
import {
  cursorAt,
  type Listing,
  type Page,
  type Paging,
  placeAfter,
  usualLimit,
} from '../store/table/page.ts';
import type { Admin } from './admin.ts';

/** The waiting callers and the agents of a skill group. */
export interface QueueRow {
  readonly group: string;
  /** Callers in the queue. */
  readonly waiting: number;
  /** How long the first of them has waited; 0 if nobody waits. */
  readonly longestWaitSeconds: number;
  /** The number of agents in each state; states without agents are left out. */
  readonly agents: Partial<Record<AgentState, number>>;
}

/** The number of callers who wait now, in all queues. */
export async function countWaiting({ table, now }: Pick<Admin, 'table' | 'now'>): Promise<number> {
  const [{ groups }, entries] = await Promise.all([listStaff(table), listEntries(table)]);
  const at = now();
  const byId = new Map(groups.map((group) => [group.id, group]));
  return entries.filter((entry) => isWaiting(entry, byId, at)).length;
}

/** The current queues of all skill groups, by group id. Throws `cursor-foreign`. */
export async function listQueues(
  { table, now }: Admin,
  { limit = usualLimit, after }: Paging = {},
): Promise<Page<QueueRow>> {
  const past = placeAfter(list, after) ?? '';
  const [{ groups, agents }, entries] = await Promise.all([listStaff(table), listEntries(table)]);
  const at = now();
  const byId = new Map(groups.map((group) => [group.id, group]));
  const waiting = entries.filter((entry) => isWaiting(entry, byId, at));
  const following = [...byId.keys()].filter((id) => id > past).sort();
  const items = following.slice(0, limit).map((group) =>
    rowOf(group, at, {
      waiting: waiting.filter((entry) => entry.group === group),
      agents: agents.filter(({ skillGroups }) => skillGroups.includes(group)),
    }),
  );
  const last = items.at(-1);
  return {
    items,
    ...(following.length > limit && last !== undefined ? { next: cursorAt(list, last.group) } : {}),
  };
}

const list: Listing = { name: 'queues', place: groupId };

function rowOf(
  group: string,
  at: Date,
  { waiting, agents }: { waiting: readonly QueueEntry[]; agents: readonly Agent[] },
): QueueRow {
  const seconds = waiting.map(({ since }) => Math.floor((at.getTime() - Date.parse(since)) / 1000));
  const states: Partial<Record<AgentState, number>> = {};
  for (const agent of agents) {
    const state = stateOf(agent, at);
    states[state] = (states[state] ?? 0) + 1;
  }
  return { group, waiting: waiting.length, longestWaitSeconds: Math.max(0, ...seconds), agents: states };
}
