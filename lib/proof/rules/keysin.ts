import { isKey, type Key } from '../../flow/events.ts';

/** A key that a text tells callers to press. */
export interface ToldKey {
  readonly key: Key;
  /** The key as it is written: `1`, `pound`, `井号`. */
  readonly written: string;
  /** The position in the text where the caller is told to press it. */
  readonly at: number;
  /** Whether its purpose follows: `press 1 for sales`. */
  readonly first: boolean;
}

const latin: Readonly<Record<string, Key>> = {
  ...{ zero: '0', one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8' },
  ...{ nine: '9', star: '*', asterisk: '*', pound: '#', hash: '#' },
  ...{ cero: '0', uno: '1', dos: '2', tres: '3', cuatro: '4', cinco: '5', seis: '6', siete: '7', ocho: '8' },
  ...{ nueve: '9', estrella: '*', asterisco: '*', almohadilla: '#', numeral: '#' },
};

const chinese: Readonly<Record<string, Key>> = {
  ...{ 零: '0', 〇: '0', 一: '1', 二: '2', 三: '3', 四: '4', 五: '5', 六: '6', 七: '7', 八: '8', 九: '9' },
  ...{ 星号: '*', 星: '*', 米字: '*', 井号: '#', 井: '#', 井字: '#' },
};

const names = { ...latin, ...chinese };

/** The words of a list, the longest first. */
function oneOf(words: object): string {
  return Object.keys(words)
    .sort((one, other) => other.length - one.length)
    .join('|');
}

// A digit of a longer number, such as 911 or 1-800, is not a key.
const sign = '[0-9０-９](?!-?[0-9０-９])|[*#＊＃]';
// “Choose one of these” and 按一下 name no key.
const key = `(${sign}|(?:${oneOf(latin)})(?![a-z]|\\s+(?:of|de|option|choice)\\b))`;
const hanKey = `(${sign}|(?:${oneOf(chinese)})(?![下次个遍项种些点定]))`;

const patterns: readonly RegExp[] = [
  new RegExp(
    `\\b(?:press|dial|push|hit|select|choose)\\s+(?:the\\s+)?(?:key\\s+|number\\s+|option\\s+)?${key}(?:\\s+(?:key|sign))?`,
    'dgiu',
  ),
  new RegExp(
    `\\b(?:pulse|marque|presione|oprima|digite|seleccione|elija)\\s+(?:el\\s+|la\\s+)?(?:tecla\\s+|número\\s+|opción\\s+)?${key}`,
    'dgiu',
  ),
  new RegExp(`(?:按|拨|选择?)(?:下|打)?(?:数字)?(?:键)?\\s*${hanKey}(?:号)?(?:键)?`, 'dgu'),
];

/** Further keys after the first one: `press 1 or 2`, `按1或2`. */
const more = new RegExp(`^(?:\\s*(?:,|，|or|and|o)\\s*${key}|\\s*(?:、|或|和)\\s*${hanKey})`, 'diu');

/** Choices behind the first one that leave out the verb: `for service, 2`, `2 for service`, `售后2`, `2转售后`. */
const shortened: readonly RegExp[] = [
  new RegExp(
    `\\b(?:for|to|if|para|si)\\s[^.;:!?,0-9]{1,60}(?:,\\s*(?:el\\s+|la\\s+)?${key}|\\s([0-9]))(?=\\s*(?:[.,;!?]|$))`,
    'dgiu',
  ),
  new RegExp(
    `(?:[,;.]|\\b(?:or|and|o|y))\\s*(?:(?:or|and|o|y)\\s+)?${key}\\s+(?:for|to|if|para|si)\\b(?!\\s*[0-9])`,
    'dgiu',
  ),
  /[，；、。,;]\s*[\p{Script=Han}]{1,12}([0-9*#])(?=号?键?\s*(?:[，；、。,;.]|$))/dgu,
  /[，；、。,;]\s*([0-9*#])(?=\s*[转查了办返联选听人咨报投购重进预])/dgu,
];

/** The beginning of a purpose behind a key. */
const purpose = /^\s*(?:for|to|if|para|si)\b|^\s*[转查了办返联选听人咨报投购重进预]/iu;

/**
 * The keys that a text tells callers to press, in English, Chinese or Spanish, in order. Empty if it says so in words that are not
 * known here, such as those of another language.
 */
export function keysIn(text: string): ToldKey[] {
  const found = new Map<number, ToldKey>();
  for (const match of patterns.flatMap((pattern) => [...text.matchAll(pattern)])) {
    const told = read(match);
    if (told === undefined) continue;
    let end = match.index + match[0].length;
    found.set(told.start, { ...told.named, at: match.index, first: purpose.test(text.slice(end)) });
    for (let next = more.exec(text.slice(end)); next !== null; next = more.exec(text.slice(end))) {
      const other = read(next);
      if (other !== undefined) found.set(end + other.start, { ...other.named, at: end, first: false });
      end += next[0].length;
    }
  }
  if (found.size === 0) return [];
  const begin = Math.min(...found.keys());
  for (const match of shortened.flatMap((pattern) => [...text.matchAll(pattern)])) {
    const told = read(match);
    if (told === undefined || told.start < begin || found.has(told.start)) continue;
    const first = purpose.test(text.slice(told.start + told.named.written.length));
    found.set(told.start, { ...told.named, at: match.index, first });
  }
  return [...found.values()].sort((one, other) => one.at - other.at);
}

/** The key of a match, and where it is written. */
function read(
  match: RegExpExecArray,
): { named: Pick<ToldKey, 'key' | 'written'>; start: number } | undefined {
  const written = match[1] ?? match[2] ?? '';
  const start = match.indices?.[1]?.[0] ?? match.indices?.[2]?.[0] ?? 0;
  const plain = written.normalize('NFKC').toLowerCase();
  const found = isKey(plain) ? plain : names[plain];
  return found === undefined ? undefined : { named: { key: found, written }, start };
}
