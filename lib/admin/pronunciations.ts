import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { listsFor, type WordList, wordsFor } from '../engine/pronounced.ts';
import { textsOf } from '../engine/texts.ts';
import { Failure } from '../errors.ts';
import { lineText, nameText } from '../flow/name.ts';
import { type Pronunciation, pronounceAround } from '../flow/pronounce.ts';
import { type FlowHead, readHeads } from '../store/flows/flows.ts';
import { readPublished } from '../store/flows/versions.ts';
import {
  allPronunciations,
  type Pronunciations,
  putPronunciations,
  fetchPronunciations as read,
} from '../store/settings/pronunciations.ts';
import { inLanes } from '../store/table/lanes.ts';
import { type Admin, audited, type Intent, mostSettingsBytes } from './admin.ts';
import { noList, wrong } from './input.ts';

/** The most words of a language. */
export const mostWords = 500;

/** A word and the text that the voice reads in its place. */
export const WordSpoken = noList(
  v.strictObject(
    {
      word: v.pipe(nameText(100), v.description('The word as it stands in texts; capitals do not matter')),
      spokenAs: v.pipe(
        lineText(200),
        v.description('What the voice reads in its place; nothing if it is empty'),
      ),
    },
    'must be an object: { "word": "SQL", "spokenAs": "sequel" }',
  ),
);

/** The pronunciations of a language, as the API shows them. */
export interface PronunciationList
  extends WordList,
    Partial<Pick<Pronunciations, 'changedAt' | 'changedBy'>> {
  /** The revision: equal for equal words. */
  readonly revision: string;
  /** The flows whose live version speaks these words differently; publishing applies the new pronunciations. */
  readonly concerns: readonly { readonly flow: string; readonly name: string }[];
}

/** The pronunciations of a language, with the flows that publishing would change; no words if none were set. */
export async function readPronunciations(admin: Admin, language: string): Promise<PronunciationList> {
  const tag = canonical(language);
  const found = await read(admin.table, tag);
  return await listOf(admin, found ?? { language: tag, words: [] });
}

/**
 * Replaces the pronunciations of a language. Flows use them from their next publish on. Throws `pronunciations-stale` if the stored
 * revision is not `expected`; `bad-input` if a word is there twice, or if the words together are too long.
 */
export async function setPronunciations(
  admin: Admin,
  language: string,
  words: readonly Pronunciation[],
  expected?: string,
): Promise<PronunciationList> {
  const { table, who, now } = admin;
  refuseWords(words);
  const tag = canonical(language);
  const before = await read(table, tag);
  const was = before?.words ?? [];
  // Also for a save whose answer was lost, and which is sent again.
  if (revisionOf(was) === revisionOf(words)) return await readPronunciations(admin, tag);
  if (expected !== undefined && expected !== revisionOf(was)) throw stale(tag, before);
  const list = { language: tag, words, changedAt: now().toISOString(), changedBy: who };
  const intent: Intent = {
    did: 'change',
    what: `pronunciations ${tag}`,
    ...(before === undefined ? {} : { before: was }),
    after: words,
  };
  await audited(admin, intent, async () => {
    const done = await putPronunciations(table, list, expected === undefined ? undefined : was);
    if (!done) throw stale(tag, await read(table, tag));
  });
  return await listOf(admin, list);
}

async function listOf(admin: Admin, list: WordList & Partial<Pronunciations>): Promise<PronunciationList> {
  return { ...list, revision: revisionOf(list.words), concerns: await concernedBy(admin, list.language) };
}

function revisionOf(words: readonly Pronunciation[]): string {
  const plain = words.map(({ word, spokenAs }) => [word, spokenAs]);
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex').slice(0, 16);
}

/** How many flows are read at a time. */
const lanes = 8;

/** The flows whose live version would speak texts in a language differently if it were published now. */
async function concernedBy({ table }: Admin, language: string): Promise<PronunciationList['concerns']> {
  const [heads, lists] = await Promise.all([readHeads(table), allPronunciations(table)]);
  const found: FlowHead[] = [];
  await inLanes(heads, lanes, async (head) => {
    const { id, live, hiddenAt } = head;
    const published =
      live === undefined || hiddenAt !== undefined ? undefined : await readPublished(table, id, live);
    if (published === undefined) return;
    const texts = textsOf(published.flow);
    const now = wordsFor(texts, lists);
    const { words: frozen } = published.sounds;
    const list = { language, words: [] };
    const changes = texts
      .filter(({ tag }) => listsFor(tag, [list]).length > 0)
      .some(
        ({ text, language: code }) =>
          pronounceAround(text, now[code] ?? []) !== pronounceAround(text, frozen[code] ?? []),
      );
    if (changes) found.push(head);
  });
  return found
    .map(({ id, name }) => ({ flow: id, name }))
    .sort((one, other) => (one.flow < other.flow ? -1 : 1));
}

function refuseWords(words: readonly Pronunciation[]): void {
  const seen = new Set<string>();
  for (const [place, { word }] of words.entries()) {
    const same = word.toLowerCase();
    if (seen.has(same)) throw wrong(`words.${place}.word`, `is "${word}", which stands in the list twice`);
    seen.add(same);
  }
  const bytes = Buffer.byteLength(JSON.stringify(words));
  if (bytes > mostSettingsBytes)
    throw wrong(
      'words',
      `take ${bytes} bytes together, ${mostSettingsBytes} at most are allowed: shorten some`,
    );
}

function stale(language: string, now: Pronunciations | undefined): Failure {
  const by = now === undefined ? '' : ` by ${now.changedBy} at ${now.changedAt}`;
  return new Failure('pronunciations-stale', `The words of ${language} were changed${by}: read them again.`);
}

/** A language tag as RFC 5646 recommends writing it: `zh-cn` → `zh-CN`. */
function canonical(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? language;
  } catch {
    return language;
  }
}
