import { useRef } from 'react';
import { suggestId } from './suggestid.ts';

/** Fills in the id that follows from a name, until the user has written one of their own. */
export function useIdSuggestion(fill: (id: string) => void) {
  const isOwn = useRef(false);
  const newest = useRef(Promise.resolve(''));
  return {
    /** Suggests an id like `suggestId`; of suggestions that overlap the newest counts. */
    async suggest(...of: Parameters<typeof suggestId>): Promise<void> {
      const suggestion = suggestId(...of);
      newest.current = suggestion;
      const id = await suggestion;
      if (!isOwn.current && newest.current === suggestion) fill(id);
    },
    /** Tells whether the id that stands there is the user's own. */
    setOwn(own: boolean): void {
      isOwn.current = own;
    },
    /** Resolves once the newest suggestion is made. */
    settled: (): Promise<unknown> => newest.current,
  };
}
