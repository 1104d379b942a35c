import { type Flow, nodeOf } from '../../../lib/flow/flow.ts';
import { measure } from '../document/geometry.ts';
import { placeOf } from '../document/things.ts';
import { type Wire, wiresOf } from '../document/wires.ts';
import { isBack, standsAs } from './lanes.ts';

/** How a connection is told as a jump: one that leads back, one to an end that many share, or one that no window shows whole. */
export type JumpKind = 'back' | 'shared' | 'far';

/** From this many connections on an end is shared. */
const many = 3;

/** A connection to a shared end that is no longer than this is drawn, in pixels at zoom 1. */
const near = 640;

/** A connection that is longer than this is never drawn whole at a zoom at which texts can be read, in pixels at zoom 1. */
const far = 2400;

let latest: { readonly flow: Flow; readonly jumps: ReadonlyMap<string, JumpKind> } | undefined;
const known = new WeakMap<Flow, ReadonlyMap<string, JumpKind>>();

/**
 * The connections that are told by a name at their exit instead of drawn, by their ids: those that run backwards, long ones
 * to a node without exits that many lead to, and those from one end of a large drawing to another. Drawn, they would cross all the others.
 */
export function jumpsOf(flow: Flow): ReadonlyMap<string, JumpKind> {
  const found = known.get(flow);
  if (found !== undefined) return found;
  const jumps = latest !== undefined && standsAs(flow, latest.flow) ? latest.jumps : find(flow);
  latest = { flow, jumps };
  known.set(flow, jumps);
  return jumps;
}

function find(flow: Flow): Map<string, JumpKind> {
  const wires = wiresOf(flow);
  const leading = Map.groupBy(wires, ({ target }) => target);
  const jumps = new Map<string, JumpKind>();
  for (const wire of wires) {
    const [x, y] = placeOf(flow, wire.source);
    const [left, top] = placeOf(flow, wire.target);
    const isShared = isEnd(flow, wire) && (leading.get(wire.target)?.length ?? 0) >= many;
    const length = Math.hypot(left - x - measure.width, top - y);
    if (isBack(x + measure.width, left)) jumps.set(wire.id, 'back');
    else if (isShared && length > near) jumps.set(wire.id, 'shared');
    else if (length > far) jumps.set(wire.id, 'far');
  }
  return jumps;
}

function isEnd(flow: Flow, { target }: Wire): boolean {
  const node = nodeOf(flow, target);
  return node !== undefined && Object.keys(node.exits ?? {}).length === 0;
}
