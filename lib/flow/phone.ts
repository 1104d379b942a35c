import { codePointName } from './name.ts';

/** A phone number in E.164 (https://www.itu.int/rec/T-REC-E.164): `+`, a country code, at most 15 digits. */
export const e164 = /^\+[1-9][0-9]{1,14}$/;

/** Why a text is not a phone number. `character` is the first invalid one; `digits` is the number of digits. */
export type PhoneFault =
  | { readonly fault: 'empty' }
  | { readonly fault: 'character'; readonly character: string }
  | { readonly fault: 'no-country-code' }
  | { readonly fault: 'zero' }
  | { readonly fault: 'length'; readonly digits: number };

/** The result of `readPhone`: a number in E.164, or why there is none. */
export type ReadPhone = { readonly number: string } | PhoneFault;

/** White space of any kind, hyphens, dashes, dots, parentheses and slashes, as people write them between digits. */
const separators = /[\s\u00AD()./（）．／\u2010-\u2015\u2212\uFE63\uFF0D-]/gu;

/** Invisible characters: format characters such as U+202A, with which copied contacts begin, and variation selectors. */
const invisible = /\p{Cf}|\p{Variation_Selector}|\u034F|\u115F|\u1160|\u3164|\uFFA0/gu;

/**
 * Reads a phone number as people write, paste or copy it: `+1 (555) 010-0`, `＋１５５５０１００`, `\u202A+15550100\u202C` are all
 * `+15550100`. Separators and invisible characters are left out, and fullwidth digits become digits. A number without `+` and
 * country code is refused, because its country is not known.
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

/** The phone number in a text, in E.164; the text itself if it is not a number, because `anonymous` and SIP addresses can call, too. */
export function numberOrWord(text: string): string {
  const read = readPhone(text);
  return 'number' in read ? read.number : text;
}

/** Why a text is not a phone number, and what to write instead. The message follows the name of the field. */
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

/** A character for a message: itself, if it is visible, and its code. Example: `“x” (U+0078)`. */
export function named(character: string): string {
  const code = codePointName(character);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `“${character}” (${code})` : code;
}
