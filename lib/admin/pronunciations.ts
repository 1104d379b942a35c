import * as v from 'valibot';
import { textsOf } from '../engine/texts.ts';
import { speechOf } from '../flow/language.ts';
import { lineText, nameText } from '../flow/name.ts';
import { type Pronunciation, pronounce, type Sounds } from '../flow/sounds.ts';
import { listHeads } from '../store/flows.ts';
import { inLanes } from '../store/lanes.ts';
import { collect } from '../store/page.ts';
import {
  allPronunciations,
  type Pronunciations,
  putPronunciations,
  readPronunciations as read,
} from '../store/pronunciations.ts';
import { readPublished } from '../store/versions.ts';
import { type Admin, audited } from './admin.ts';
import { wrong } from './input.ts';

/** How many words a language may have. */
export const mostWords = 500;

/** How a word is spoken: a text that the voice reads in its place. */
export const WordSpoken = v.strictObject({
  word: v.pipe(nameText(100), v.description('The word as it stands in texts; capitals do not matter')),
  spokenAs: v.pipe(lineText(200), v.description('What the voice reads in its place; nothing if it is empty')),
});

/** How words of a language are spoken; an empty list if none were set. */
export async function readPronunciations(
  { table }: Admin,
  language: string,
): Promise<Pick<Pronunciations, 'language' | 'words'> & Partial<Pronunciations>> {
  return (await read(table, canonical(language))) ?? { language: canonical(language), words: [] };
}

/** A flow whose live version speaks a word in another way than the lists say now. */
export interface Concerned {
  readonly flow: string;
  readonly name: string;
}

/**
 * Sets how words of a language are spoken, in place of those that were set. Flows speak so from their next publish on; the
 * answer names those whose live version speaks otherwise. Throws `bad-input` if a word stands there twice.
 */
export async function setPronunciations(
  admin: Admin,
  language: string,
  words: readonly Pronunciation[],
): Promise<Pronunciations & { readonly concerns: readonly Concerned[] }> {
  const list = await setWords(admin, language, words);
  return { ...list, concerns: await concernedBy(admin, list.language) };
}

async function setWords(
  admin: Admin,
  language: string,
  words: readonly Pronunciation[],
): Promise<Pronunciations> {
  const { table, who, now } = admin;
  refuseTwice(words);
  const before = await read(table, canonical(language));
  if (before !== undefined && JSON.stringify(before.words) === JSON.stringify(words)) return before;
  const list = { language: canonical(language), words, changedAt: now().toISOString(), changedBy: who };
  const intent = {
    did: 'change',
    what: `pronunciations ${list.language}`,
    ...(before === undefined ? {} : { before: before.words }),
    after: words,
  };
  await audited(admin, intent, () => putPronunciations(table, list));
  return list;
}

/** How many live versions are read at a time. */
const lanes = 8;

/** The flows whose live version would speak a text of the language otherwise if it were published now. */
async function concernedBy(admin: Admin, language: string): Promise<Concerned[]> {
  const code = codeOfLanguage(language);
  const now = (await wordsByCode(admin))[code] ?? [];
  const live = (await collect((paging) => listHeads(admin.table, paging))).filter(
    ({ live }) => live !== undefined,
  );
  const found: Concerned[] = [];
  await inLanes(live, lanes, async ({ id, live: version = 0 }) => {
    const published = await readPublished(admin.table, id, version);
    if (published === undefined) return;
    const frozen = published.sounds.words[code] ?? [];
    const texts = textsOf(published.flow).filter((text) => text.language === code);
    const isOther = texts.some(({ text }) => pronounce(text, frozen) !== pronounce(text, now));
    if (isOther) found.push({ flow: id, name: published.flow.name });
  });
  return found.sort((one, other) => (one.flow < other.flow ? -1 : 1));
}

function codeOfLanguage(language: string): string {
  return speechOf(language)?.language ?? language;
}

/** How words are spoken as of now, by the carrier's code of their language. */
export async function wordsByCode({ table }: Pick<Admin, 'table'>): Promise<Sounds['words']> {
  const byCode = new Map<string, Pronunciation[]>();
  for (const { language, words } of await allPronunciations(table)) {
    const code = codeOfLanguage(language);
    byCode.set(code, [...(byCode.get(code) ?? []), ...words]);
  }
  return Object.fromEntries(Array.from(byCode).filter(([, words]) => words.length > 0));
}

function refuseTwice(words: readonly Pronunciation[]): void {
  const seen = new Set<string>();
  for (const [place, { word }] of words.entries()) {
    const same = word.toLowerCase();
    if (seen.has(same)) throw wrong(`words.${place}.word`, `is "${word}", which stands in the list twice`);
    seen.add(same);
  }
}

/** A language tag as RFC 5646 recommends to write it: `zh-cn` is `zh-CN`. */
function canonical(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? language;
  } catch {
    return language;
  }
}
