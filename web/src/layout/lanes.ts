import { type Flow, nodeOf } from '../../../lib/flow/flow.ts';
import { measure, shapeOf } from '../document/geometry.ts';
import { placeOf } from '../document/things.ts';
import { type Wire, wiresOf } from '../document/wires.ts';

/** The way of a wire that cannot go straight: it leaves its height at `out`, runs along `y`, and leaves that at `into`. */
export interface Lane {
  readonly y: number;
  readonly out: number;
  readonly into: number;
}

/** How far lanes stay from each other, and from nodes. */
const apart = { lanes: 8, nodes: 14 } as const;

/** How far a wire goes straight on at its ends. */
const stub = 10;

/** A wire needs so much room for a curve forwards; with less it runs around. */
const leastRoom = 12;

/** In a crowd of more than this nobody finds a way. */
const crowd = 300;

/** A wire longer than this gets no lane: the search looks at every part of its length. */
const longest = 100_000;

/** Whether a wire runs backwards, around its nodes; it begins at the right rim of one dot and ends at the left rim of another. */
export function isBack(sourceX: number, targetX: number): boolean {
  return targetX < sourceX + leastRoom;
}

let latest: { readonly flow: Flow; readonly lanes: ReadonlyMap<string, Lane> } | undefined;
const known = new WeakMap<Flow, ReadonlyMap<string, Lane>>();

/**
 * The lanes of a flow's wires, by the wires' ids: those that run backwards, and those with nodes between their ends. A lane
 * covers no node; wires to one node join, others keep apart.
 */
export function lanesOf(flow: Flow): ReadonlyMap<string, Lane> {
  const found = known.get(flow);
  if (found !== undefined) return found;
  // Most edits, such as letters typed into a form, leave all where it is.
  const lanes = latest !== undefined && standsAs(flow, latest.flow) ? latest.lanes : findLanes(flow);
  latest = { flow, lanes };
  known.set(flow, lanes);
  return lanes;
}

/** Whether all nodes and wires of a flow stand where they stand in another. */
export function standsAs(flow: Flow, other: Flow): boolean {
  const ids = Object.keys(flow.nodes);
  if (flow.layout !== other.layout || ids.length !== Object.keys(other.nodes).length) return false;
  return ids.every((id) => {
    const [one, two] = [nodeOf(flow, id), nodeOf(other, id)];
    if (one === two) return true;
    if (one === undefined || two === undefined || one.exits !== two.exits) return false;
    const [shape, before] = [shapeOf(one), shapeOf(two)];
    return (
      shape.height === before.height &&
      Object.keys(one.exits ?? {}).every((exit) => shape.outlets[exit]?.[1] === before.outlets[exit]?.[1])
    );
  });
}

/** A wire with the places of its ends, at the rims of its dots. */
interface Course extends Wire {
  readonly sx: number;
  readonly sy: number;
  readonly tx: number;
  readonly ty: number;
}

function findLanes(flow: Flow): Map<string, Lane> {
  const map = new Terrain();
  for (const [id, node] of Object.entries(flow.nodes)) {
    const [x, y] = placeOf(flow, id);
    const { width, height } = shapeOf(node);
    map.add({ left: x, right: x + width, top: y - apart.nodes, bottom: y + height + apart.nodes });
  }
  const exits = new Slots();
  const entries = new Slots();
  const lanes = new Map<string, Lane>();
  const courses = wiresOf(flow).map((wire) => courseOf(flow, wire));
  for (const course of courses.sort((a, b) => Math.abs(a.tx - a.sx) - Math.abs(b.tx - b.sx))) {
    const { id, target, sx, sy, tx, ty } = course;
    const back = isBack(sx, tx);
    const [left, right] = back ? [tx - stub, sx + stub] : [sx + stub, tx - stub];
    if (right - left > longest) continue;
    const inTheWay = map.between(left, right);
    if (inTheWay.length > crowd || (!back && !inTheWay.some(isNode))) continue;
    const y = freeHeight(course, inTheWay);
    const span = (from: number, to: number) => ({ top: Math.min(from, to), bottom: Math.max(from, to) });
    const turns = () => ({
      out: sx + stub + apart.lanes * exits.take(sx, span(sy, y), `${target} ${y}`),
      into: tx - stub - apart.lanes * entries.take(tx, span(ty, y), target),
    });
    lanes.set(id, { y, ...(back ? turns() : around(inTheWay, sx, tx)) });
    map.add({ left, right, top: y - apart.lanes, bottom: y + apart.lanes, target, y });
  }
  return lanes;
}

/** Where a wire forwards has left its own column, and where it comes into that of its target. */
function around(inTheWay: readonly Block[], sx: number, tx: number): { out: number; into: number } {
  const nodes = inTheWay.filter(isNode);
  const first = Math.min(...nodes.map(({ left }) => left));
  const last = Math.max(...nodes.map(({ right }) => right));
  return { out: Math.max(sx + stub, first), into: Math.min(tx - stub, last) };
}

function courseOf(flow: Flow, wire: Wire): Course {
  const [left, top] = placeOf(flow, wire.source);
  const [tx, ty] = placeOf(flow, wire.target);
  const [x, y] = shapeOf(flow.nodes[wire.source] ?? { type: '' }).outlets[wire.exit] ?? [0, 0];
  const rim = measure.dot / 2;
  return { ...wire, sx: left + x + rim, sy: top + y, tx: tx - rim, ty: ty + measure.head / 2 };
}

/** The height with the shortest way at which nothing is in the way; that of a lane to the same node if one is near. */
function freeHeight({ sy, ty, target }: Course, inTheWay: readonly Block[]): number {
  const cost = (y: number) => Math.abs(sy - y) + 1.1 * Math.abs(ty - y);
  const others = inTheWay.filter((block) => block.target !== target).sort((a, b) => a.top - b.top);
  let best = Number.POSITIVE_INFINITY;
  let above = Number.NEGATIVE_INFINITY;
  const free = (top: number, bottom: number) => {
    if (top > bottom) return;
    const y = Math.min(Math.max(ty, top), bottom);
    const joined = inTheWay.filter((block) => block.target === target && block.y !== undefined);
    for (const each of [y, ...joined.map((block) => block.y ?? y)]) {
      const fits = each >= top && each <= bottom;
      const gain = each === y ? 0 : 4 * apart.lanes;
      if (fits && cost(each) - gain < cost(best)) best = each;
    }
  };
  for (const { top, bottom } of others) {
    free(above, top);
    above = Math.max(above, bottom);
  }
  free(above, Number.POSITIVE_INFINITY);
  return best;
}

/** What a lane may not run through: a node with the room around it, or a lane to another node. */
interface Block {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Of a lane: where it leads, and its height. */
  readonly target?: string;
  readonly y?: number;
}

function isNode({ target }: Block): boolean {
  return target === undefined;
}

/** All blocks, found by where they are from left to right. */
class Terrain {
  readonly #strips = new Map<number, Block[]>();
  readonly #strip = measure.width;

  add(block: Block): void {
    for (let at = this.#at(block.left); at <= this.#at(block.right); at += 1) {
      const strip = this.#strips.get(at);
      if (strip === undefined) this.#strips.set(at, [block]);
      else strip.push(block);
    }
  }

  /** The blocks that stand between two places; of a crowd only as many as show that it is one. */
  between(left: number, right: number): Block[] {
    const found = new Set<Block>();
    for (let at = this.#at(left); at <= this.#at(right); at += 1) {
      for (const block of this.#strips.get(at) ?? []) {
        if (block.left < right && left < block.right) found.add(block);
        if (found.size > crowd) return [...found];
      }
    }
    return [...found];
  }

  #at(x: number): number {
    return Math.floor(x / this.#strip);
  }
}

/** The most lines side by side between two columns. */
const mostSlots = 4;

/** The lines up and down beside the dots of a column: those that lead elsewhere stand side by side. */
class Slots {
  readonly #taken = new Map<number, { slot: number; top: number; bottom: number; way: string }[]>();

  /** The first place, counted from the dots, where a line covers none of another way. */
  take(x: number, { top, bottom }: { top: number; bottom: number }, way: string): number {
    const beside = this.#taken.get(x) ?? [];
    const covers = (slot: number) =>
      beside.some((one) => one.slot === slot && one.way !== way && one.top <= bottom && top <= one.bottom);
    let slot = 0;
    while (slot < mostSlots - 1 && covers(slot)) slot += 1;
    this.#taken.set(x, [...beside, { slot, top, bottom, way }]);
    return slot;
  }
}
