import type { Pronunciation } from '../flow/sounds.ts';
import { type Item, textOf } from './item.ts';
import { keyOf, pronunciationsKey, pronunciationsPk } from './keys.ts';
import { get, put, query, type Table } from './table.ts';

/** How the words of a language are spoken. */
export interface Pronunciations {
  /** A language tag (BCP 47). */
  readonly language: string;
  readonly words: readonly Pronunciation[];
  readonly changedAt: string;
  readonly changedBy: string;
}

/** Sets the words of a language, in place of those that it had. */
export async function putPronunciations(table: Table, list: Pronunciations): Promise<void> {
  const { language, words, changedAt, changedBy } = list;
  await put(table, pronunciationsKey(language), { words: JSON.stringify(words), changedAt, changedBy });
}

/** The words of a language; `undefined` if none were ever set. */
export async function readPronunciations(
  table: Table,
  language: string,
): Promise<Pronunciations | undefined> {
  const item = await get(table, pronunciationsKey(language));
  return item === undefined ? undefined : pronunciationsOf(item);
}

/** The words of all languages. */
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
