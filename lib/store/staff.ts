import { type Agent, agentOf } from './agents.ts';
import { groupOf, type StoredGroup } from './groups.ts';
import { agentKey, groupKey, keyOf, staffPk } from './keys.ts';
import { query, type Table } from './table.ts';

/** Skill groups and agents, all of them. */
export interface Staff {
  readonly groups: readonly StoredGroup[];
  readonly agents: readonly Agent[];
}

/** Reads all skill groups and agents in one Query, as they stand after every write before. */
export async function listStaff(table: Table, signal?: AbortSignal): Promise<Staff> {
  const groups: StoredGroup[] = [];
  const agents: Agent[] = [];
  for await (const items of query(table, { where: '#pk = :pk', values: { pk: staffPk } }, signal)) {
    for (const item of items) {
      const { sk } = keyOf(item);
      if (sk.startsWith(groupKey('').sk)) groups.push(groupOf(item));
      if (sk.startsWith(agentKey('').sk)) agents.push(agentOf(item));
    }
  }
  return { groups, agents };
}
