import { type Flow, type FlowNode, nodeOf } from '../../../lib/flow/flow.ts';
import { same } from './same.ts';

/** Two people's changes in one document. */
export interface Combined {
  readonly flow: Flow;
  /** The nodes that both changed, each in another way: mine was taken. */
  readonly both: readonly string[];
}

/** Their document with my changes on top, node by node and field by field of the flow; `base` is what both began with. */
export function combine(base: Flow, theirs: Flow, mine: Flow): Combined {
  const both: string[] = [];
  const nodes: Record<string, FlowNode> = {};
  for (const id of new Set([...Object.keys(theirs.nodes), ...Object.keys(mine.nodes)])) {
    const [was, their, my] = [nodeOf(base, id), nodeOf(theirs, id), nodeOf(mine, id)];
    const taken = same(was, my) ? their : my;
    if (!same(was, my) && !same(was, their) && !same(their, my)) both.push(id);
    if (taken !== undefined) nodes[id] = taken;
  }
  const layout = { ...theirs.layout };
  for (const [id, place] of Object.entries(mine.layout ?? {})) {
    if (!same(place, base.layout?.[id])) layout[id] = place;
  }
  const head: Record<string, unknown> = { ...theirs };
  for (const field of ['name', 'language', 'voice', 'description'] as const) {
    if (mine[field] === base[field]) continue;
    if (mine[field] === undefined) delete head[field];
    else head[field] = mine[field];
  }
  return { flow: { ...(head as unknown as Flow), nodes, layout }, both };
}
