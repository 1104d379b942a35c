import { enteringOf, exitsOf, passedExits, startsOf, waitsAt } from '../../../lib/engine/graph.ts';
import type { Flow, FlowNode } from '../../../lib/flow/flow.ts';
import { nodeOf } from '../../../lib/flow/flow.ts';
import { begins } from './ports.ts';

/** A connection: an exit of a node and the node it leads to. */
export interface Wire {
  readonly id: string;
  readonly source: string;
  readonly exit: string;
  readonly target: string;
}

/** The id of the connection that leaves by an exit; an exit has one at most. */
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

/** Why an exit of one node may not lead to another; `undefined` if it may. */
export function refusalOf(flow: Flow, source: string, exit: string, target: string): Refusal | undefined {
  const from = nodeOf(flow, source);
  const to = nodeOf(flow, target);
  if (from === undefined || to === undefined) return undefined;
  if (begins(to)) return 'begins';
  if (mayWait(from, exit)) return undefined;
  if (source === target) return 'itself';
  return comesTo(flow, target, source) ? 'circle' : undefined;
}

/** The nodes that an exit of a node may not lead to, for lists to choose from: one look at the flow tells of all. */
export function refusedFrom(flow: Flow, source: string, exit: string): ReadonlySet<string> {
  const starts = startsOf(flow);
  const from = nodeOf(flow, source);
  if (from === undefined || mayWait(from, exit)) return new Set(starts);
  const before = new Map<string, string[]>();
  for (const [id, node] of Object.entries(flow.nodes)) {
    for (const [, target] of passedExits(node)) before.set(target, [...(before.get(target) ?? []), id]);
  }
  return new Set([...starts, ...spread(source, (id) => before.get(id) ?? [])]);
}

/** Whether a call may wait for the caller before it takes an exit: at the node, or in a flow that it enters there. */
function mayWait(node: FlowNode, exit: string): boolean {
  return waitsAt(node) || enteringOf(node)?.back === exit;
}

/** Whether a call goes from one node to another without waiting for the caller. */
function comesTo(flow: Flow, from: string, to: string): boolean {
  const after = (id: string) => {
    const node = nodeOf(flow, id);
    return node === undefined ? [] : passedExits(node).map(([, target]) => target);
  };
  return spread(from, after).has(to);
}

/** All ids that can be reached from one, itself included; `next` returns the neighbours of an id. */
function spread(from: string, next: (id: string) => readonly string[]): Set<string> {
  const reached = new Set<string>();
  const ahead = [from];
  for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    ahead.push(...next(id));
  }
  return reached;
}
