import { type Flow, isNodeId, nodeOf, noteOf } from '../../../lib/flow/flow.ts';

/** A node id that the flow does not have and that was not given out: the wished one, else with a number behind it. */
export function freshId(flow: Flow, wished: string, given: ReadonlySet<string> = new Set()): string {
  return fresh(wished, (id) => nodeOf(flow, id) !== undefined || given.has(id));
}

/** The same for a note: notes have ids of their own, apart from those of nodes. */
export function freshNoteId(flow: Flow, wished = 'note', given: ReadonlySet<string> = new Set()): string {
  return fresh(wished, (id) => noteOf(flow, id) !== undefined || given.has(id));
}

function fresh(wished: string, taken: (id: string) => boolean): string {
  const base = (isNodeId(wished) ? wished : 'node').replace(/-\d+$/, '').slice(0, 56);
  if (isNodeId(wished) && !taken(wished)) return wished;
  for (let count = 2; ; count += 1) {
    const id = `${base}-${count}`;
    if (!taken(id)) return id;
  }
}
