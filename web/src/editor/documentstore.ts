import { createContext, useContext, useSyncExternalStore } from 'react';
import { type Flow, type FlowNode, nodeOf } from '../../../lib/flow/flow.ts';
import { DocumentStore, type EditorState } from '../document/store.ts';

/** The document store of the editor around. */
export const DocumentStoreContext = createContext<DocumentStore>(
  new DocumentStore({ schema: 1, id: 'none', name: 'none', nodes: {} }),
);

/** The document store of the editor around. */
export function useDocumentStore(): DocumentStore {
  return useContext(DocumentStoreContext);
}

/** A part of the editor's state. A component that uses it is rendered again when that part changes. */
export function useEditorState<Part>(part: (state: EditorState) => Part): Part {
  const store = useDocumentStore();
  return useSyncExternalStore(store.subscribe, () => part(store.state()));
}

/** A node of the document; `undefined` if it has none of this id. */
export function useNode(id: string | undefined): FlowNode | undefined {
  return useEditorState(({ history }) => (id === undefined ? undefined : nodeOf(history.flow, id)));
}

/** The document. What needs only a part of it takes that, so that it is not redrawn for all the others. */
export function useFlow(): Flow {
  return useEditorState(({ history }) => history.flow);
}
