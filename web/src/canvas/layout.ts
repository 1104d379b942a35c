import { graphlib, layout as place } from '@dagrejs/dagre';
import type { Flow } from '../../../lib/flow/flow.ts';
import { aboutAll, withPlaces } from './edits.ts';
import { gap, type Point, placeOf, shapeOf } from './geometry.ts';
import type { Edit } from './history.ts';
import { type Wire, wiresOf } from './wires.ts';

/** Puts every node in its column, left to right as a call goes, so that none covers another. */
export function arrange(flow: Flow): Edit {
  return { step: { did: 'arrange' }, flow: withPlaces(flow, placesFor(flow)) };
}

/** The flow with a place for every node: all are arranged where none has one, else the new ones stand below the others. */
export function withLayout(flow: Flow): Flow {
  const layout = flow.layout ?? {};
  const ids = Object.keys(flow.nodes);
  const missing = ids.filter((id) => !Object.hasOwn(layout, id));
  if (missing.length === 0) return flow;
  if (missing.length === ids.length) return withPlaces(flow, placesFor(flow));
  const bottom = Math.max(
    ...ids
      .filter((id) => Object.hasOwn(layout, id))
      .map((id) => placeOf(flow, id)[1] + (flow.nodes[id] ? shapeOf(flow.nodes[id]).height : 0)),
  );
  return withPlaces(
    flow,
    missing.map((id, index) => [id, [index * (200 + gap[0]), bottom + gap[1]]]),
  );
}

/** The sides along which nodes can be lined up. */
export type Side = 'left' | 'top' | 'row' | 'column';

/** Lines nodes up along a side, or puts them in a row or a column with even gaps. */
export function align(flow: Flow, ids: readonly string[], side: Side): Edit {
  const boxes = ids.map((id) => ({ id, place: placeOf(flow, id), node: flow.nodes[id] }));
  const left = Math.min(...boxes.map(({ place }) => place[0]));
  const top = Math.min(...boxes.map(({ place }) => place[1]));
  const along = side === 'row' ? 0 : 1;
  let next = along === 0 ? left : top;
  boxes.sort((a, b) => a.place[along] - b.place[along]);
  const places = boxes.map(({ id, place, node }): [string, Point] => {
    if (side === 'left') return [id, [left, place[1]]];
    if (side === 'top') return [id, [place[0], top]];
    const here = next;
    const shape = node === undefined ? undefined : shapeOf(node);
    next += (along === 0 ? (shape?.width ?? 0) : (shape?.height ?? 0)) + gap[along];
    return [id, along === 0 ? [here, top] : [left, here]];
  });
  return { step: { did: 'align', ...aboutAll(flow, ids) }, flow: withPlaces(flow, places) };
}

/** Above this many nodes columns are chosen the quick way, which takes more room. */
const manyNodes = 300;

function placesFor(flow: Flow): [string, Point][] {
  const nodes = Object.entries(flow.nodes);
  const graph = new graphlib.Graph();
  const ranker = nodes.length > manyNodes ? 'longest-path' : 'network-simplex';
  graph.setGraph({ rankdir: 'LR', ranksep: gap[0], nodesep: gap[1], ranker });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [id, node] of nodes) {
    const { width, height } = shapeOf(node);
    graph.setNode(id, { width, height });
  }
  const wires = wiresOf(flow).filter(({ source, target }) => source !== target);
  for (const { source, target } of wires) graph.setEdge(source, target);
  place(graph);
  const boxes = nodes.map(([id, node]): Box => {
    const { x, y } = graph.node(id) as { x: number; y: number };
    const { width, height, single } = shapeOf(node);
    return { id, x: x - width / 2, y: y - height / 2, width, height, single };
  });
  straighten(boxes, wires);
  return boxes.map(({ id, x, y }) => [id, [x, y]]);
}

interface Box {
  readonly id: string;
  readonly x: number;
  y: number;
  readonly width: number;
  readonly height: number;
  readonly single: boolean;
}

/** Lines the head of a node that has one exit up with the head of the node it leads to, where nothing is in the way. */
function straighten(boxes: readonly Box[], wires: readonly Wire[]): void {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const targets = new Map(wires.map(({ source, target }) => [source, byId.get(target)]));
  for (const box of boxes.toSorted((a, b) => b.x - a.x)) {
    const target = targets.get(box.id);
    if (!box.single || target === undefined || target.x <= box.x) continue;
    const taken = boxes.some(
      (other) =>
        other !== box &&
        other.x < box.x + box.width &&
        box.x < other.x + other.width &&
        other.y < target.y + box.height + gap[1] &&
        target.y < other.y + other.height + gap[1],
    );
    if (!taken) box.y = target.y;
  }
}
