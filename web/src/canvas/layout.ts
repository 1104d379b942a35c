import { graphlib, layout as place } from '@dagrejs/dagre';
import type { Flow } from '../../../lib/flow/flow.ts';
import { aboutAll, withPlaces } from './edits.ts';
import { gap, type Point, placeOf, shapeOf } from './geometry.ts';
import type { Edit } from './history.ts';
import { wiresOf } from './wires.ts';

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

function placesFor(flow: Flow): [string, Point][] {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: gap[0], nodesep: gap[1], ranker: 'longest-path' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [id, node] of Object.entries(flow.nodes)) {
    const { width, height } = shapeOf(node);
    graph.setNode(id, { width, height });
  }
  for (const { source, target } of wiresOf(flow)) {
    if (source !== target) graph.setEdge(source, target);
  }
  place(graph);
  return Object.entries(flow.nodes).map(([id, node]) => {
    const { x, y } = graph.node(id) as { x: number; y: number };
    const { width, height } = shapeOf(node);
    return [id, [x - width / 2, y - height / 2]];
  });
}
