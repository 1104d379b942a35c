import { variablesIn } from './text.ts';

/** A word, and the text that is spoken in its place. */
export interface Pronunciation {
  readonly word: string;
  readonly spokenAs: string;
}

/**
 * Replaces words by their pronunciations: in one pass, the longest word first, in upper or lower case. In scripts with spaces
 * between words only whole words match: `Dr` is not found in `Drive`. If a word has two entries, the first one counts.
 */
export function pronounce(text: string, words: readonly Pronunciation[]): string {
  if (words.length === 0) return text;
  const lexicon = lexiconOf(words);
  const signs = Array.from(text);
  let spoken = '';
  let copied = 0;
  for (const { at, entry } of finds(signs, lexicon)) {
    spoken += signs.slice(copied, at).join('') + entry.pronunciation.spokenAs;
    copied = at + entry.folded.length;
  }
  return copied === 0 ? text : spoken + signs.slice(copied).join('');
}

/** The words that occur in any of the texts, in the order of the list. */
export function wordsUsed(
  texts: readonly string[],
  words: readonly Pronunciation[],
): readonly Pronunciation[] {
  const lexicon = lexiconOf(words);
  const used = new Set<Pronunciation>();
  for (const text of texts) {
    for (const { entry } of finds(Array.from(text), lexicon)) used.add(entry.pronunciation);
  }
  return words.filter((word) => used.has(word));
}

/** Like `pronounce`, for a text with `${Name}`: the names of variables stay unchanged. */
export function pronounceAround(text: string, words: readonly Pronunciation[]): string {
  if (variablesIn(text).length === 0) return pronounce(text, words);
  return text
    .split(/(\$\{[^{}]*\})/)
    .map((part, place) => (place % 2 === 0 ? pronounce(part, words) : part))
    .join('');
}

/** A word as it is searched for, character by character. */
interface Entry {
  readonly folded: readonly string[];
  readonly pronunciation: Pronunciation;
  /** Whether a letter directly before or behind it prevents a match. */
  readonly alone: readonly [before: boolean, behind: boolean];
}

/** The words by their first character, the longest first. */
type Lexicon = ReadonlyMap<string, readonly Entry[]>;

/** Cache: lists of words are immutable. */
const lexicons = new WeakMap<readonly Pronunciation[], Lexicon>();

function lexiconOf(words: readonly Pronunciation[]): Lexicon {
  const known = lexicons.get(words);
  if (known !== undefined) return known;
  const lexicon = new Map<string, Entry[]>();
  for (const pronunciation of words) {
    const signs = Array.from(pronunciation.word);
    const folded = signs.map(fold);
    const alone = [isLetter(signs[0]), isLetter(signs.at(-1))] as const;
    const first = folded[0] ?? '';
    lexicon.set(first, [...(lexicon.get(first) ?? []), { folded, pronunciation, alone }]);
  }
  for (const entries of lexicon.values()) {
    entries.sort((one, other) => other.folded.length - one.folded.length);
  }
  lexicons.set(words, lexicon);
  return lexicon;
}

/** The matches in a text, from left to right; they do not overlap. */
function* finds(signs: readonly string[], lexicon: Lexicon): Iterable<{ at: number; entry: Entry }> {
  const folded = signs.map(fold);
  for (let at = 0; at < signs.length; ) {
    const entry = lexicon.get(folded[at] ?? '')?.find((each) => stands(each, signs, folded, at));
    if (entry !== undefined) yield { at, entry };
    at += entry?.folded.length ?? 1;
  }
}

function stands(
  { folded: word, alone: [before, behind] }: Entry,
  signs: readonly string[],
  folded: readonly string[],
  at: number,
): boolean {
  if (!word.every((sign, place) => folded[at + place] === sign)) return false;
  return !(before && isLetter(signs[at - 1])) && !(behind && isLetter(signs[at + word.length]));
}

/** A character in lower case, with one form of sigma. Folding each character alone keeps the positions. */
function fold(sign: string): string {
  const small = sign.toLowerCase();
  return small === 'ς' ? 'σ' : small;
}

/** Letters, marks and digits of scripts with spaces between words. */
const letter =
  /^[[\p{L}\p{M}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]]$/v;

function isLetter(sign: string | undefined): boolean {
  return sign !== undefined && letter.test(sign);
}
