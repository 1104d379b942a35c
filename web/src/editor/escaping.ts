import { useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import { useDesk } from './desk.ts';
import type { Tools } from './tools.ts';

/** What is open beside the drawing, innermost first; each says whether it was open and is closed now. */
export type Closers = readonly (() => boolean)[];

/** Leaves one layer at a time: a connection that is being drawn, a field of a form, what is open beside, the selection. */
export function useEscaping(tools: Tools, closers: Closers): (from: EventTarget | null) => void {
  const desk = useDesk();
  const store = useStoreApi();
  return useCallback(
    (from) => {
      const { connection, connectionClickStartHandle, cancelConnection } = store.getState();
      if (connection.inProgress || connectionClickStartHandle !== null) {
        cancelConnection();
        store.setState({ connectionClickStartHandle: null });
        return;
      }
      if (from instanceof HTMLElement && from.closest('.panel') !== null) {
        from.blur();
        const [only] = desk.selected;
        if (only !== undefined) return tools.focus(only);
        if (from.matches('input, textarea, select')) return;
      }
      if (closers.some((close) => close())) return;
      desk.select([]);
    },
    [store, desk, tools, closers],
  );
}
