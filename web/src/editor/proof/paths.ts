import type { Untaken } from '../../../../lib/proof/coverage.ts';
import type { WalkedStep } from '../../../../lib/proof/walk.ts';
import type { ExitTags, Layer, Tag } from '../../canvas/layer.ts';
import { wireId } from '../../document/wires.ts';

const path: Tag = { tone: 'path' };
const here: Tag = { tone: 'here' };
const dim: Tag = { tone: 'dim' };

/** The path of a call through a flow, up to the node where it waits. Nodes of other flows are left out. */
export function pathLayer(steps: readonly WalkedStep[], flow: string): Layer {
  const nodes = new Map<string, Tag>();
  const wires = new Map<string, Tag>();
  for (const { flow: id, node, exit } of steps.flatMap(({ passed }) => passed)) {
    if (id !== flow) continue;
    nodes.set(node, path);
    if (exit !== undefined) wires.set(wireId(node, exit), path);
  }
  const last = steps.at(-1);
  const at = last?.ended?.node ?? last?.node;
  if (at !== undefined && nodes.has(at)) nodes.set(at, here);
  return { nodes, wires };
}

/** What no caller can reach, greyed. */
export function unreachedLayer(unreached: readonly Untaken[]): Layer {
  const gone = unreached.filter(({ visited }) => !visited);
  const some = unreached.filter(({ visited }) => visited);
  return {
    nodes: new Map(gone.map(({ node }) => [node, dim])),
    exits: new Map(
      some.map(({ node, exits }): [string, ExitTags] => [node, new Map(exits.map((exit) => [exit, dim]))]),
    ),
    wires: new Map(
      some.flatMap(({ node, exits }) => exits.map((exit) => [wireId(node, exit), dim] as const)),
    ),
  };
}
