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

/** By state: whether some path from it contains a way that `wanted` accepts. */
export function leadingTo({ out, into }: Graph, wanted: (way: Way) => boolean): boolean[] {
  const leads = out.map((ways) => ways.some(wanted));
  const ahead = leads.flatMap((does, place) => (does ? [place] : []));
  for (let place = ahead.pop(); place !== undefined; place = ahead.pop()) {
    for (const { from } of into[place] ?? []) {
      if (leads[from]) continue;
      leads[from] = true;
      ahead.push(from);
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

/** Measures of the calls of an exploration, without calls that return to an earlier state. */
export interface Calls {
  readonly longest: { readonly steps: number; readonly seconds: number };
  readonly shortest: { readonly steps: number; readonly seconds: number };
  readonly count: bigint;
  /** The states that some way leads back to. */
  readonly back: readonly number[];
}

/** Measures the calls of an exploration by one depth-first walk over its states. */
export function measureCalls({ out }: Graph): Calls {
  const measured: (Omit<Calls, 'back'> | undefined)[] = out.map(() => undefined);
  const open = new Set<number>([0]);
  const back = new Set<number>();
  const stack = [{ place: 0, next: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const way = out[top.place]?.[top.next];
    top.next += 1;
    if (way === undefined) {
      measured[top.place] = combine(out[top.place] ?? [], measured, back, open);
      open.delete(top.place);
      stack.pop();
    } else if (way.to !== undefined && open.has(way.to)) back.add(way.to);
    else if (way.to !== undefined && measured[way.to] === undefined) {
      open.add(way.to);
      stack.push({ place: way.to, next: 0 });
    }
  }
  const { longest, shortest, count } = measured[0] ?? none;
  return { longest, shortest, count, back: [...back] };
}

const none: Omit<Calls, 'back'> = {
  longest: { steps: 0, seconds: 0 },
  shortest: { steps: Number.POSITIVE_INFINITY, seconds: Number.POSITIVE_INFINITY },
  count: 0n,
};

function combine(
  ways: readonly Way[],
  measured: readonly (Omit<Calls, 'back'> | undefined)[],
  back: ReadonlySet<number>,
  open: ReadonlySet<number>,
): Omit<Calls, 'back'> {
  let [steps, seconds, count] = [0, 0, 0n];
  let [fewest, quickest] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { to, seconds: own } of ways) {
    if (to !== undefined && open.has(to) && back.has(to)) continue;
    const after = to === undefined ? over : (measured[to] ?? none);
    if (after.count === 0n) continue;
    steps = Math.max(steps, after.longest.steps + 1);
    seconds = Math.max(seconds, after.longest.seconds + own);
    fewest = Math.min(fewest, after.shortest.steps + 1);
    quickest = Math.min(quickest, after.shortest.seconds + own);
    count += after.count;
  }
  return { longest: { steps, seconds }, shortest: { steps: fewest, seconds: quickest }, count };
}

/** A call that has ended. */
const over: Omit<Calls, 'back'> = {
  longest: { steps: 0, seconds: 0 },
  shortest: { steps: 0, seconds: 0 },
  count: 1n,
};

/** The ways from the start on which a state was found first, in order. */
export function waysTo({ states }: Explored, place: number): Way[] {
  const found: Way[] = [];
  for (let at = states[place]?.via; at !== undefined; at = states[at.from]?.via) found.unshift(at);
  return found;
}

/** The facts and the happening of a way, as lines of a script. */
export function wayLines({ happening, facts }: Pick<Way, 'happening' | 'facts'>): string[] {
  return [...facts.map((fact) => `? ${fact}`), `> ${happeningText(happening)}`];
}
