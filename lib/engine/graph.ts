import type { Flow, FlowNode } from '../flow/flow.ts';
import { nodeOf } from '../flow/flow.ts';
import { nodeType } from '../nodes/index.ts';

/** The most nodes that a call passes in a row without waiting for the caller. */
export const longestWalk = 100;

/** The ids of the start nodes; a valid flow has one. */
export function startsOf(flow: Flow): string[] {
  return Object.keys(flow.nodes).filter((id) => nodeType(flow.nodes[id]?.type ?? '')?.begins === true);
}

/** The connected exits of a node, each with its target's id. */
export function exitsOf(node: FlowNode): [exit: string, target: string][] {
  const connected: [exit: string, target: string][] = [];
  const exits = node.exits ?? {};
  for (const exit of Object.keys(exits)) {
    const target = exits[exit];
    // The exits of an unknown node type may have any shape.
    if (typeof target === 'string') connected.push([exit, target]);
  }
  return connected;
}

/** The ids of the nodes that a call can reach from any of these. */
export function reachedFrom(flow: Flow, starts: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const ahead = [...starts];
  for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
    const node = nodeOf(flow, id);
    if (node === undefined || reached.has(id)) continue;
    reached.add(id);
    for (const [, target] of exitsOf(node)) ahead.push(target);
  }
  return reached;
}

/** The walks of a flow: how many nodes a call passes without waiting for the caller. */
export interface Walks {
  /** By node: the number of nodes from it, itself included, to the next wait for the caller. */
  readonly lengths: ReadonlyMap<string, number>;
  /** The exits that close a cycle without a wait for the caller. */
  readonly cycles: readonly { readonly node: string; readonly exit: string; readonly target: string }[];
}

/** Measures the walks of a flow. Recursive, so the flow may have at most `mostNodes` nodes. */
export function walksOf(flow: Flow): Walks {
  const lengths = new Map<string, number>();
  const cycles: { node: string; exit: string; target: string }[] = [];
  const under = new Set<string>();

  function measure(id: string): number {
    const known = lengths.get(id);
    if (known !== undefined) return known;
    const node = nodeOf(flow, id);
    if (node === undefined) return 0;
    if (waitsAt(node)) {
      lengths.set(id, 0);
      return 0;
    }
    under.add(id);
    let longest = 0;
    for (const [exit, target] of exitsOf(node)) {
      if (under.has(target)) cycles.push({ node: id, exit, target });
      else longest = Math.max(longest, measure(target));
    }
    under.delete(id);
    lengths.set(id, longest + 1);
    return longest + 1;
  }

  for (const id of Object.keys(flow.nodes)) measure(id);
  return { lengths, cycles };
}

/** Whether a node waits for the caller to press a key. */
export function waitsAt(node: FlowNode): boolean {
  return nodeType(node.type)?.waitsFor === 'keys';
}
