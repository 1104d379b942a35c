/** The variables that exist in every call and that every text may use. */
export const callVariables = ['SystemCallerNumber', 'SystemCalleeNumber', 'SystemSessionId'] as const;

/** The value of a variable. */
export interface Value {
  readonly text: string;
  /** `digits`: digit by digit, as for phone numbers; `text`: unchanged, even for `${Name:digits}`. */
  readonly spokenAs?: 'digits' | 'text';
  /** Only the body of a request may use it. */
  readonly secret?: boolean;
}

/** Returns the value of a variable; `undefined` is spoken as nothing. */
export type Lookup = (name: string) => Value | undefined;

/** The texts of variables by name. */
export type Values = Readonly<Record<string, string>>;

/** The most bytes of UTF-8 that one value may add to the XML. */
const longestValueBytes = 256;

const reference = /\$\{([^{}]*)\}/g;

const suffix = ':digits';

/** The name that is written between `${` and `}`: `Account` for `${Account}` and for `${Account:digits}`. */
function nameIn(written: string): string {
  return written.endsWith(suffix) ? written.slice(0, -suffix.length) : written;
}

/** The names of the variables in a text, in order, with repetitions. */
export function variablesIn(text: string): string[] {
  if (!text.includes('${')) return [];
  return Array.from(text.matchAll(reference), (match) => nameIn(match[1] ?? ''));
}

/** The text with each `${Name}` replaced by its value, or by nothing if there is none. */
export function fill(text: string, lookup: Lookup): string {
  if (!text.includes('${')) return text;
  return text.replace(reference, (_, written: string) => lookup(nameIn(written))?.text ?? '');
}

/** The value of a text with its variables filled. If it is exactly `${Name}` or `${Name:digits}`, it is spoken like that variable. */
export function valueFrom(text: string, lookup: Lookup): Value {
  const value = { text: fill(text, lookup) };
  const written = /^\$\{([^{}]*)\}$/.exec(text)?.[1];
  if (written === undefined) return value;
  const name = nameIn(written);
  const isSpelled = name !== written || lookup(name)?.spokenAs === 'digits';
  return isSpelled ? { ...value, spokenAs: 'digits' } : value;
}

/**
 * The text for a voice: each `${Name}` is replaced by its value, cut to `longestValueBytes`, and spelled digit by digit if the
 * value or `${Name:digits}` says so.
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

// The characters that XML 1.0 cannot contain, even escaped (https://www.w3.org/TR/xml/#charsets): most control characters, U+FFFE,
// U+FFFF and lone surrogates. With the flag `u` a surrogate pair is one character, and a lone surrogate matches `\p{Cs}`.
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it looks for
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

// A character that is left by `clean`, and is no white space.
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it looks for
const visible = /[^\s\u0000-\u001F\uFFFE\uFFFF\p{Cs}]/u;

// Fast paths: texts in printable ASCII, and those of them that need no escape in XML.
const printable = /^[ -~]*$/;
const plain = /^[ -%'-;=?-~]*$/;

/** The text without the characters that XML 1.0 forbids. */
export function clean(text: string): string {
  if (printable.test(text)) return text;
  return text.replace(forbidden, '');
}

/** Whether nothing but white space is left of a text without the characters that XML 1.0 forbids. */
export function isBlank(text: string): boolean {
  return !visible.test(text);
}

/**
 * Whether a voice can speak something in a text: it has a letter or a digit of any script. Invisible letters, such as the Hangul
 * filler U+3164, do not count.
 */
export function isSpeakable(text: string): boolean {
  return /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u.test(text);
}

/** The bytes of UTF-8 of a text in an XML document, with `&`, `<` and `>` escaped. */
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

/** The most bytes that a text can take in the XML, with each variable at its longest. */
export function filledBytes(text: string): number {
  if (!text.includes('${')) return markupBytes(clean(text));
  return markupBytes(clean(text.replace(reference, ''))) + variablesIn(text).length * longestValueBytes;
}

/** Splits a text into pieces of at most `most` characters (code points). */
export function pieces(text: string, most: number): string[] {
  if (text.length <= most) return [text];
  const characters = Array.from(text);
  const count = Math.ceil(characters.length / most);
  return Array.from({ length: count }, (_, place) =>
    characters.slice(place * most, (place + 1) * most).join(''),
  );
}

/** Puts a space between all characters, so that a voice reads digits one by one: `1001` → `1 0 0 1`. */
export function spelled(digits: string): string {
  return digits.split('').join(' ');
}

/** Spells the digits in a text one by one. A phone number loses its punctuation: `+1 (555) 01` → `1 5 5 5 0 1`. */
export function spokenDigits(text: string): string {
  if (/^\+?[\d\s().-]+$/.test(text)) return spelled(text.replace(/\D/g, ''));
  return text.replace(/\d+/g, spelled);
}
