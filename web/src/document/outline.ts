import { startsOf } from '../../../lib/engine/graph.ts';
import { type Flow, type FlowNode, nodeOf, targetOf } from '../../../lib/flow/flow.ts';
import { portsOf } from './ports.ts';

/** A node in the outline of a flow. */
export interface Line {
  readonly id: string;
  readonly node: FlowNode;
  /** How many connections it is from the start, on the way by which the outline comes to it. */
  readonly depth: number;
  /** Whether calls come to it. */
  readonly isReached: boolean;
  /** The exits that are used or have a line of their own. */
  readonly exits: readonly string[];
}

/** A flow as a list: from the start, each node before those that its exits lead to; then what nothing leads to. Each stands once. */
export function outlineOf(flow: Flow): Line[] {
  const lines: Line[] = [];
  const listed = new Set<string>();
  const list = (root: string, isReached: boolean) => {
    const ahead = [{ id: root, depth: 0 }];
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      const { id, depth } = next;
      const node = nodeOf(flow, id);
      if (node === undefined || listed.has(id)) continue;
      listed.add(id);
      const exits = portsOf(node).rows;
      lines.push({ id, node, depth, isReached, exits });
      const targets = exits.flatMap((exit) => targetOf(node, exit) ?? []);
      ahead.push(...targets.toReversed().map((target) => ({ id: target, depth: depth + 1 })));
    }
  };
  for (const start of startsOf(flow)) list(start, true);
  for (const id of Object.keys(flow.nodes)) list(id, false);
  return lines;
}
