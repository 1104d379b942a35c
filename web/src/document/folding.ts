import { reachedFrom, startsOf } from '../../../lib/engine/graph.ts';
import type { Flow } from '../../../lib/flow/flow.ts';
import type { Point } from './geometry.ts';
import type { Edit } from './history.ts';
import { placeOf, withPlaces } from './things.ts';

/** A flow of which some nodes are folded: each hides what calls come to by it alone. Folding changes nothing of the flow. */
export interface Folding {
  /** The whole flow. */
  readonly flow: Flow;
  /** The flow without the nodes that are hidden; the same flow if none is. */
  readonly shown: Flow;
  /** The folded nodes, each with those that it hides; one that hides nothing is left out. */
  readonly folds: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The nodes that calls come to by way of one node alone, without that node. So no connection comes from elsewhere into what a
 * folded node hides.
 */
function hangingOn(flow: Flow, id: string): Set<string> {
  const after = reachedFrom(flow, [id]);
  const { [id]: _, ...rest } = flow.nodes;
  const others = Object.keys(rest).filter((each) => !after.has(each));
  const elsewhere = reachedFrom({ ...flow, nodes: rest }, [...startsOf(flow), ...others]);
  // In the order of the flow, whatever the way to them.
  return new Set(Object.keys(rest).filter((each) => after.has(each) && !elsewhere.has(each)));
}

/** A flow with nodes folded. */
export function folding(flow: Flow, folded: Iterable<string>): Folding {
  const folds = new Map<string, ReadonlySet<string>>();
  const hidden = new Set<string>();
  for (const id of folded) {
    const hides = hangingOn(flow, id);
    if (hides.size === 0) continue;
    folds.set(id, hides);
    for (const each of hides) hidden.add(each);
  }
  if (hidden.size === 0) return { flow, shown: flow, folds };
  const nodes = Object.entries(flow.nodes).filter(([id]) => !hidden.has(id));
  return { flow, shown: { ...flow, nodes: Object.fromEntries(nodes) }, folds };
}

/** The folded nodes without those that hide any of these. */
export function foldsWithout({ folds }: Folding, seen: Iterable<string>): string[] {
  const ids = [...seen];
  return [...folds].flatMap(([id, hides]) => (ids.some((each) => hides.has(each)) ? [] : [id]));
}

/** The things with those that the folded ones among them hide: what is done to a folded node is done to all that it stands for. */
export function withHidden({ folds }: Folding, ids: readonly string[]): string[] {
  return [...new Set(ids.flatMap((id) => [id, ...(folds.get(id) ?? [])]))];
}

/** An edit that moved things, in which what the folded ones among them hide keeps its distance to them. */
export function moveHidden({ flow, folds }: Folding, edit: Edit, ids: readonly string[]): Edit {
  if (edit.flow === flow) return edit;
  const places = new Map<string, Point>();
  for (const id of ids) {
    const [x, y] = placeOf(edit.flow, id);
    const [left, top] = placeOf(flow, id);
    for (const each of folds.get(id) ?? []) {
      const [from, down] = placeOf(flow, each);
      places.set(each, [from + x - left, down + y - top]);
    }
  }
  return places.size === 0 ? edit : { ...edit, flow: withPlaces(edit.flow, [...places]) };
}
