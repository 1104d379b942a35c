import { useQuery } from '@tanstack/react-query';
import { usesOf } from '../../../lib/engine/uses.ts';
import type { Flow } from '../../../lib/flow/flow.ts';
import type { ScriptRemote } from '../draft/remote.ts';

/** The live versions of the flows that calls of a flow may enter, and of those that they enter, by their ids. */
export async function enteredFrom(
  flow: Flow,
  live: ScriptRemote['live'],
): Promise<ReadonlyMap<string, Flow>> {
  const found = new Map<string, Flow>();
  const asked = new Set([flow.id]);
  for (let ahead = usesOf(flow).flows ?? []; ahead.length > 0; ) {
    const ids = [...new Set(ahead)].filter((id) => !asked.has(id));
    for (const id of ids) asked.add(id);
    const others = await Promise.all(ids.map(live));
    const there = others.filter((each) => each !== undefined);
    for (const each of there) found.set(each.id, each);
    ahead = there.flatMap((each) => usesOf(each).flows ?? []);
  }
  return found;
}

const none: ReadonlyMap<string, Flow> = new Map();

/** The same of the flow on the canvas; `undefined` until they are read, empty if they cannot be read. */
export function useEnteredFlows(
  flow: Flow,
  scripts: ScriptRemote | undefined,
): ReadonlyMap<string, Flow> | undefined {
  const ids = usesOf(flow).flows ?? [];
  const isAsked = scripts !== undefined && ids.length > 0;
  const others = useQuery({
    queryKey: ['entered', flow.id, ...ids],
    queryFn: () => enteredFrom(flow, async (id) => await scripts?.live(id)),
    enabled: isAsked,
  });
  return isAsked && !others.isError ? others.data : none;
}
