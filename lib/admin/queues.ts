import { type Agent, type AgentState, listAgents, stateOf } from '../store/agents.ts';
import { collect, type Page, type Paging } from '../store/page.ts';
import type { Admin } from './admin.ts';
import { listGroups } from './groups.ts';

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

/** The queues of all skill groups as they are at this time, by the group's id. */
export async function listQueues(admin: Admin, paging: Paging = {}): Promise<Page<QueueRow>> {
  const { items: groups, ...rest } = await listGroups(admin, paging);
  const agents = groups.length === 0 ? [] : await collect((each) => listAgents(admin.table, each));
  return { items: groups.map(({ id }) => rowOf(admin, id, agents)), ...rest };
}

function rowOf({ now }: Admin, group: string, agents: readonly Agent[]): QueueRow {
  const states: Partial<Record<AgentState, number>> = {};
  for (const agent of agents.filter(({ skillGroups }) => skillGroups.includes(group))) {
    const state = stateOf(agent, now());
    states[state] = (states[state] ?? 0) + 1;
  }
  return { group, waiting: 0, longestWaitSeconds: 0, agents: states };
}
