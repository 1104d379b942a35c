import { useEffect, useState } from 'react';
import type { Flow } from '../../../lib/flow/flow.ts';
import { same } from '../../../lib/flow/same.ts';
import { acquireLock } from '../draft/lock.ts';
import { browserStorage, nameOf } from '../draft/storage.ts';
import type { Place, Unreadable, Unsaved } from '../draft/unsaved.ts';

/** Unsaved work of other visits to a flow. */
export interface UnsavedWork {
  /** Work of pages that are closed, newest first. */
  readonly works: readonly Unsaved[];
  /** Work that this release cannot read. */
  readonly unreadable: readonly Unreadable[];
  /** Whether another page of this browser has unsaved work on the flow. */
  readonly elsewhere: boolean;
  /** Takes work off the list. */
  drop(place: Place): void;
}

/**
 * Looks for unsaved work of other visits to the flow, at first and whenever the user comes back to the page. What says the
 * same as `saved` is no work, and is cleared away.
 */
export function useUnsavedWork(own: Place, saved: Flow): UnsavedWork {
  const [works, setWorks] = useState<readonly Unsaved[]>([]);
  const [unreadable, setUnreadable] = useState<readonly Unreadable[]>([]);
  const [elsewhere, setElsewhere] = useState(false);
  // What was saved when the editor opened: what is saved later was done in view of the offer.
  const [opened] = useState(saved);
  useEffect(() => {
    const left = new AbortController();
    const { signal } = left;
    const take = (work: Unsaved | Unreadable) => {
      if ('found' in work) return setUnreadable((before) => [...before, work]);
      if (same(work.history.flow, opened)) return void browserStorage.remove(work.place);
      setWorks((before) => [...before, work].sort((a, b) => (a.at < b.at ? 1 : -1)));
    };
    const look = watch(own, signal, take, setElsewhere);
    const seen = () => void (document.visibilityState === 'visible' && look());
    document.addEventListener('visibilitychange', seen, { signal });
    void look();
    return () => {
      left.abort();
      setWorks([]);
      setUnreadable([]);
    };
  }, [own, opened]);
  return {
    works,
    unreadable,
    elsewhere,
    drop(place) {
      setWorks((before) => before.filter((each) => each.place !== place));
      setUnreadable((before) => before.filter((each) => each.place !== place));
    },
  };
}

/** How to look for work: `take` gets what no page holds, as soon as none does; `told` hears whether a page holds some. */
function watch(
  own: Place,
  signal: AbortSignal,
  take: (work: Unsaved | Unreadable) => void,
  told: (elsewhere: boolean) => void,
): () => Promise<void> {
  const known = new Set([nameOf(own)]);
  const held = new Set<string>();
  let kept = new Set<string>();
  const tell = () => {
    if (!signal.aborted) told([...held].some((name) => kept.has(name)));
  };
  const wait = async (place: Place) => {
    const name = nameOf(place);
    known.add(name);
    await acquireLock(name, signal, () => {
      held.add(name);
      tell();
    });
    held.delete(name);
    tell();
    // The page that held it may have gone on with it since it was found, or have saved it.
    const work = await browserStorage.read(place);
    if (work !== undefined && !signal.aborted) take(work);
  };
  return async () => {
    const [user, flow] = own;
    const places = (await browserStorage.find(user)).filter(([, of]) => of === flow);
    kept = new Set(places.map(nameOf));
    tell();
    for (const place of places) if (!known.has(nameOf(place))) void wait(place);
  };
}
