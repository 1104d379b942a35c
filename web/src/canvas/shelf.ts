import { createStore, del, get, getMany, keys, promisifyRequest } from 'idb-keyval';
import { isLastWord, isUnsaved, joined, type LastWord, type Place, type Unsaved } from './unsaved.ts';

/** Where unsaved work is kept over reloads, closed tabs and crashes. */
export interface Shelf {
  /** Keeps work with its history, in place of what was kept there. Rejected where there is no room or nothing may be kept. */
  put(work: Unsaved): Promise<void>;
  /** Notes the last word on work before it returns; false where it could not. */
  note(word: LastWord): boolean;
  /** What was kept at a place. */
  read(place: Place): Promise<Unsaved | undefined>;
  /** The flows that a user has work on. */
  flows(user: string): Promise<ReadonlySet<string>>;
  /** All that was kept of a user's work on a flow, newest first. */
  find(user: string, flow: string): Promise<Unsaved[]>;
  remove(place: Place): Promise<void>;
}

const works = createStore('branchline', 'unsaved');

/**
 * The shelf of this browser. Histories lie in its database, which keeps what their documents share once. Its writes take a
 * while, and no standard promises that one that began while the page went away comes to its end; so last words lie in
 * `localStorage`, which is written at once.
 */
export const browserShelf: Shelf = {
  async put(work) {
    await works('readwrite', (store) => {
      store.put(work, [...work.place]);
      // It is on its way then, even if the page is gone before the answer.
      store.transaction.commit();
      return promisifyRequest(store.transaction);
    });
    quietly(() => localStorage.removeItem(nameOf(work.place)));
  },

  note: (word) =>
    quietly(() => {
      localStorage.setItem(nameOf(word.place), JSON.stringify(word));
      return true;
    }) ?? false,

  async read(place) {
    const work = await tried(() => get<unknown>([...place], works));
    const word = wordAt(nameOf(place));
    const [found] = joined([work].filter(isUnsaved), word === undefined ? [] : [word]);
    // The work has heard it.
    if (found === work) quietly(() => localStorage.removeItem(nameOf(place)));
    return found;
  },

  async flows(user) {
    const all = [...(await places()), ...words().map(({ place }) => place)];
    return new Set(all.flatMap(([whose, flow]) => (whose === user ? flow : [])));
  },

  async find(user, flow) {
    const isWanted = ([whose, of]: Place) => whose === user && of === flow;
    const wanted = (await places()).filter(isWanted).map((place) => [...place]);
    const found = ((await tried(() => getMany<unknown>(wanted, works))) ?? []).filter(isUnsaved);
    const said = words().filter(({ place }) => isWanted(place));
    return joined(found, said);
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

async function places(): Promise<Place[]> {
  return (await tried(() => keys<[string, string, string]>(works))) ?? [];
}

function words(): LastWord[] {
  const names = quietly(() => Object.keys(localStorage)) ?? [];
  return names.filter((name) => name.startsWith(prefix)).flatMap((name) => wordAt(name) ?? []);
}

function wordAt(name: string): LastWord | undefined {
  const found: unknown = quietly(() => JSON.parse(localStorage.getItem(name) ?? 'null'));
  return isLastWord(found) ? found : undefined;
}

async function tried<Result>(action: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await action();
  } catch {
    return undefined;
  }
}

/** A browser that may keep nothing throws where its storage is but named. */
function quietly<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
