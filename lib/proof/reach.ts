import type { Explored, Way } from './explore.ts';
import { happeningText } from './happenings.ts';

/** A distance in keys that are pressed, and in seconds of speech and silence. Infinite if there is no way. */
export interface Distance {
  readonly keys: number;
  readonly seconds: number;
}

/** The ways of an exploration by their source state (`out`), and by their target state (`into`). */
export interface Graph {
  readonly out: readonly (readonly Way[])[];
  readonly into: readonly (readonly Way[])[];
}

/** Builds the graph of an exploration. */
export function graphOf({ states, ways }: Explored): Graph {
  const out: Way[][] = states.map(() => []);
  const into: Way[][] = states.map(() => []);
  for (const way of ways) {
    out[way.from]?.push(way);
    if (way.to !== undefined) into[way.to]?.push(way);
  }
  return { out, into };
}

/** By state: whether a call can reach it from the start on ways that `takes` accepts. */
export function reachedOn({ out }: Graph, takes: (way: Way) => boolean): boolean[] {
  const reached = out.map((_, place) => place === 0);
  for (const ahead = [0]; ; ) {
    const place = ahead.pop();
    if (place === undefined) return reached;
    for (const way of out[place] ?? []) {
      if (way.to === undefined || reached[way.to] || !takes(way)) continue;
      reached[way.to] = true;
      ahead.push(way.to);
    }
  }
}

/** By state: whether some path from it contains one that `wanted` accepts, or comes to a state of `open`. */
export function leadingTo(
  { out, into }: Graph,
  open: ReadonlySet<number>,
  wanted: (way: Way) => boolean,
): boolean[] {
  const leads = out.map((ways, place) => open.has(place) || ways.some(wanted));
  const ahead = leads.flatMap((does, place) => (does ? [place] : []));
  for (let place = ahead.pop(); place !== undefined; place = ahead.pop()) {
    for (const way of into[place] ?? []) {
      if (leads[way.from]) continue;
      leads[way.from] = true;
      ahead.push(way.from);
    }
  }
  return leads;
}

/** By state: the cost of the cheapest path of allowed ways that ends with a wanted one (Dijkstra); infinite if there is none. */
export function distances(
  { into }: Graph,
  ways: readonly Way[],
  {
    wanted,
    allowed,
    cost,
  }: { wanted: (way: Way) => boolean; allowed: (way: Way) => boolean; cost: (way: Way) => number },
): number[] {
  const far = into.map(() => Number.POSITIVE_INFINITY);
  const queue = new Heap();
  const offer = (place: number, distance: number) => {
    if (distance >= (far[place] ?? 0)) return;
    far[place] = distance;
    queue.push(distance, place);
  };
  for (const way of ways) if (wanted(way) && allowed(way)) offer(way.from, cost(way));
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (next.distance > (far[next.place] ?? 0)) continue;
    for (const way of into[next.place] ?? []) if (allowed(way)) offer(way.from, next.distance + cost(way));
  }
  return far;
}

/** A binary heap of states by distance. */
class Heap {
  private readonly items: { distance: number; place: number }[] = [];

  push(distance: number, place: number): void {
    const { items } = this;
    let at = items.length;
    items.push({ distance, place });
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.distanceAt(above) <= distance) break;
      this.swap(at, above);
      at = above;
    }
  }

  pop(): { distance: number; place: number } | undefined {
    const { items } = this;
    const [first] = items;
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first;
    items[0] = last;
    for (let at = 0; ; ) {
      const left = at * 2 + 1;
      const least = this.distanceAt(left + 1) < this.distanceAt(left) ? left + 1 : left;
      if (this.distanceAt(least) >= last.distance) return first;
      this.swap(at, least);
      at = least;
    }
  }

  private distanceAt(place: number): number {
    return this.items[place]?.distance ?? Number.POSITIVE_INFINITY;
  }

  private swap(one: number, other: number): void {
    const { items } = this;
    const [a, b] = [items[one], items[other]];
    if (a === undefined || b === undefined) return;
    items[one] = b;
    items[other] = a;
  }
}

/** The ways from the start on which a state was found first, in order. */
export function waysTo({ states }: Explored, place: number): Way[] {
  const found: Way[] = [];
  for (let at = states[place]?.via; at !== undefined; at = states[at.from]?.via) found.unshift(at);
  return found;
}

/** Allowed ways from the start to a state: those on which it was found first, if all are allowed. */
export function waysWithin(
  explored: Explored,
  { out }: Graph,
  place: number,
  allowed: (way: Way) => boolean,
): Way[] {
  const first = waysTo(explored, place);
  if (first.every(allowed)) return first;
  const via = new Map<number, Way>();
  for (const ahead = [0]; ahead.length > 0 && !via.has(place); ) {
    const at = ahead.shift() ?? 0;
    for (const way of out[at] ?? []) {
      if (way.to === undefined || way.to === 0 || via.has(way.to) || !allowed(way)) continue;
      via.set(way.to, way);
      ahead.push(way.to);
    }
  }
  const found: Way[] = [];
  for (let way = via.get(place); way !== undefined; way = via.get(way.from)) found.unshift(way);
  return found;
}

/** The facts and the happening of a way, as lines of a script. */
export function wayLines({ happening, facts }: Pick<Way, 'happening' | 'facts'>): string[] {
  return [...facts.map((fact) => `? ${fact}`), `> ${happeningText(happening)}`];
}
