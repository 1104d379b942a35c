import type { Facts, FlowFact } from '../engine/facts.ts';
import { usesOf } from '../engine/uses.ts';
import type { Flow } from '../flow/flow.ts';
import { isRecord } from '../flow/json.ts';
import { readLiveVersion } from '../store/flows/flows.ts';
import { fetchVersion } from '../store/flows/versions.ts';
import type { Admin } from './admin.ts';
import { type ApprovedAudio, approvedAudio } from './audio.ts';
import { connectionIds } from './connections.ts';
import { groupIds } from './groups.ts';
import { scheduleFacts } from './schedules.ts';

/** Reads the facts that `check` needs about resources outside a flow, which may be a broken draft. Pass `audio` if it was read already. */
export async function factsOf(
  admin: Admin,
  flow: unknown,
  audio: ApprovedAudio | Promise<ApprovedAudio> = approvedAudio(admin),
): Promise<Facts> {
  const [groups, approved, flows, schedules, connections] = await Promise.all([
    groupIds(admin),
    audio,
    flowFacts(admin, flow),
    scheduleFacts(admin),
    connectionIds(admin),
  ]);
  return {
    groups,
    audio: new Map(Array.from(approved, ([id, { seconds }]) => [id, seconds])),
    flows,
    ...schedules,
    connections,
  };
}

/** The flows that a document enters. The document may have any shape. */
function entered(document: unknown): readonly string[] {
  if (!isRecord(document) || !isRecord(document.nodes)) return [];
  const nodes = Object.entries(document.nodes).filter(([, node]) => isRecord(node));
  return usesOf({ nodes: Object.fromEntries(nodes) } as unknown as Flow).flows ?? [];
}

/** All flows that a flow enters, directly or through others. */
async function flowFacts({ table }: Admin, flow: unknown): Promise<ReadonlyMap<string, FlowFact>> {
  const found = new Map<string, FlowFact>();
  const own = isRecord(flow) ? flow.id : undefined;
  const ahead = [...entered(flow)];
  for (const id of ahead) {
    if (found.has(id)) continue;
    const known = await readLiveVersion(table, id);
    // A flow may enter itself before it is live for the first time.
    const isOwn = id === own;
    if (known === undefined && !isOwn) continue;
    const document =
      known?.version === undefined || isOwn ? undefined : await fetchVersion(table, id, known.version);
    found.set(id, {
      live: isOwn || document !== undefined,
      ...(document === undefined ? {} : { document }),
    });
    if (document !== undefined) ahead.push(...entered(document));
  }
  return found;
}
