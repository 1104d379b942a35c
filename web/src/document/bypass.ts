import { type Flow, type FlowNode, nodeOf } from '../../../lib/flow/flow.ts';
import { refusalOf, wiresFrom, wiresOf } from './wires.ts';

/**
 * The flow in which what led to nodes that go leads to where they led, so that deleting a node in the middle leaves no gap. That is
 * done where a node leads to one place only, and where it makes no circle.
 */
export function bypassed(flow: Flow, gone: ReadonlySet<string>): Flow {
  let next = flow;
  for (const { source, exit, target } of wiresOf(flow)) {
    if (!gone.has(target) || gone.has(source)) continue;
    const heir = heirOf(flow, target, gone);
    const node = nodeOf(next, source);
    if (heir === undefined || node === undefined || refusalOf(next, source, exit, heir) !== undefined)
      continue;
    const led: FlowNode = { ...node, exits: { ...node.exits, [exit]: heir } };
    next = { ...next, nodes: { ...next.nodes, [source]: led } };
  }
  return next;
}

/** The one node that stays and that calls come to from a node that goes. */
function heirOf(flow: Flow, id: string, gone: ReadonlySet<string>): string | undefined {
  const passed = new Set<string>();
  for (let at = id; !passed.has(at); ) {
    passed.add(at);
    const node = nodeOf(flow, at);
    if (node === undefined) return undefined;
    const [only, another] = new Set(wiresFrom(at, node).map(({ target }) => target));
    if (only === undefined || another !== undefined) return undefined;
    if (!gone.has(only)) return nodeOf(flow, only) === undefined ? undefined : only;
    at = only;
  }
  return undefined;
}
