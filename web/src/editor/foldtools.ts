import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import type { Layer } from '../canvas/layer.ts';
import type { DocumentStore } from '../document/store.ts';
import { quietly } from '../draft/quietly.ts';
import { recall, remember } from '../shell/stored.ts';
import type { Names } from '../words/naming.ts';
import { useDocumentStore, useEditorState } from './documentstore.ts';
import type { FoldTools } from './tools.ts';

interface Kit {
  readonly store: DocumentStore;
  readonly t: TFunction;
  readonly names: Names;
  /** Tells those who listen. */
  readonly tell: (text: string) => void;
  readonly warn: (text: string) => void;
}

/** The tools that fold. */
export function foldTools({ store, t, names, tell, warn }: Kit): FoldTools {
  return {
    fold(id) {
      const name = names.nodeAt(store.flow, id);
      if (store.state().folding.folds.has(id)) {
        store.unfold([id]);
        return tell(t('canvas.unfolded', { name }));
      }
      const count = store.fold(id);
      if (count === 0) warn(t('canvas.foldsNothing', { name }));
      else tell(names.folded(name, count));
    },
    unfoldAll() {
      store.unfold();
      tell(t('canvas.unfoldedAll'));
    },
  };
}

/** What is folded of a flow, kept in this browser alone. */
const placeOf = (flow: string) => `branchline.folded.${flow}`;

/** The nodes of a flow that this browser keeps folded. */
export function foldedIn(flow: string): string[] {
  const kept = quietly(() => JSON.parse(recall(placeOf(flow)) ?? '[]') as unknown);
  return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
}

/** Keeps what is folded in this browser, and unfolds what hides a node that the call on one of these layers comes to. */
export function useFolds(layers: readonly Layer[]): void {
  const store = useDocumentStore();
  const folded = useEditorState(({ folding }) => JSON.stringify([...folding.folds.keys()]));
  const flow = store.flow.id;
  useEffect(() => {
    if (folded !== '[]') remember(placeOf(flow), folded);
    else quietly(() => localStorage.removeItem(placeOf(flow)));
  }, [flow, folded]);
  useEffect(() => store.reveal(layers.flatMap(passed)), [store, layers]);
}

function passed({ nodes = new Map() }: Layer): string[] {
  return [...nodes].flatMap(([id, { tone }]) => (tone === 'path' || tone === 'here' ? [id] : []));
}
