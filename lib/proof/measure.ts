import type { Way } from './explore.ts';
import type { Graph } from './reach.ts';

/** Measures of the calls of an exploration that come back to no state. */
export interface Calls {
  readonly longest: { readonly steps: number; readonly seconds: number };
  readonly shortest: { readonly steps: number; readonly seconds: number };
  readonly count: bigint;
  /** The states that some way leads back to. */
  readonly back: readonly number[];
  /** Whether there are too many calls to walk each: there may then be more, and a longer one. */
  readonly atLeast: boolean;
}

type Measures = Pick<Calls, 'longest' | 'shortest' | 'count'>;

/** The most ways that are walked to find the calls one by one. */
const mostWalked = 200_000;

/**
 * Measures the calls of an exploration. If no way leads back, one walk over the states is enough; else the calls are walked one by
 * one, as the longest of them can be found in no quicker way.
 */
export function measureCalls(graph: Graph): Calls {
  const { back, ...measures } = measureOnce(graph);
  const exact = back.length === 0 ? measures : walkEach(graph);
  return { ...(exact ?? measures), back, atLeast: exact === undefined };
}

/** Walks every call; `undefined` if there are too many. */
function walkEach({ out }: Graph): Measures | undefined {
  let [steps, seconds, count, walked] = [0, 0, 0n, 0];
  let [fewest, quickest] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const open = new Set<number>([0]);
  const path = [{ place: 0, next: 0, seconds: 0 }];
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const way = out[top.place]?.[top.next];
    top.next += 1;
    walked += 1;
    if (walked > mostWalked) return undefined;
    if (way === undefined) {
      open.delete(top.place);
      path.pop();
    } else if (way.to === undefined) {
      const long = top.seconds + way.seconds;
      count += 1n;
      steps = Math.max(steps, path.length);
      seconds = Math.max(seconds, long);
      fewest = Math.min(fewest, path.length);
      quickest = Math.min(quickest, long);
    } else if (!open.has(way.to)) {
      open.add(way.to);
      path.push({ place: way.to, next: 0, seconds: top.seconds + way.seconds });
    }
  }
  return { longest: { steps, seconds }, shortest: { steps: fewest, seconds: quickest }, count };
}

/** Measures the calls by one depth-first walk over the states. What it finds is a lower bound if some way leads back. */
function measureOnce({ out }: Graph): Omit<Calls, 'atLeast'> {
  const measured: (Measures | undefined)[] = out.map(() => undefined);
  const open = new Set<number>([0]);
  const back = new Set<number>();
  const stack = [{ place: 0, next: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const way = out[top.place]?.[top.next];
    top.next += 1;
    if (way === undefined) {
      measured[top.place] = combine(out[top.place] ?? [], measured, open);
      open.delete(top.place);
      stack.pop();
    } else if (way.to !== undefined && open.has(way.to)) back.add(way.to);
    else if (way.to !== undefined && measured[way.to] === undefined) {
      open.add(way.to);
      stack.push({ place: way.to, next: 0 });
    }
  }
  return { ...(measured[0] ?? none), back: [...back] };
}

const none: Measures = {
  longest: { steps: 0, seconds: 0 },
  shortest: { steps: Number.POSITIVE_INFINITY, seconds: Number.POSITIVE_INFINITY },
  count: 0n,
};

/** A call that has ended. */
const over: Measures = {
  longest: { steps: 0, seconds: 0 },
  shortest: { steps: 0, seconds: 0 },
  count: 1n,
};

function combine(
  ways: readonly Way[],
  measured: readonly (Measures | undefined)[],
  open: ReadonlySet<number>,
): Measures {
  let [steps, seconds, count] = [0, 0, 0n];
  let [fewest, quickest] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { to, seconds: own } of ways) {
    if (to !== undefined && open.has(to)) continue;
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
