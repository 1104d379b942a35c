import { type Flow, type FlowNode, nodeOf } from '../../../lib/flow/flow.ts';
import type { Folding } from '../document/folding.ts';
import type { Selection } from '../document/store.ts';
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
  readonly folding?: Folding | undefined;
  readonly selection: Selection;
  readonly layers: readonly Layer[];
  readonly names: Pick<Names, 'node'>;
}

const noJumps: readonly Jump[] = [];

/**
 * The connections of a node that are told as jumps: those that would cross the others, which are drawn while the node is selected,
 * and those to what the node hides while it is folded.
 */
export function jumpsFrom(seen: Seen, id: string, node: FlowNode): readonly Jump[] {
  const { flow, folding, selection, layers, names } = seen;
  const known = jumpsOf(flow);
  const hides = folding?.folds.get(id);
  if (hides === undefined && (known.size === 0 || selection.nodes.has(id))) return noJumps;
  const told = wiresFrom(id, node).filter((wire) => {
    if (hides?.has(wire.target)) return true;
    const isDrawn = selection.nodes.has(id) || selection.wires.has(wire.id);
    return known.has(wire.id) && !isDrawn && tagsAt(layers, 'wires', wire.id).length === 0;
  });
  if (told.length === 0) return noJumps;
  return told.flatMap(({ id: wire, exit, target }) => {
    const to = nodeOf(folding?.flow ?? flow, target);
    return to === undefined
      ? []
      : [{ exit, target, name: names.node(to), isBack: known.get(wire) === 'back' }];
  });
}

/** Whether two lists hold equal jumps in the same order. */
export function sameJumps(one: readonly Jump[], other: readonly Jump[]): boolean {
  if (one === other) return true;
  return (
    one.length === other.length &&
    one.every(({ exit, target, name, isBack }, at) => {
      const found = other[at];
      const isSamePlace = exit === found?.exit && target === found.target && isBack === found.isBack;
      return isSamePlace && name === found.name;
    })
  );
}
