import { useEffect, useState } from 'react';
import type { Flow } from '../../../lib/flow/flow.ts';
import { claim } from './claim.ts';
import { changed } from './same.ts';
import { browserShelf, nameOf } from './shelf.ts';
import type { Place, Unsaved } from './unsaved.ts';

/** Unsaved work of other visits to a flow. */
export interface Found {
  /** Work that no open page holds any more, newest first. */
  readonly works: readonly Unsaved[];
  /** Whether another page of this browser has unsaved work on the flow. */
  readonly elsewhere: boolean;
  /** Takes work off the list. */
  drop(place: Place): void;
}

/** Looks for unsaved work of other visits to the flow. What says the same as `saved` is no work, and is cleared away. */
export function useFound(own: Place, saved: Flow): Found {
  const [works, setWorks] = useState<readonly Unsaved[]>([]);
  const [held, setHeld] = useState<readonly Place[]>([]);
  // What was saved when the editor opened: what is saved later was done in view of the offer.
  const [opened] = useState(saved);
  useEffect(() => {
    const left = new AbortController();
    const [user, flow] = own;
    const take = async (place: Place) => {
      await claim(nameOf(place), left.signal, () => setHeld((before) => [...before, place]));
      // The page that held it may have gone on with it since it was found, or have saved it.
      const work = await browserShelf.read(place);
      if (left.signal.aborted) return;
      setHeld((before) => before.filter((each) => each !== place));
      if (work === undefined) return;
      if (!changed(work.history.flow, opened)) return await browserShelf.remove(place);
      setWorks((before) => [...before, work].sort((a, b) => (a.at < b.at ? 1 : -1)));
    };
    const look = async () => {
      for (const { place } of await browserShelf.find(user, flow)) {
        if (place.join() !== own.join()) void take(place);
      }
    };
    void look();
    return () => {
      left.abort();
      setWorks([]);
      setHeld([]);
    };
  }, [own, opened]);
  return {
    works,
    elsewhere: held.length > 0,
    drop: (place) => setWorks((before) => before.filter((each) => each.place !== place)),
  };
}
