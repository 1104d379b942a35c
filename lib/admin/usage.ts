import { usesOf } from '../engine/uses.ts';
import type { Resource, Uses } from '../flow/uses.ts';
import { fetchDraft } from '../store/flows/drafts.ts';
import { type FlowHead, readHeads } from '../store/flows/flows.ts';
import { fetchVersion, readVersionUses } from '../store/flows/versions.ts';
import { inLanes } from '../store/table/lanes.ts';
import type { Admin } from './admin.ts';

/**
 * A flow that uses a resource, and where: in its draft, its live version, or a version that was live so recently that a caller may
 * still be in it.
 */
export interface Usage {
  readonly flow: string;
  /** The flow's name. */
  readonly name: string;
  readonly usedIn: readonly ('draft' | 'live' | 'former')[];
}

/** The name of each part of a flow, for messages that refuse a deletion. */
const partNames = { draft: 'draft', live: 'live version', former: 'a version that callers may still be in' };

/** Where something is used, in words: `office (draft, live version), sales (draft)`. */
export function usageText(usages: readonly Usage[]): string {
  return usages
    .map(({ flow, usedIn }) => `${flow} (${usedIn.map((part) => partNames[part]).join(', ')})`)
    .join(', ');
}

/** How many flows are read at a time, if documents must be read. */
const lanes = 8;

/**
 * The flows that use resources of a kind, by resource id. One read of the flows' heads gives it; a document is read only if its head
 * does not list its uses. Of a deleted flow, only versions that callers may still be in count.
 */
export async function usageOf(
  admin: Pick<Admin, 'table' | 'now'>,
  resource: Resource,
): Promise<ReadonlyMap<string, readonly Usage[]>> {
  const found = new Map<string, Usage[]>();
  await inLanes(await readHeads(admin.table), lanes, async (head) => {
    const parts = new Map<string, Usage['usedIn'][number][]>();
    for (const [part, uses] of await usesByPart(admin, head)) {
      for (const id of uses[resource] ?? []) parts.set(id, [...(parts.get(id) ?? []), part]);
    }
    for (const [id, usedIn] of parts) {
      const usage = { flow: head.id, name: head.name, usedIn: [...new Set(usedIn)] };
      found.set(id, [...(found.get(id) ?? []), usage]);
    }
  });
  return new Map(Array.from(found, ([id, usages]) => [id, usages.sort(byFlow)]));
}

async function usesByPart({ table, now }: Pick<Admin, 'table' | 'now'>, head: FlowHead) {
  const { id, draft, live, liveUses, former, hiddenAt } = head;
  const ofVersion = async (version: number): Promise<Uses> => {
    const uses = await readVersionUses(table, id, version);
    if (uses !== undefined) return uses;
    const flow = await fetchVersion(table, id, version);
    return flow === undefined ? {} : usesOf(flow);
  };
  const time = now().toISOString();
  const parts: [Usage['usedIn'][number], Uses][] = [];
  if (hiddenAt === undefined) parts.push(['draft', draft.uses ?? usesOf(await fetchDraft(table, head))]);
  if (live !== undefined) parts.push(['live', liveUses ?? (await ofVersion(live))]);
  for (const { version, until } of former) {
    if (until > time) parts.push(['former', await ofVersion(version)]);
  }
  return parts;
}

function byFlow(one: Usage, other: Usage): number {
  return one.flow < other.flow ? -1 : 1;
}
