/** Variables that every text may name. */
export const callVariables = ['SystemCallerNumber', 'SystemCalleeNumber', 'SystemSessionId'] as const;

/** What a name in a text stands for. */
export interface Value {
  readonly text: string;
  /** `digits`: digit by digit, as the numbers of phones are; `text`: as it stands, even if a text asks for its digits. */
  readonly spokenAs?: 'digits' | 'text';
  /** It may stand in the body of a request only. */
  readonly secret?: boolean;
}

/** Finds what a name stands for; `undefined` is spoken as nothing. */
export type Lookup = (name: string) => Value | undefined;

/** Texts by the names that stand for them. */
export type Values = Readonly<Record<string, string>>;

/** What one value may add to a text, in bytes of UTF-8 as it stands in the XML. */
const longestValueBytes = 256;

const reference = /\$\{([^{}]*)\}/g;

const suffix = ':digits';

/** The name that is written between `${` and `}`: `Account` for `${Account}` and for `${Account:digits}`. */
function nameIn(written: string): string {
  return written.endsWith(suffix) ? written.slice(0, -suffix.length) : written;
}

/** The names between `${` and `}` in a text, in order. */
export function variablesIn(text: string): string[] {
  if (!text.includes('${')) return [];
  return Array.from(text.matchAll(reference), (match) => nameIn(match[1] ?? ''));
}

/** The text with each `${Name}` replaced by its value as it stands, or by nothing. */
export function fill(text: string, lookup: Lookup): string {
  if (!text.includes('${')) return text;
  return text.replace(reference, (_, written: string) => lookup(nameIn(written))?.text ?? '');
}

/** What a text stands for: filled as it stands, it is spoken like its variable if it is exactly `${Name}`. */
export function valueFrom(text: string, lookup: Lookup): Value {
  const value = { text: fill(text, lookup) };
  const written = /^\$\{([^{}]*)\}$/.exec(text)?.[1];
  if (written === undefined) return value;
  const name = nameIn(written);
  const isSpelled = name !== written || lookup(name)?.spokenAs === 'digits';
  return isSpelled ? { ...value, spokenAs: 'digits' } : value;
}

/**
 * The text as it is spoken: each `${Name}` replaced by its value, cut to `longestValueBytes`, digit by digit if the value or
 * `${Name:digits}` says so.
 */
export function fillSpoken(text: string, lookup: Lookup): string {
  if (!text.includes('${')) return text;
  return text.replace(reference, (_, written: string) => {
    const name = nameIn(written);
    const value = lookup(name);
    if (value === undefined) return '';
    const isSpelled = value.spokenAs === 'digits' || (name !== written && value.spokenAs === undefined);
    return cut(isSpelled ? spokenDigits(value.text) : value.text);
  });
}

function cut(value: string): string {
  let bytes = 0;
  let kept = '';
  for (const character of clean(value)) {
    bytes += markupBytes(character);
    if (bytes > longestValueBytes) break;
    kept += character;
  }
  return kept;
}

// The characters that XML 1.0 has no way to write (https://www.w3.org/TR/xml/#charsets): most controls, U+FFFE and
// U+FFFF, and halves of a surrogate pair. With the flag `u` a pair is one character and a lone half matches `\p{Cs}`.
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it looks for
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

// Texts that need no look at each of their characters, and those of them that markup leaves as they are.
const printable = /^[ -~]*$/;
const plain = /^[ -%'-;=?-~]*$/;

/** The text without the characters that XML 1.0 forbids; all others stay as they are. */
export function clean(text: string): string {
  if (printable.test(text)) return text;
  return text.replace(forbidden, '');
}

/**
 * Whether a voice finds something to speak in a text: a letter or a digit of any script. Letters that no font draws, such as
 * the Hangul filler U+3164, do not count.
 */
export function isSpeakable(text: string): boolean {
  return /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u.test(text);
}

/** The bytes of UTF-8 that a text takes as character data of an XML document, with `&`, `<` and `>` escaped. */
export function markupBytes(text: string): number {
  if (plain.test(text)) return text.length;
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '&') bytes += 5;
    else if (character === '<' || character === '>') bytes += 4;
    else bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** The bytes that a text may take in the XML once its variables are filled, each at its longest. */
export function filledBytes(text: string): number {
  if (!text.includes('${')) return markupBytes(clean(text));
  return markupBytes(clean(text.replace(reference, ''))) + variablesIn(text).length * longestValueBytes;
}

/** A text in pieces of at most this many characters; an emoji is one. */
export function pieces(text: string, most: number): string[] {
  if (text.length <= most) return [text];
  const characters = Array.from(text);
  const count = Math.ceil(characters.length / most);
  return Array.from({ length: count }, (_, place) =>
    characters.slice(place * most, (place + 1) * most).join(''),
  );
}

/** A number of digits written so that a voice reads them one by one: `1001` → `1 0 0 1`. */
export function spelled(digits: string): string {
  return digits.split('').join(' ');
}

/** A text whose digits are read one by one, those of a phone number without its signs: `+1 (555) 01` → `1 5 5 5 0 1`. */
export function spokenDigits(text: string): string {
  if (/^\+?[\d\s().-]+$/.test(text)) return spelled(text.replace(/\D/g, ''));
  return text.replace(/\d+/g, spelled);
}
