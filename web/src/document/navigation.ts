import { startsOf } from '../../../lib/engine/graph.ts';
import { type Flow, nodeOf } from '../../../lib/flow/flow.ts';
import { portsOf } from './ports.ts';
import { placeOf } from './things.ts';
import { wiresFrom, wiresOf } from './wires.ts';

/** Where an arrow key leads. */
export type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/**
 * The node that an arrow key leads to: right along the first connection that leaves, left back to where the first one comes from,
 * up and down to the nearest of those that the same nodes lead to, or else of all. Without a node, to the start.
 */
export function nextOf(flow: Flow, from: string | undefined, heading: ArrowKey): string | undefined {
  const node = from === undefined ? undefined : nodeOf(flow, from);
  if (from === undefined || node === undefined) return startsOf(flow)[0] ?? Object.keys(flow.nodes)[0];
  if (heading === 'ArrowRight') {
    const { rows } = portsOf(node);
    const wires = wiresFrom(from, node).filter(({ target }) => nodeOf(flow, target) !== undefined);
    return wires.toSorted((one, other) => rows.indexOf(one.exit) - rows.indexOf(other.exit))[0]?.target;
  }
  const coming = wiresOf(flow).filter(({ target, source }) => target === from && source !== from);
  if (heading === 'ArrowLeft') return coming[0]?.source;
  const sources = new Set(coming.map(({ source }) => source));
  const beside = wiresOf(flow).flatMap(({ source, target }) => (sources.has(source) ? [target] : []));
  return nearest(flow, from, beside, heading) ?? nearest(flow, from, Object.keys(flow.nodes), heading);
}

/** The node above or below that is nearest, by its distance and twice how far aside it stands. */
function nearest(flow: Flow, from: string, among: readonly string[], heading: ArrowKey): string | undefined {
  const [x, y] = placeOf(flow, from);
  const sign = heading === 'ArrowUp' ? -1 : 1;
  let found: { id: string; far: number } | undefined;
  for (const id of among) {
    const [left, top] = placeOf(flow, id);
    const down = (top - y) * sign;
    const far = down + 2 * Math.abs(left - x);
    if (id !== from && down > 0 && (found === undefined || far < found.far)) found = { id, far };
  }
  return found?.id;
}
