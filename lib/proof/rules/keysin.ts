import { isKey, type Key } from '../../flow/events.ts';

/** A key that a text tells callers to press. */
export interface ToldKey {
  readonly key: Key;
  /** The key as it is written: `1`, `pound`, `井号`. */
  readonly written: string;
  /** Its position in the text. */
  readonly at: number;
  /** Whether its purpose follows: `press 1 for sales`. */
  readonly first: boolean;
}

const names: Readonly<Record<string, Key>> = {
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  star: '*',
  asterisk: '*',
  pound: '#',
  hash: '#',
  estrella: '*',
  asterisco: '*',
  almohadilla: '#',
  numeral: '#',
  零: '0',
  星号: '*',
  星: '*',
  米字: '*',
  井号: '#',
  井: '#',
  井字: '#',
};

const words = Object.keys(names)
  .sort((one, other) => other.length - one.length)
  .join('|');
// A digit of a longer number, such as 911 or 1-800, is not a key.
const key = `([0-9](?!-?[0-9])|[*#＊＃]|(?:${words})(?![a-z]))`;

const patterns: readonly RegExp[] = [
  new RegExp(
    `\\b(?:press|dial|push|hit)\\s+(?:the\\s+)?(?:key\\s+|number\\s+)?${key}(?:\\s+(?:key|sign))?`,
    'giu',
  ),
  new RegExp(`\\b(?:pulse|marque|presione|oprima)\\s+(?:el\\s+|la\\s+)?(?:tecla\\s+)?${key}`, 'giu'),
  new RegExp(`按(?:下)?(?:数字)?(?:键)?\\s*${key}(?:号)?(?:键)?`, 'gu'),
];

/** Further keys after the first one: `press 1 or 2`, `按1或2`. */
const more = new RegExp(`^(?:\\s*(?:,|，|、|or|and|或|和|o)\\s*${key})`, 'iu');

/** The beginning of a purpose behind a key. */
const purpose = /^\s*(?:for|to|if|para|si)\b|^\s*[转查了办返联选听人咨报投购重进预]/iu;

/** The keys that a text tells callers to press, in English, Chinese or Spanish, in order. */
export function keysIn(text: string): ToldKey[] {
  const found: ToldKey[] = [];
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const told = read(match[1] ?? '');
      let end = match.index + match[0].length;
      if (told === undefined) continue;
      const first = purpose.test(text.slice(end));
      found.push({ ...told, at: match.index, first });
      for (let next = more.exec(text.slice(end)); next !== null; next = more.exec(text.slice(end))) {
        const other = read(next[1] ?? '');
        if (other !== undefined) found.push({ ...other, at: end, first: false });
        end += next[0].length;
      }
    }
  }
  return found.sort((one, other) => one.at - other.at);
}

function read(written: string): { key: Key; written: string } | undefined {
  const plain = written.replace('＊', '*').replace('＃', '#').toLowerCase();
  const key = isKey(plain) ? plain : names[plain];
  return key === undefined ? undefined : { key, written };
}
