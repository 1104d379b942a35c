import type { Flow } from '../../lib/flow/flow.ts';

/** A flow with its nodes called as in another, where there is one of each type in both. */
export function renamedLike(other: Flow, flow: Flow): Flow {
  const ids = new Map(
    Object.entries(flow.nodes).map(([id, { type }]) => {
      const [same = id] = Object.keys(other.nodes).filter((each) => other.nodes[each]?.type === type);
      return [id, same];
    }),
  );
  const nodes = Object.entries(flow.nodes).map(([id, node]) => {
    const exits = Object.entries(node.exits ?? {}).map(([exit, target]) => [exit, ids.get(target) ?? target]);
    return [ids.get(id), exits.length === 0 ? node : { ...node, exits: Object.fromEntries(exits) }];
  });
  return { ...flow, nodes: Object.fromEntries(nodes) };
}
