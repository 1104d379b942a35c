import { Failure } from '../../errors.ts';
import { defined } from '../../flow/defined.ts';
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

/** How many entries a page holds if nothing is said. */
export const usualLimit = 50;

/** A list that is read page by page: what its cursors name it, and the shape of the places in it. */
export interface Listing {
  readonly name: string;
  readonly place: RegExp;
}

/** The cursor of a place in a list, in characters that a query needs no escapes for: `Zmxvd3MKb2ZmaWNl`. */
export function cursorAt({ name }: Listing, place: string): string {
  return Buffer.from(`${name}\n${place}`).toString('base64url');
}

/**
 * The place that a cursor of a list stands at; `undefined` without a cursor. Throws `cursor-foreign` for what no page of this
 * list gave, such as a cursor of another list. So no key reaches DynamoDB that is longer than the 1,024 bytes it takes.
 */
export function placeAfter(listing: Listing, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const head = `${listing.name}\n`;
  const text = Buffer.from(cursor, 'base64url').toString();
  const place = text.startsWith(head) ? text.slice(head.length) : '';
  // Decoding skips what it does not know, so the cursor is written again and compared.
  if (listing.place.test(place) && cursorAt(listing, place) === cursor) return place;
  throw new Failure('cursor-foreign', '`after` must be the `next` of a page of this list, or be left out.');
}

/** How a partition is read as a list. */
export interface Partition extends Listing {
  readonly pk: string;
  /** What stands before the places in the sort keys. */
  readonly prefix?: string;
  readonly filter?: string;
  /** Leaves out items that a filter cannot. It is asked once about each item, in the order of the walk. */
  readonly isListed?: (item: Item) => boolean;
  readonly backwards?: boolean;
}

/**
 * A page of a partition, by sort key. The cursor names the sort key of the last entry, so whatever is written meanwhile no
 * entry comes twice and none is left out. Throws `cursor-foreign`.
 */
export async function page<Entry>(
  table: Table,
  partition: Partition,
  read: (item: Item) => Entry,
  { limit = usualLimit, after }: Paging,
): Promise<Page<Entry>> {
  const { pk, prefix = '', filter, isListed, backwards = false } = partition;
  const place = placeAfter(partition, after);
  const from = place === undefined && prefix === '' ? undefined : prefix + (place ?? '');
  const walk = query(table, {
    where: `#pk = :pk${from === undefined ? '' : ` AND #sk ${backwards ? '<' : '>'} :from`}`,
    values: { pk, from },
    backwards,
    limit: limit + 1,
    ...defined({ filter }),
  });
  const found: Item[] = [];
  for await (const items of walk) {
    found.push(...(isListed === undefined ? items : items.filter(isListed)));
    if (found.length > limit) break;
  }
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const more = found.length > limit && last !== undefined;
  const next = more ? { next: cursorAt(partition, keyOf(last).sk.slice(prefix.length)) } : {};
  return { items: items.map(read), ...next };
}

/** All entries of a list, page by page. */
export async function collectPage<Entry>(read: (paging: Paging) => Promise<Page<Entry>>): Promise<Entry[]> {
  const found: Entry[] = [];
  let after: { after?: string } | undefined = {};
  while (after !== undefined) {
    const { items, next }: Page<Entry> = await read({ limit: 100, ...after });
    found.push(...items);
    after = next === undefined ? undefined : { after: next };
  }
  return found;
}
