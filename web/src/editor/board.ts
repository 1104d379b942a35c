import { createContext, type RefObject, useContext } from 'react';

/** The element that the editor around draws its flow in; `null` while it is not shown. */
export type BoardRef = RefObject<HTMLElement | null>;

/** The board of the editor around. */
export const BoardContext = createContext<BoardRef>({ current: null });

/** The board of the editor around, to measure it or to ask whether something lies on it. */
export function useBoard(): BoardRef {
  return useContext(BoardContext);
}
