import { look, type Sight } from '../queue/look.ts';
import { type AgentState, stateOf } from '../store/agents.ts';
import { type Page, type Paging, usualLimit } from '../store/page.ts';
import type { Admin } from './admin.ts';

/** Who waits for a skill group, and who is there to answer. */
export interface QueueRow {
  readonly group: string;
  /** Callers in the queue. */
  readonly waiting: number;
  /** How long the first of them has waited; 0 where nobody waits. */
  readonly longestWaitSeconds: number;
  /** How many agents of the group are in each state; states that nobody is in are left out. */
  readonly agents: Partial<Record<AgentState, number>>;
}

/** The queues of all skill groups, as they are seen at one time, by the group's id. */
export async function listQueues(
  admin: Admin,
  { limit = usualLimit, after = '' }: Paging = {},
): Promise<Page<QueueRow>> {
  const sight = await look(admin);
  const groups = [...sight.groups.keys()].filter((id) => id > after).sort();
  const shown = groups.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((group) => rowOf(sight, group)),
    ...(groups.length > limit && last !== undefined ? { next: last } : {}),
  };
}

function rowOf({ at, agents, places }: Sight, group: string): QueueRow {
  const waits = [...places.values()]
    .filter((place) => place.group === group)
    .map(({ since }) => Math.max(0, Math.floor((at.getTime() - Date.parse(since)) / 1000)));
  const states: Partial<Record<AgentState, number>> = {};
  for (const agent of agents.values()) {
    if (!agent.skillGroups.includes(group)) continue;
    const state = stateOf(agent, at);
    states[state] = (states[state] ?? 0) + 1;
  }
  return { group, waiting: waits.length, longestWaitSeconds: Math.max(0, ...waits), agents: states };
}
