import { createHash } from 'node:crypto';
import { Failure } from '../../errors.ts';
import { defined } from '../../flow/defined.ts';
import { jsonBytes } from '../../flow/size.ts';
import type { Item } from './item.ts';
import { keyOf } from './keys.ts';
import { query, type Table } from './table.ts';

/** A page of a list. `next` is the cursor of the next page, left out on the last one. */
export interface Page<Entry> {
  readonly items: readonly Entry[];
  readonly next?: string;
}

/** Selects a page: at most `limit` entries (1–100), after the cursor `after`, which is the `next` of an earlier page. */
export interface Paging {
  readonly limit?: number;
  readonly after?: string;
}

/** The default of `limit`. */
export const usualLimit = 50;

/** A list with pages: its name in cursors, and the shape of the positions in it. */
export interface Listing {
  readonly name: string;
  readonly place: RegExp;
}

/** The cursor of a position in a list, in characters that a URL needs not escape. Its checksum tells a cursor that was cut. */
export function cursorAt({ name }: Listing, place: string): string {
  const text = `${name}\n${place}`;
  const sum = createHash('sha256').update(text).digest('base64url').slice(0, 6);
  return Buffer.from(`${sum}\n${text}`).toString('base64url');
}

/**
 * The position of a cursor; `undefined` without a cursor. Throws `cursor-foreign` if no page of this list returned it, such as a cursor
 * of another list. This also keeps keys under DynamoDB's limit of 1,024 bytes.
 */
export function placeAfter(listing: Listing, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [, name, ...rest] = Buffer.from(cursor, 'base64url').toString().split('\n');
  const place = name === listing.name ? rest.join('\n') : '';
  // Decoding ignores invalid characters and the checksum, so the position is encoded again and compared.
  if (listing.place.test(place) && cursorAt(listing, place) === cursor) return place;
  throw new Failure('cursor-foreign', '`after` must be the `next` of a page of this list, or be left out.');
}

/** A partition that is read as a list. */
export interface Partition extends Listing {
  readonly pk: string;
  /** The prefix of the sort keys before the position. */
  readonly prefix?: string;
  readonly filter?: string;
  /** A filter in code, for what `filter` cannot express. Called once for each item, in order. */
  readonly isListed?: (item: Item) => boolean;
  readonly backwards?: boolean;
  /** Whether entries may be so large that a page of them is cut at `mostBytes`. */
  readonly large?: boolean;
}

/** The most bytes of a page of large entries as JSON: a function's answer may have 6 MB, in which each quote of the JSON is escaped. */
const mostBytes = 3 * 1024 * 1024;

/**
 * A page of a partition, by sort key. The cursor contains the sort key of the last entry, so concurrent writes never repeat or skip an
 * entry. A page of large entries may have fewer than `limit`, at least one. Throws `cursor-foreign`.
 */
export async function page<Entry>(
  table: Table,
  partition: Partition,
  read: (item: Item) => Entry,
  { limit = usualLimit, after }: Paging,
): Promise<Page<Entry>> {
  const { pk, prefix = '', filter, isListed, backwards = false, large = false } = partition;
  const place = placeAfter(partition, after);
  const from = place === undefined && prefix === '' ? undefined : prefix + (place ?? '');
  const walk = query(table, {
    where: `#pk = :pk${from === undefined ? '' : ` AND #sk ${backwards ? '<' : '>'} :from`}`,
    values: { pk, from },
    backwards,
    limit: limit + 1,
    ...defined({ filter }),
  });
  const entries: Entry[] = [];
  let [last, bytes, more]: [Item | undefined, number, boolean] = [undefined, 0, false];
  for await (const items of walk) {
    for (const item of isListed === undefined ? items : items.filter(isListed)) {
      more = entries.length === limit || bytes > mostBytes;
      if (more) break;
      const entry = read(item);
      if (large) bytes += jsonBytes(entry);
      entries.push(entry);
      last = item;
    }
    if (more) break;
  }
  const next = more && last ? { next: cursorAt(partition, keyOf(last).sk.slice(prefix.length)) } : {};
  return { items: entries, ...next };
}

/** Reads all pages of a list. */
export async function collectPage<Entry>(read: (paging: Paging) => Promise<Page<Entry>>): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const items of pagesOf(read)) found.push(...items);
  return found;
}

/** Reads a list page by page; a page may be empty although more follow. */
export async function* pagesOf<Entry>(
  read: (paging: Paging) => Promise<Page<Entry>>,
): AsyncGenerator<readonly Entry[], undefined> {
  let after: { after?: string } | undefined = {};
  while (after !== undefined) {
    const { items, next }: Page<Entry> = await read({ limit: 100, ...after });
    yield items;
    after = next === undefined ? undefined : { after: next };
  }
  return undefined;
}
