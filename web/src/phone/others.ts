import { useQuery } from '@tanstack/react-query';
import { usesOf } from '../../../lib/engine/uses.ts';
import type { Flow } from '../../../lib/flow/flow.ts';
import type { ScriptRemote } from '../draft/remote.ts';

const none: ReadonlyMap<string, Flow> = new Map();

/** The live flows that a call of this flow may enter, directly or from one another; `undefined` until they are known. */
export function useOthers(
  flow: Flow,
  scripts: ScriptRemote | undefined,
): ReadonlyMap<string, Flow> | undefined {
  const first = usesOf(flow).flows ?? [];
  const found = useQuery({
    queryKey: ['entered', 'all', flow.id, ...first],
    queryFn: () => allEntered(flow.id, first, async (id) => await scripts?.live(id)),
    enabled: first.length > 0,
  });
  return first.length === 0 || found.isError ? none : found.data;
}

async function allEntered(
  own: string,
  first: readonly string[],
  live: (id: string) => Promise<Flow | undefined>,
): Promise<ReadonlyMap<string, Flow>> {
  const flows = new Map<string, Flow>();
  const seen = new Set([own]);
  for (let ahead = first; ahead.length > 0; ) {
    const fresh = [...new Set(ahead)].filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    const read = await Promise.all(fresh.map(async (id) => await live(id)));
    for (const flow of read) if (flow !== undefined) flows.set(flow.id, flow);
    ahead = read.flatMap((flow) => (flow === undefined ? [] : (usesOf(flow).flows ?? [])));
  }
  return flows;
}
