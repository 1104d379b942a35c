import { mostMissed } from '../engine/walker.ts';
import type { Way } from './explore.ts';
import type { Graph } from './reach.ts';

/** The most waits in a row that brought nothing, before a way that a call then survives: the way itself may be one more. */
function mostBefore({ miss }: Way): number {
  return miss === undefined ? mostMissed - 1 : mostMissed - 2;
}

/** By state: the fewest such waits with which a call comes to it; infinite if the call ends before. */
export function fewestMissed({ out }: Graph): number[] {
  const fewest = out.map((_, place) => (place === 0 ? 0 : Number.POSITIVE_INFINITY));
  for (const ahead = [0]; ; ) {
    const place = ahead.pop();
    if (place === undefined) return fewest;
    const before = fewest[place] ?? 0;
    for (const way of out[place] ?? []) {
      if (way.to === undefined || before > mostBefore(way)) continue;
      const after = { counted: before + 1, kept: before, reset: 0 }[way.missed];
      if (after >= (fewest[way.to] ?? 0)) continue;
      fewest[way.to] = after;
      ahead.push(way.to);
    }
  }
}

/**
 * By state: the most such waits with which a call can come to it and still take a wanted way, or come to a state of `open`; -1 if it
 * never can.
 */
export function mostMissedBefore(
  { out, into }: Graph,
  open: ReadonlySet<number>,
  wanted: (way: Way) => boolean,
): number[] {
  const most = out.map((ways, place) =>
    open.has(place) ? mostMissed - 1 : Math.max(-1, ...ways.filter(wanted).map(mostBefore)),
  );
  const ahead = most.flatMap((count, place) => (count >= 0 ? [place] : []));
  for (let place = ahead.pop(); place !== undefined; place = ahead.pop()) {
    const after = most[place] ?? -1;
    for (const way of into[place] ?? []) {
      const before = { counted: after - 1, kept: after, reset: mostMissed }[way.missed];
      const allowed = Math.min(before, mostBefore(way));
      if (allowed <= (most[way.from] ?? -1)) continue;
      most[way.from] = allowed;
      ahead.push(way.from);
    }
  }
  return most;
}
