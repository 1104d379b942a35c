import { type Flow, isNodeId, nodeOf } from '../../../lib/flow/flow.ts';

/** A node id that the flow does not have and that was not given out: the wished one, else with a number behind it. */
export function freshId(flow: Flow, wished: string, given: ReadonlySet<string> = new Set()): string {
  const base = (isNodeId(wished) ? wished : 'node').replace(/-\d+$/, '').slice(0, 56);
  const taken = (id: string) => nodeOf(flow, id) !== undefined || given.has(id);
  if (isNodeId(wished) && !taken(wished)) return wished;
  for (let count = 2; ; count += 1) {
    const id = `${base}-${count}`;
    if (!taken(id)) return id;
  }
}
