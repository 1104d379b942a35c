import { codePointName } from './name.ts';

/** A phone number as E.164 writes it (https://www.itu.int/rec/T-REC-E.164): `+`, a country code, 15 digits at most. */
export const e164 = /^\+[1-9][0-9]{1,14}$/;

/** Why a text is no phone number. `character` is the first one that no number has; `digits` is how many there are. */
export type PhoneFault =
  | { readonly fault: 'empty' }
  | { readonly fault: 'character'; readonly character: string }
  | { readonly fault: 'no-country-code' }
  | { readonly fault: 'zero' }
  | { readonly fault: 'length'; readonly digits: number };

/** What a text says: a number in E.164, or why it says none. */
export type ReadPhone = { readonly number: string } | PhoneFault;

/** White space of any kind, hyphens, dashes, dots, parentheses and slashes, as people write them between digits. */
const separators = /[\s\u00AD()./（）．／\u2010-\u2015\u2212\uFE63\uFF0D-]/gu;

/** Characters that nobody sees: format characters such as U+202A, which copies of contacts begin with, and variation selectors. */
const invisible = /\p{Cf}|\p{Variation_Selector}|\u034F|\u115F|\u1160|\u3164|\uFFA0/gu;

/**
 * Reads a phone number as people write, paste or copy it: `+1 (555) 010-0`, `＋１５５５０１００`, `\u202A+15550100\u202C` are all
 * `+15550100`. Separators and invisible characters are left out, and fullwidth digits become digits. A number without its
 * country code is refused, as nobody can tell which country is meant.
 */
export function readPhone(text: string): ReadPhone {
  const plain = text
    .replace(/[\uFF0B\uFF10-\uFF19]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(invisible, '')
    .replace(separators, '');
  if (plain === '') return { fault: 'empty' };
  const digits = plain.replace(/^\+/, '');
  const [character] = /[^0-9]/u.exec(digits) ?? [];
  if (character !== undefined) return { fault: 'character', character };
  if (digits === plain) return { fault: 'no-country-code' };
  if (digits.startsWith('0')) return { fault: 'zero' };
  if (digits.length < 2 || digits.length > 15) return { fault: 'length', digits: digits.length };
  return { number: plain };
}

/** The phone number that a text says, in E.164, or the text itself if it says none: `anonymous` and SIP addresses call, too. */
export function numberOrWord(text: string): string {
  const read = readPhone(text);
  return 'number' in read ? read.number : text;
}

/** Why a text is no phone number, and what to write instead; to be read after the name of its field. */
export function phoneFaultText(fault: PhoneFault): string {
  switch (fault.fault) {
    case 'empty':
      return 'is empty: write a phone number such as +15550100';
    case 'character':
      return `holds ${named(fault.character)}, which cannot be part of a phone number: write digits after the +, such as +15550100`;
    case 'no-country-code':
      return 'has no country code: begin with + and the country code, such as +15550100';
    case 'zero':
      return 'begins with 0 after the +: no country code does. Write it such as +15550100';
    case 'length':
      return `has ${fault.digits} digits: a phone number has 2 to 15 with its country code, such as +15550100`;
  }
}

/** A character as one can find it in a text: by itself, if it can be seen, and by its code. */
export function named(character: string): string {
  const code = codePointName(character);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `“${character}” (${code})` : code;
}
