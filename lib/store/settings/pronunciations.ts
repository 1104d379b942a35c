import type { Pronunciation } from '../../flow/pronounce.ts';
import { type Item, textOf } from '../table/item.ts';
import { keyOf, pronunciationsKey, pronunciationsPk } from '../table/keys.ts';
import { get, put, putIf, query, type Table } from '../table/table.ts';

/** The pronunciations of a language. */
export interface Pronunciations {
  /** A language tag (BCP 47). */
  readonly language: string;
  readonly words: readonly Pronunciation[];
  readonly changedAt: string;
  readonly changedBy: string;
}

/**
 * Replaces the pronunciations of a language. With `before`, only if they are still equal to it; otherwise resolves with `false`.
 */
export async function putPronunciations(
  table: Table,
  { language, words, changedAt, changedBy }: Pronunciations,
  before?: readonly Pronunciation[],
): Promise<boolean> {
  const key = pronunciationsKey(language);
  const row = { words: JSON.stringify(words), changedAt, changedBy };
  if (before === undefined) {
    await put(table, key, row);
    return true;
  }
  const same = '#words = :before';
  const write = {
    row,
    when: before.length === 0 ? `attribute_not_exists(#pk) OR ${same}` : same,
    values: { before: JSON.stringify(before) },
  };
  const { done } = await putIf(table, key, write, (item) => {
    return (['words', 'changedAt', 'changedBy'] as const).every((name) => item?.[name]?.S === row[name]);
  });
  return done;
}

/** The pronunciations of a language; `undefined` if none were ever set. */
export async function fetchPronunciations(
  table: Table,
  language: string,
): Promise<Pronunciations | undefined> {
  const item = await get(table, pronunciationsKey(language));
  return item === undefined ? undefined : pronunciationsOf(item);
}

/** The pronunciations of all languages. */
export async function allPronunciations(table: Table): Promise<Pronunciations[]> {
  const found: Pronunciations[] = [];
  const walk = { where: '#pk = :pk', values: { pk: pronunciationsPk } };
  for await (const items of query(table, walk)) found.push(...items.map(pronunciationsOf));
  return found;
}

function pronunciationsOf(item: Item): Pronunciations {
  return {
    language: keyOf(item).sk,
    words: JSON.parse(textOf(item, 'words')),
    changedAt: textOf(item, 'changedAt'),
    changedBy: textOf(item, 'changedBy'),
  };
}
