import { createContext, useContext, useSyncExternalStore } from 'react';
import { type Flow, type FlowNode, nodeOf } from '../../../lib/flow/flow.ts';
import { Desk, type Sight } from '../document/desk.ts';

/** The desk of the editor around. */
export const DeskContext = createContext<Desk>(new Desk({ schema: 1, id: 'none', name: 'none', nodes: {} }));

/** The desk of the editor around. */
export function useDesk(): Desk {
  return useContext(DeskContext);
}

/** A part of what is on the desk; what shows it is redrawn when that part is another. */
export function useSight<Part>(part: (sight: Sight) => Part): Part {
  const desk = useDesk();
  return useSyncExternalStore(desk.subscribe, () => part(desk.sight()));
}

/** A node of the document; `undefined` if it has none of this id. */
export function useNode(id: string | undefined): FlowNode | undefined {
  return useSight(({ history }) => (id === undefined ? undefined : nodeOf(history.flow, id)));
}

/** The document. What needs only a part of it takes that, so that it is not redrawn for all the others. */
export function useFlow(): Flow {
  return useSight(({ history }) => history.flow);
}
