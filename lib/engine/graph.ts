import type { Flow, FlowNode } from '../flow/flow.ts';
import { nodeOf } from '../flow/flow.ts';
import type { Entering } from '../nodes/entering.ts';
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

/** Whether a node waits for the caller to press a key. */
export function waitsAt(node: FlowNode): boolean {
  return nodeType(node.type)?.waitsFor === 'keys';
}

/** How a node enters another flow; `undefined` if it does not. */
export function enteringOf(node: FlowNode): Entering | undefined {
  return nodeType(node.type)?.enters?.(node);
}

/** The connected exits that a call takes without waiting for the caller, whatever happens in flows that it enters meanwhile. */
export function passedExits(node: FlowNode): [exit: string, target: string][] {
  if (waitsAt(node)) return [];
  const back = enteringOf(node)?.back;
  return exitsOf(node).filter(([exit]) => exit !== back);
}
