import type { Folding } from '../document/folding.ts';
import { type Layer, tagsAt } from './layer.ts';

/** What a folded node shows of those that it hides. */
export interface Fold {
  /** How many it hides. */
  readonly count: number;
  /** The gravest of what is wrong with them. */
  readonly worst: 'error' | 'warning' | undefined;
}

interface Seen {
  readonly folding?: Folding | undefined;
  readonly layers: readonly Layer[];
}

/** What a node shows of those that it hides; `undefined` if it is not folded. */
export function foldAt({ folding, layers }: Seen, id: string): Fold | undefined {
  const hides = folding?.folds.get(id);
  if (hides === undefined) return undefined;
  const tones = new Set([...hides].flatMap((each) => tagsAt(layers, 'nodes', each).map(({ tone }) => tone)));
  return {
    count: hides.size,
    worst: tones.has('error') ? 'error' : tones.has('warning') ? 'warning' : undefined,
  };
}

/** Whether two folded nodes, or nodes that are not, show the same of what they hide. */
export function sameFold(one: Fold | undefined, other: Fold | undefined): boolean {
  return one?.count === other?.count && one?.worst === other?.worst;
}
