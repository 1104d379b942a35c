import { createStore, del, get, keys, promisifyRequest } from 'idb-keyval';
import { quietly } from './quietly.ts';
import type { Place, Unreadable, Unsaved, UnsavedSnapshot } from './unsaved.ts';

/** Where unsaved work is kept over reloads, closed tabs and crashes. */
export interface DraftStorage {
  /** Keeps work with its history, in place of what was kept there. Rejected if there is no room or nothing may be kept. */
  put(work: Unsaved): Promise<void>;
  /** Keeps the last word on work before it returns; `false` if it could not. */
  putSnapshot(word: UnsavedSnapshot): boolean;
  /** All places where work of a user is kept. */
  find(user: string): Promise<Place[]>;
  /** What was kept at a place: work, or something that only another release can read. */
  read(place: Place): Promise<Unsaved | Unreadable | undefined>;
  remove(place: Place): Promise<void>;
}

const works = createStore('branchline', 'unsaved');

/**
 * The storage of this browser. Histories lie in its database, which keeps what their documents share once. Its writes take a
 * while, and no standard promises that one that began while the page went away comes to its end; so last words lie in
 * `localStorage`, which is written at once.
 */
export const browserStorage: DraftStorage = {
  async put(work) {
    await works('readwrite', (store) => {
      store.put(work, [...work.place]);
      // It is on its way then, even if the page is gone before the answer.
      store.transaction.commit();
      return promisifyRequest(store.transaction);
    });
    quietly(() => localStorage.removeItem(nameOf(work.place)));
  },

  putSnapshot: (word) =>
    quietly(() => {
      localStorage.setItem(nameOf(word.place), JSON.stringify(word));
      return true;
    }) ?? false,

  async find(user) {
    const kept: Place[] = (await tried(() => keys<[string, string, string]>(works))) ?? [];
    const said = (quietly(() => Object.keys(localStorage)) ?? []).flatMap(placeIn);
    const places = new Map([...kept, ...said].map((place) => [nameOf(place), place]));
    return [...places.values()].filter(([whose]) => whose === user);
  },

  async read(place) {
    const kept = await tried(() => get<unknown>([...place], works));
    const text = quietly(() => localStorage.getItem(nameOf(place))) ?? undefined;
    const word = text === undefined ? undefined : (quietly(() => JSON.parse(text) as unknown) ?? text);
    // Lists of flows ask only what there is.
    const { workIn } = await import('./unsaved.ts');
    const found = workIn(place, kept, word);
    // The work has heard it.
    if (found === kept) quietly(() => localStorage.removeItem(nameOf(place)));
    return found;
  },

  async remove(place) {
    quietly(() => localStorage.removeItem(nameOf(place)));
    await tried(() => del([...place], works));
  },
};

const prefix = 'branchline.unsaved.';

/** The name of a place in a store of texts, and of the lock that its editor holds. */
export function nameOf(place: Place): string {
  return `${prefix}${JSON.stringify(place)}`;
}

function placeIn(name: string): Place[] {
  const found = name.startsWith(prefix) ? quietly(() => JSON.parse(name.slice(prefix.length))) : undefined;
  return Array.isArray(found) && found.length === 3 ? [found as unknown as Place] : [];
}

async function tried<Result>(action: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await action();
  } catch {
    return undefined;
  }
}
