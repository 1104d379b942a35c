import { type Flow, type FlowNode, nodeOf } from '../../../lib/flow/flow.ts';
import type { Selection } from '../document/desk.ts';
import { wiresFrom } from '../document/wires.ts';
import { jumpsOf } from '../layout/jumps.ts';
import type { Names } from '../words/naming.ts';
import { type Layer, tagsAt } from './layer.ts';

/** A connection that is told at its exit by the name of the node that it leads to. */
export interface Jump {
  readonly exit: string;
  readonly target: string;
  /** What the target is called. */
  readonly name: string;
  readonly isBack: boolean;
}

/** What decides whether a connection is told as a jump. */
interface Seen {
  readonly flow: Flow;
  readonly selection: Selection;
  readonly layers: readonly Layer[];
  readonly names: Pick<Names, 'node'>;
}

const noJumps: readonly Jump[] = [];

/** The connections of a node that are told as jumps; none while it is selected, for then they are drawn. */
export function jumpsFrom(
  { flow, selection, layers, names }: Seen,
  id: string,
  node: FlowNode,
): readonly Jump[] {
  const known = jumpsOf(flow);
  if (known.size === 0 || selection.nodes.has(id)) return noJumps;
  const wires = wiresFrom(id, node).filter(
    (wire) =>
      known.has(wire.id) && !selection.wires.has(wire.id) && tagsAt(layers, 'wires', wire.id).length === 0,
  );
  if (wires.length === 0) return noJumps;
  return wires.flatMap(({ id: wire, exit, target }) => {
    const to = nodeOf(flow, target);
    return to === undefined
      ? []
      : [{ exit, target, name: names.node(to), isBack: known.get(wire) === 'back' }];
  });
}

/** Whether two lists hold the same jumps in the same order. */
export function sameJumps(one: readonly Jump[], other: readonly Jump[]): boolean {
  if (one === other) return true;
  return (
    one.length === other.length &&
    one.every(({ exit, target, name }, at) => {
      const found = other[at];
      return exit === found?.exit && target === found.target && name === found.name;
    })
  );
}
