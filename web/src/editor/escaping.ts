import { useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import { useDocumentStore } from './documentstore.ts';
import type { Tools } from './tools.ts';

/** What may be open beside the drawing, innermost first. */
export type OpenLayers = readonly { readonly open: boolean; readonly close: () => void }[];

/** Leaves one layer at a time: a connection that is being drawn, a field of a form, what is open beside, the selection. */
export function useEscaping(tools: Tools, closers: OpenLayers): (from: EventTarget | null) => void {
  const store = useDocumentStore();
  const canvasStore = useStoreApi();
  return useCallback(
    (from) => {
      const { connection, connectionClickStartHandle, cancelConnection } = canvasStore.getState();
      if (connection.inProgress || connectionClickStartHandle !== null) {
        cancelConnection();
        canvasStore.setState({ connectionClickStartHandle: null });
        return;
      }
      if (from instanceof HTMLElement && from.closest('.panel') !== null) {
        from.blur();
        const [only] = store.selected;
        if (only !== undefined) return tools.focus(only);
        if (from.matches('input, textarea, select')) return;
      }
      if (
        from instanceof HTMLElement &&
        from.closest('.prompts') !== null &&
        from.matches('input, textarea')
      ) {
        return from.blur();
      }
      const innermost = closers.find(({ open }) => open);
      if (innermost !== undefined) return innermost.close();
      store.select([]);
    },
    [canvasStore, store, tools, closers],
  );
}
