import { useLayoutEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { addressWrites } from './addresswrites.ts';

/**
 * Holds what is typed into a field whose text the address brings: the field never waits for the address. `mark` gives the state
 * of a navigation by which the page writes its address; any other, such as a link or the way back, brings its text.
 */
export function useHeldText(brought: string) {
  const { key, state } = useLocation();
  const [writes] = useState(() => addressWrites(Date.now()));
  const [text, hold] = useState(brought);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each navigation is looked at once
  useLayoutEffect(() => {
    if (!writes.isOwn(state)) hold(brought);
  }, [key]);
  return { text, hold, mark: writes.mark };
}
