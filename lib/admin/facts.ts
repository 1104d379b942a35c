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

/** What a flow, of whatever shape it is, is checked against beyond itself, as of now. `audio` can be handed in if it is needed elsewhere, too. */
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

/** The flows that a document enters, of whatever shape it is. */
function entered(document: unknown): readonly string[] {
  if (!isRecord(document) || !isRecord(document.nodes)) return [];
  const nodes = Object.entries(document.nodes).filter(([, node]) => isRecord(node));
  return usesOf({ nodes: Object.fromEntries(nodes) } as unknown as Flow).flows ?? [];
}

/** The flows that a flow enters, and that those enter, and so on. */
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
