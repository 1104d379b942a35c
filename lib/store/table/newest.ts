import { type Item, textOf } from './item.ts';
import { walkList } from './lists.ts';
import { cursorAt, type Listing, type Page, type Paging, placeAfter, usualLimit } from './page.ts';
import type { Table } from './table.ts';

/** A list over many partitions whose places begin with a time (ISO, UTC), and which part of it is wanted. */
export interface NewestFirst<Entry> extends Paging {
  readonly list: Listing;
  /** The keys of the index at which its items stand; its name if left out. */
  readonly keys?: readonly string[];
  readonly read: (item: Item) => Entry;
  /** Which items; all of them if left out. */
  readonly fits?: ((item: Item) => boolean) | undefined;
  /** From then on, and before then. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** What is looked at for one page: a filter that fits few items makes short pages rather than long waits. */
const mostSeen = 5000;
const seenAtOnce = 500;

/**
 * A page of a list, newest first, as it was seconds ago. A page may hold fewer than it could, and even none, with more after
 * it. Throws `cursor-foreign`.
 */
export async function newest<Entry>(table: Table, wanted: NewestFirst<Entry>): Promise<Page<Entry>> {
  const { list, read, fits, since = '0', until = '~', limit = usualLimit } = wanted;
  const after = placeAfter(list, wanted.after);
  const last = after !== undefined && after < until ? after : until;
  if (since > last) return { items: [] };
  const pageOf = (found: readonly Item[], end: Item | undefined): Page<Entry> => ({
    items: found.map(read),
    ...(end === undefined ? {} : { next: cursorAt(list, textOf(end, 'place')) }),
  });
  const walk = walkList(table, {
    ...{ keys: wanted.keys ?? [list.name], from: since, to: last },
    wanted: fits === undefined ? limit + 2 : seenAtOnce,
  });
  const found: Item[] = [];
  let seen: Item | undefined;
  let count = 0;
  for await (const items of walk) {
    for (const item of items) {
      if (textOf(item, 'place') === after) continue;
      const isWanted = fits?.(item) ?? true;
      if (found.length === limit && isWanted) return pageOf(found, found.at(-1));
      if (isWanted) found.push(item);
      seen = item;
    }
    count += items.length;
    if (fits !== undefined && count >= mostSeen) return pageOf(found, seen);
  }
  return pageOf(found, undefined);
}
