import { startsOf } from '../../../lib/engine/graph.ts';
import type { Flow } from '../../../lib/flow/flow.ts';
import { gap, measure, type Size, shapeOf } from '../document/geometry.ts';
import { wiresFrom } from '../document/wires.ts';

/**
 * Connected nodes cut into blocks of at most about a size, each a menu with what follows it, so that large flows can be
 * drawn in several columns of blocks. A block comes before those that it leads to.
 */
export function blocksOf(flow: Flow, ids: readonly string[], limits: Size): string[][] {
  if (ids.length === 1) return [[...ids]];
  const tree = treeOf(flow, ids);
  const heads = headsOf(flow, tree, limits);
  const blocks = new Map<string, string[]>();
  const headOf = new Map<string, string>();
  for (const [id, parent] of tree.parents) {
    const head = parent === undefined || heads.has(id) ? id : (headOf.get(parent) ?? id);
    headOf.set(id, head);
    const block = blocks.get(head) ?? [];
    block.push(id);
    blocks.set(head, block);
  }
  return [...blocks.values()];
}

/** Every node once, under the one from which a call comes to it by the fewest connections. */
interface Tree {
  /** The parents, in the order in which calls come to the nodes: the upper exits of a node first, and to their ends. */
  readonly parents: ReadonlyMap<string, string | undefined>;
  readonly children: ReadonlyMap<string, readonly string[]>;
}

function treeOf(flow: Flow, ids: readonly string[]): Tree {
  const known = new Set(ids);
  const ahead = new Map(ids.map((id) => [id, targetsOf(flow, id).filter((target) => known.has(target))]));
  const led = new Set([...ahead.values()].flat());
  const above = new Map<string, string | undefined>();
  const children = new Map<string, string[]>(ids.map((id) => [id, []]));
  const roots: string[] = [];
  const starts = startsOf(flow).filter((id) => known.has(id));
  for (const root of [...starts, ...ids.filter((id) => !led.has(id)), ...ids]) {
    if (above.has(root)) continue;
    roots.push(root);
    above.set(root, undefined);
    const queue = [root];
    // The list grows while it is walked.
    for (const id of queue) {
      for (const target of ahead.get(id) ?? []) {
        if (above.has(target)) continue;
        above.set(target, id);
        children.get(id)?.push(target);
        queue.push(target);
      }
    }
  }
  const parents = new Map<string, string | undefined>();
  const rest = roots.toReversed();
  for (let id = rest.pop(); id !== undefined; id = rest.pop()) {
    parents.set(id, above.get(id));
    rest.push(...(children.get(id) ?? []).toReversed());
  }
  return { parents, children };
}

/** The nodes that a node leads to, those of upper exits first. */
function targetsOf(flow: Flow, id: string): string[] {
  const node = flow.nodes[id];
  if (node === undefined) return [];
  const { outlets } = shapeOf(node);
  return [...wiresFrom(id, node)]
    .sort((a, b) => (outlets[a.exit]?.[1] ?? 0) - (outlets[b.exit]?.[1] ?? 0))
    .map(({ target }) => target);
}

/** The nodes that begin a block of their own. From the leaves upwards, the largest are cut off where too much hangs together. */
function headsOf(flow: Flow, { parents, children }: Tree, limits: Size): Set<string> {
  const most = Math.max(1, Math.floor(limits.width / (measure.width + gap[0])));
  const heads = new Set<string>();
  /** What is left of a node with all below it: the height of each column. */
  const columns = new Map<string, readonly number[]>();
  for (const id of [...parents.keys()].toReversed()) {
    const kept = (children.get(id) ?? [])
      .map((child) => ({ child, below: columns.get(child) ?? [] }))
      .sort((a, b) => Math.max(...a.below) - Math.max(...b.below));
    let sum: readonly number[] = [];
    for (const { child, below } of kept) {
      const next = Array.from(
        { length: Math.max(sum.length, below.length) },
        (_, column) => (sum[column] ?? 0) + (below[column] ?? 0),
      );
      if (next.length + 1 > most || Math.max(...next) > limits.height) heads.add(child);
      else sum = next;
      columns.delete(child);
    }
    columns.set(id, [shapeOf(flow.nodes[id] ?? { type: '' }).height + gap[1], ...sum]);
  }
  return heads;
}
