import type { Item } from './item.ts';
import { keyOf } from './keys.ts';
import { query, type Table } from './table.ts';

/** A page of a list; with `next` there is more after it. */
export interface Page<Entry> {
  readonly items: readonly Entry[];
  readonly next?: string;
}

/** Which page: at most `limit` entries (1–100), those after the cursor that an earlier page gave as `next`. */
export interface Paging {
  readonly limit?: number;
  readonly after?: string;
}

/** How many entries a page holds where nothing is said. */
export const usualLimit = 50;

/**
 * A page of a partition, by sort key. The cursor is the sort key of the last entry, so whatever is written meanwhile no
 * entry comes twice and none is left out.
 */
export async function page<Entry>(
  table: Table,
  pk: string,
  read: (item: Item) => Entry,
  { limit = usualLimit, after, filter, backwards = false }: Paging & { filter?: string; backwards?: boolean },
): Promise<Page<Entry>> {
  const past = after === undefined ? '' : ` AND #sk ${backwards ? '<' : '>'} :after`;
  const walk = query(table, {
    where: `#pk = :pk${past}`,
    values: { pk, after },
    backwards,
    limit: limit + 1,
    ...(filter === undefined ? {} : { filter }),
  });
  const found: Item[] = [];
  for await (const items of walk) {
    found.push(...items);
    if (found.length > limit) break;
  }
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const more = found.length > limit && last !== undefined;
  return { items: items.map(read), ...(more ? { next: keyOf(last).sk } : {}) };
}

/** All entries of a list, page by page. */
export async function collect<Entry>(read: (paging: Paging) => Promise<Page<Entry>>): Promise<Entry[]> {
  const found: Entry[] = [];
  let after: { after?: string } | undefined = {};
  while (after !== undefined) {
    const { items, next }: Page<Entry> = await read({ limit: 100, ...after });
    found.push(...items);
    after = next === undefined ? undefined : { after: next };
  }
  return found;
}
