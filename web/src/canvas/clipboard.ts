import { type Flow, type FlowNode, isNodeId, nodeOf } from '../../../lib/flow/flow.ts';
import { nodeType } from '../../../lib/nodes/index.ts';
import { about } from './edits.ts';
import { type Point, placeOf, type Size, shapeOf } from './geometry.ts';
import type { Edit } from './history.ts';
import { freshId } from './ids.ts';
import type { Wire } from './wires.ts';

/** Nodes on their way, as JSON text: within a flow, to another, or into a mail. */
export interface Clip {
  readonly branchline: 'nodes';
  /** The flow that they were copied from. */
  readonly flow: string;
  readonly nodes: Readonly<Record<string, FlowNode>>;
  readonly layout: Readonly<Record<string, Point>>;
}

/** What became of a paste. */
export interface Pasted extends Edit {
  /** Connections that led to nodes that are neither among the pasted ones nor in this flow. */
  readonly lost: readonly Wire[];
  /** The ids of nodes that were left out: a flow has one node where calls begin. */
  readonly left: readonly string[];
}

/** The nodes as a clip, the one where calls begin left out; undefined where nothing remains. */
export function copy(flow: Flow, ids: readonly string[]): Clip | undefined {
  const nodes: Record<string, FlowNode> = {};
  const layout: Record<string, Point> = {};
  for (const id of ids) {
    const node = nodeOf(flow, id);
    if (node === undefined || nodeType(node.type)?.begins === true) continue;
    nodes[id] = node;
    layout[id] = placeOf(flow, id);
  }
  if (Object.keys(nodes).length === 0) return undefined;
  return { branchline: 'nodes', flow: flow.id, nodes, layout };
}

/** The room that the nodes of a clip take together. */
export function sizeOf({ nodes, layout }: Clip): Size {
  const boxes = Object.entries(nodes).map(([id, node]) => {
    const [x, y] = layout[id] ?? [0, 0];
    const { width, height } = shapeOf(node);
    return { x, y, right: x + width, bottom: y + height };
  });
  return {
    width: Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ x }) => x)),
    height: Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ y }) => y)),
  };
}

/** The clip in a text; undefined where the text is something else. */
export function readClip(text: string): Clip | undefined {
  let found: Partial<Clip>;
  try {
    found = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (found?.branchline !== 'nodes' || typeof found.nodes !== 'object' || found.nodes === null)
    return undefined;
  const nodes = Object.entries(found.nodes).filter(
    ([id, node]) => isNodeId(id) && typeof node?.type === 'string',
  );
  if (nodes.length === 0) return undefined;
  return {
    branchline: 'nodes',
    flow: typeof found.flow === 'string' ? found.flow : '',
    nodes: Object.fromEntries(nodes),
    layout: Object.fromEntries(Object.entries(found.layout ?? {}).filter(([, place]) => isPlace(place))),
  };
}

/**
 * Puts the nodes of a clip into a flow, their upper left corner at a place, under ids that are free. Connections among
 * them are kept, and those to others where they come from this flow and the other is still there.
 */
export function paste(flow: Flow, clip: Clip, at: Point, did: 'paste' | 'duplicate' = 'paste'): Pasted {
  const begins = (node: FlowNode) => nodeType(node.type)?.begins === true;
  const coming = Object.entries(clip.nodes).filter(([, node]) => !begins(node));
  const fresh = new Map<string, string>();
  const given = new Set<string>();
  for (const [id] of coming) {
    const next = freshId(flow, id, given);
    fresh.set(id, next);
    given.add(next);
  }
  const lost: Wire[] = [];
  const nodes = { ...flow.nodes };
  for (const [id, node] of coming) nodes[fresh.get(id) ?? id] = rewired(id, node);

  function rewired(source: string, node: FlowNode): FlowNode {
    if (node.exits === undefined) return node;
    const exits: Record<string, string> = {};
    for (const [exit, target] of Object.entries(node.exits)) {
      const there = fresh.get(target) ?? (clip.flow === flow.id && nodeOf(flow, target) ? target : undefined);
      if (there === undefined) lost.push({ id: `${source}.${exit}`, source, exit, target });
      else exits[exit] = there;
    }
    return { ...node, exits };
  }

  const layout = {
    ...flow.layout,
    ...placed(
      coming.map(([id]) => id),
      clip,
      at,
      fresh,
    ),
  };
  const [only] = coming;
  return {
    step: { did, ...(coming.length === 1 ? about(only?.[1]) : { count: coming.length }) },
    flow: coming.length === 0 ? flow : { ...flow, nodes, layout },
    select: [...given],
    lost,
    left: Object.keys(clip.nodes).filter((id) => !fresh.has(id)),
  };
}

function placed(ids: readonly string[], { layout }: Clip, [x, y]: Point, fresh: ReadonlyMap<string, string>) {
  const places = ids.map((id, index) => {
    const place = Object.hasOwn(layout, id) ? layout[id] : undefined;
    return { id, place: place ?? ([index * 40, index * 40] as const) };
  });
  const left = Math.min(...places.map(({ place }) => place[0]));
  const top = Math.min(...places.map(({ place }) => place[1]));
  return Object.fromEntries(
    places.map(({ id, place }) => {
      const [dx, dy] = [place[0] - left, place[1] - top];
      return [fresh.get(id) ?? id, [Math.round(x + dx), Math.round(y + dy)] as const];
    }),
  );
}

function isPlace(place: unknown): place is Point {
  return Array.isArray(place) && place.length === 2 && place.every((each) => Number.isFinite(each));
}
