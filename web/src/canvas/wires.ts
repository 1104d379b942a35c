import { exitsOf, waits } from '../../../lib/engine/graph.ts';
import type { Flow, FlowNode } from '../../../lib/flow/flow.ts';
import { nodeOf } from '../../../lib/flow/flow.ts';
import { nodeType } from '../../../lib/nodes/index.ts';

/** A connection: an exit of a node and the node it leads to. */
export interface Wire {
  readonly id: string;
  readonly source: string;
  readonly exit: string;
  readonly target: string;
}

/** The id of the connection that leaves by an exit; an exit has one at the most. */
export function wireId(source: string, exit: string): string {
  return `${source}.${exit}`;
}

const leaving = new WeakMap<FlowNode, { source: string; wires: readonly Wire[] }>();

/** The connections that leave a node. The same node gives the same list, so that a canvas can compare by identity. */
export function wiresFrom(source: string, node: FlowNode): readonly Wire[] {
  const found = leaving.get(node);
  if (found?.source === source) return found.wires;
  const wires = exitsOf(node).map(([exit, target]) => ({ id: wireId(source, exit), source, exit, target }));
  leaving.set(node, { source, wires });
  return wires;
}

/** All connections of a flow that lead to a node it has. */
export function wiresOf(flow: Flow): Wire[] {
  return Object.entries(flow.nodes).flatMap(([id, node]) =>
    wiresFrom(id, node).filter(({ target }) => nodeOf(flow, target) !== undefined),
  );
}

/** Why two nodes cannot be connected. */
export type Refusal = 'begins' | 'itself' | 'circle';

/** Why an exit of one node may not lead to another; undefined where it may. */
export function refusalOf(flow: Flow, source: string, target: string): Refusal | undefined {
  const from = nodeOf(flow, source);
  const to = nodeOf(flow, target);
  if (from === undefined || to === undefined) return undefined;
  if (nodeType(to.type)?.begins === true) return 'begins';
  if (waits(from)) return undefined;
  if (source === target) return 'itself';
  return comesTo(flow, target, source) ? 'circle' : undefined;
}

/** Whether a call comes from one node to another without being waited for. */
function comesTo(flow: Flow, from: string, to: string): boolean {
  const seen = new Set<string>();
  const ahead = [from];
  for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
    if (id === to) return true;
    const node = nodeOf(flow, id);
    if (node === undefined || seen.has(id) || waits(node)) continue;
    seen.add(id);
    for (const [, target] of exitsOf(node)) ahead.push(target);
  }
  return false;
}
