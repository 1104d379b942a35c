import { startsOf } from '../../../lib/engine/graph.ts';
import type { Flow } from '../../../lib/flow/flow.ts';
import { thingsOf } from '../../../lib/flow/notes.ts';
import { freeAmong, gap, hull, measure, type Point, type Size, shapeOf } from '../document/geometry.ts';
import type { Edit } from '../document/history.ts';
import { aboutAll, boxOf, isOutOfRange, placeOf, withPlaces } from '../document/things.ts';
import { wiresOf } from '../document/wires.ts';
import { blocksOf } from './blocks.ts';
import { columnsOf } from './columns.ts';
import { reframe } from './framing.ts';
import { heightsOf } from './heights.ts';
import { orderOf } from './order.ts';
import { inColumns, inRows, type Part, screen } from './packing.ts';

/**
 * Puts every node in its column, left to right as a call goes, so that none covers another, nor a note. Notes beyond the
 * range that a flow may use come back beside the nodes, and places of nodes that are not there are left out.
 */
export function arrange(flow: Flow): Edit {
  const arranged = withPlaces({ ...flow, layout: {} }, placesFor(flow));
  return { step: { did: 'arrange' }, flow: broughtBack(reframe(flow, arranged)) };
}

/** The flow with every note that stands out of range put below all others. */
function broughtBack(flow: Flow): Flow {
  const lost = thingsOf(flow).filter((id) => isOutOfRange(flow, id));
  if (lost.length === 0) return flow;
  const others = thingsOf(flow).filter((id) => !lost.includes(id));
  const taken = others.flatMap((id) => boxOf(flow, id) ?? []);
  const around = taken.length === 0 ? { x: 0, y: 0, height: 0 } : hull(taken);
  const places = lost.flatMap((id): [string, Point][] => {
    const box = boxOf(flow, id);
    if (box === undefined) return [];
    const [x, y] = freeAmong(taken, [around.x, around.y + around.height + gap[1]], box);
    taken.push({ ...box, x, y });
    return [[id, [x, y]]];
  });
  return withPlaces(flow, places);
}

/** The flow with a place for every node: if none has one, all are arranged; else the new ones stand below the others. */
export function withLayout(flow: Flow): Flow {
  const layout = flow.layout ?? {};
  const ids = Object.keys(flow.nodes);
  const missing = ids.filter((id) => !Object.hasOwn(layout, id));
  if (missing.length === 0) return flow;
  // If no node had a place, no note frames any.
  if (missing.length === ids.length)
    return reframe({ ...flow, nodes: {} }, withPlaces(flow, placesFor(flow)));
  const bottom = Math.max(
    ...ids
      .filter((id) => Object.hasOwn(layout, id))
      .map((id) => placeOf(flow, id)[1] + (flow.nodes[id] ? shapeOf(flow.nodes[id]).height : 0)),
  );
  return withPlaces(
    flow,
    missing.map((id, index) => [id, [index * (measure.width + gap[0]), bottom + gap[1]]]),
  );
}

/** The sides along which nodes can be lined up. */
export type Side = 'left' | 'top' | 'row' | 'column';

/** Lines nodes and notes up along a side, or puts them in a row or a column with even gaps. */
export function align(flow: Flow, ids: readonly string[], side: Side): Edit {
  const boxes = ids.map((id) => ({ id, place: placeOf(flow, id), box: boxOf(flow, id) }));
  const left = Math.min(...boxes.map(({ place }) => place[0]));
  const top = Math.min(...boxes.map(({ place }) => place[1]));
  const along = side === 'row' ? 0 : 1;
  let next = along === 0 ? left : top;
  boxes.sort((a, b) => a.place[along] - b.place[along]);
  const places = boxes.map(({ id, place, box }): [string, Point] => {
    if (side === 'left') return [id, [left, place[1]]];
    if (side === 'top') return [id, [place[0], top]];
    const here = next;
    next += (along === 0 ? (box?.width ?? 0) : (box?.height ?? 0)) + gap[along];
    return [id, along === 0 ? [here, top] : [left, here]];
  });
  return { step: { did: 'align', ...aboutAll(flow, ids) }, flow: withPlaces(flow, places) };
}

/** A drawing this many times as long in one direction as in the other is cut into blocks, if no screen shows it at once. */
const oblong = 2.5;

/** A drawing that is no longer than this is never cut into blocks, in pixels at zoom 1. */
const onScreen = 2400;

/**
 * Parts of the flow that do not hang together stand in rows, that where calls begin first. What would become a tower or a
 * ribbon is cut into blocks, which stand in columns of a screen's shape.
 */
function placesFor(flow: Flow): [string, Point][] {
  const groups = partsOf(flow);
  let parts = groups.map((ids) => drawPart(flow, ids));
  let packed = inRows(parts);
  const [short = 0, long = 0] = [packed.width, packed.height].sort((a, b) => a - b);
  if (long > onScreen && long > oblong * short) {
    const limits = limitsOf(flow);
    parts = groups.flatMap((ids) => blocksOf(flow, ids, limits)).map((ids) => drawPart(flow, ids));
    packed = inColumns(parts);
  }
  return parts.flatMap(({ places }, index) => {
    const [left, top] = packed.corners[index] ?? [0, 0];
    return places.map(([id, [x, y]]): [string, Point] => [id, [left + x, top + y]]);
  });
}

/** How large a block may be: as high as a screen that holds all nodes at once, and as wide. */
function limitsOf(flow: Flow): Size {
  const heights = Object.values(flow.nodes).map((node) => shapeOf(node).height + gap[1]);
  const area = heights.reduce((sum, height) => sum + height, 0) * (measure.width + gap[0]);
  const height = Math.sqrt(area / screen);
  return { width: height * screen, height };
}

function drawPart(flow: Flow, ids: readonly string[]): Part {
  const [only = '', another] = ids;
  if (another === undefined) {
    const { width, height } = shapeOf(flow.nodes[only] ?? { type: '' });
    return { places: [[only, [0, 0]]], width, height };
  }
  const columns = columnsOf(flow, ids);
  const tops = heightsOf(columns, orderOf(columns));
  const cells = columns.cells.map((cell, number) => ({ ...cell, top: tops[number] ?? 0 }));
  const first = cells.reduce((least, { top }) => Math.min(least, top), Number.POSITIVE_INFINITY);
  const last = cells.reduce(
    (most, { top, height }) => Math.max(most, top + height),
    Number.NEGATIVE_INFINITY,
  );
  const stride = measure.width + gap[0];
  const places = cells.flatMap(({ id, column, top }): [string, Point][] =>
    id === undefined ? [] : [[id, [column * stride, top - first]]],
  );
  return { places, width: columns.columns.length * stride - gap[0], height: last - first };
}

/** The ids of connected nodes, in either direction; in the document's order, the start first. */
function partsOf(flow: Flow): string[][] {
  const beside = new Map<string, string[]>(Object.keys(flow.nodes).map((id) => [id, []]));
  for (const { source, target } of wiresOf(flow)) {
    beside.get(source)?.push(target);
    beside.get(target)?.push(source);
  }
  const seen = new Set<string>();
  const parts = [...startsOf(flow), ...beside.keys()].map((root) => {
    const part: string[] = [];
    const ahead = [root];
    for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      part.push(id);
      ahead.push(...(beside.get(id) ?? []));
    }
    return part;
  });
  return parts.filter((part) => part.length > 0);
}
