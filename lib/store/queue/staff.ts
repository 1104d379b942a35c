import { agentKey, entriesPk, groupKey, keyOf, staffPk } from '../table/keys.ts';
import { getAll, query, type Table } from '../table/table.ts';
import { type Agent, agentOf } from './agents.ts';
import { entryOf, type QueueEntry } from './entries.ts';
import { groupOf, type StoredGroup } from './groups.ts';

/** All skill groups and agents. */
export interface Staff {
  readonly groups: readonly StoredGroup[];
  readonly agents: readonly Agent[];
}

/** Reads all skill groups and agents in one Query (consistent read). */
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

/** Reads an agent and the entry that they are rung for in one request; each is `undefined` if it does not exist. */
export async function readRing(
  table: Table,
  { staffNo, entry }: { readonly staffNo: string; readonly entry?: string | undefined },
): Promise<{ readonly agent: Agent | undefined; readonly entry: QueueEntry | undefined }> {
  const keys = [agentKey(staffNo), ...(entry === undefined ? [] : [{ pk: entriesPk, sk: entry }])];
  const items = await getAll(table, keys);
  const agent = items.find((item) => keyOf(item).pk === staffPk);
  const waiting = items.find((item) => keyOf(item).pk === entriesPk);
  return {
    agent: agent === undefined ? undefined : agentOf(agent),
    entry: waiting === undefined ? undefined : entryOf(waiting),
  };
}
