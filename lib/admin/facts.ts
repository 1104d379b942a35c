import type { Facts, FlowFact } from '../engine/facts.ts';
import { usesOf } from '../engine/uses.ts';
import { defined } from '../flow/defined.ts';
import type { Flow } from '../flow/flow.ts';
import { isRecord } from '../flow/json.ts';
import { readLiveVersion } from '../store/flows/flows.ts';
import { fetchVersion } from '../store/flows/versions.ts';
import { inLanes } from '../store/table/lanes.ts';
import type { Admin } from './admin.ts';
import { type ApprovedAudio, approvedAudio } from './audio.ts';
import { connectionIds } from './connections.ts';
import { groupIds } from './groups.ts';
import { scheduleFacts } from './schedules.ts';

/** Reads the facts that `check` needs about resources outside a flow, which may be a broken draft. Pass `audio` if it was read already. */
export function factsOf(
  admin: Admin,
  flow: unknown,
  audio?: ApprovedAudio | Promise<ApprovedAudio>,
): Promise<Facts> {
  return openFacts(admin, audio).of(flow);
}

/** Reads the facts of several flows. Lists of resources, and each live version, are read once for all of them. */
export interface FactReader {
  /** The facts of a flow, which may be a broken draft. */
  of(flow: unknown): Promise<Facts>;
  /** The live version of a flow; `undefined` if there is no flow, or no live version. */
  live(id: string): Promise<Flow | undefined>;
  /** Reads the live versions of flows, several at a time. */
  prepare(ids: readonly string[]): Promise<void>;
}

/** How many live versions are read at a time. */
const lanes = 8;

/** Opens a reader of facts. Pass `audio` if it was read already. */
export function openFacts(
  admin: Admin,
  audio: ApprovedAudio | Promise<ApprovedAudio> = approvedAudio(admin),
): FactReader {
  const { table } = admin;
  const resources = Promise.all([groupIds(admin), audio, scheduleFacts(admin), connectionIds(admin)]);
  // A reader that is never asked must not fail.
  resources.catch(() => {});
  const known = new Map<string, Promise<Entered | undefined>>();
  const read = async (id: string): Promise<Entered | undefined> => {
    const found = await readLiveVersion(table, id);
    if (found?.version === undefined) return found && {};
    return defined({ document: await fetchVersion(table, id, found.version) });
  };
  const knownOf = (id: string) => {
    const found = known.get(id) ?? read(id);
    known.set(id, found);
    return found;
  };
  const prepare: FactReader['prepare'] = (ids) =>
    inLanes(ids, lanes, async (id) => {
      await knownOf(id);
    });
  return {
    prepare,
    live: async (id) => (await knownOf(id))?.document,
    async of(flow) {
      const [[groups, approved, schedules, connections], flows] = await Promise.all([
        resources,
        flowFacts(flow, prepare, knownOf),
      ]);
      const seconds = new Map(Array.from(approved, ([id, each]) => [id, each.seconds]));
      return { groups, audio: seconds, flows, ...schedules, connections };
    },
  };
}

/** A flow that another one enters; without a document it is not live. */
interface Entered {
  readonly document?: Flow;
}

/** The flows that a document enters. The document may have any shape. */
function entered(document: unknown): readonly string[] {
  if (!isRecord(document) || !isRecord(document.nodes)) return [];
  const nodes = Object.entries(document.nodes).filter(([, node]) => isRecord(node));
  return usesOf({ nodes: Object.fromEntries(nodes) } as unknown as Flow).flows ?? [];
}

/** All flows that a flow enters, directly or through others: those of each level are read at the same time. */
async function flowFacts(
  flow: unknown,
  prepare: FactReader['prepare'],
  knownOf: (id: string) => Promise<Entered | undefined>,
): Promise<ReadonlyMap<string, FlowFact>> {
  const found = new Map<string, FlowFact>();
  const asked = new Set<string>();
  const own = isRecord(flow) ? flow.id : undefined;
  for (let ahead = entered(flow); ahead.length > 0; ) {
    const ids = [...new Set(ahead)].filter((id) => !asked.has(id));
    await prepare(ids);
    const next: string[] = [];
    for (const id of ids) {
      asked.add(id);
      const known = await knownOf(id);
      // A flow may enter itself before it is live for the first time.
      const isOwn = id === own;
      if (known === undefined && !isOwn) continue;
      const document = isOwn ? undefined : known?.document;
      found.set(id, { live: isOwn || document !== undefined, ...defined({ document }) });
      if (document !== undefined) next.push(...entered(document));
    }
    ahead = next;
  }
  return found;
}
