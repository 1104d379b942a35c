import { createContext, type RefObject, useContext } from 'react';

/** The element that the editor around draws its flow in; `null` while it is not shown. */
export type CanvasElementRef = RefObject<HTMLElement | null>;

/** The element that the editor draws its flow in. */
export const CanvasElementContext = createContext<CanvasElementRef>({ current: null });

/** The element that the editor draws its flow in, to measure it or to ask whether something lies on it. */
export function useCanvasElement(): CanvasElementRef {
  return useContext(CanvasElementContext);
}
