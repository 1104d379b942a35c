import { useStoreApi } from '@xyflow/react';
import { useLayoutEffect, useState } from 'react';

/**
 * Keeps the canvas library from measuring nodes as they appear; true once it will not. Their sizes and dots are known from their
 * shapes, and what would be measured is wrong where a node is drawn without its dots, or while a dialog around it still grows.
 */
export function useUnmeasured(): boolean {
  const store = useStoreApi();
  const [done, setDone] = useState(false);
  useLayoutEffect(() => {
    store.setState({ updateNodeInternals: () => {} });
    setDone(true);
  }, [store]);
  return done;
}
