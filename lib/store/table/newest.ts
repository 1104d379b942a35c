import { type Item, textOf } from './item.ts';
import { walkList } from './lists.ts';
import { cursorAt, type Listing, type Page, type Paging, placeAfter, usualLimit } from './page.ts';
import type { Table } from './table.ts';

/** A part of a list over many partitions, whose `place` begins with a time (ISO, UTC). */
export interface NewestFirst<Entry> extends Paging {
  readonly list: Listing;
  /** The index keys of the list; its name if left out. */
  readonly keys?: readonly string[];
  readonly read: (item: Item) => Entry;
  /** A filter; all items if left out. */
  readonly fits?: ((item: Item) => boolean) | undefined;
  /** At or after `since`, and before `until`. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** The most items that are read for one page, and for one request: a filter that few items match gives short pages, not long waits. */
const mostSeen = 5000;
const seenAtOnce = 500;

/**
 * A page of a list, newest first. The list may be some seconds late. With a filter a page may have fewer entries than `limit`, even
 * none, although more follow. Throws `cursor-foreign`.
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
