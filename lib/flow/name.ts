import * as v from 'valibot';
import { atMost } from './length.ts';

// Control characters (`Cc`), line ends, and characters that change the writing direction (`Bidi_Control`), as ranges of a regular
// expression: few JSON Schema validators support Unicode properties.
const lineEnds = '\\u0009\\u000A\\u000D';
const controls = '\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F\\u2028\\u2029';
const directions = '\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069';

/** The characters that a name must not contain, as ranges of a regular expression: control characters and direction marks. */
export const unprintable = `${lineEnds}${controls}${directions}`;

// White space, format characters, characters that fonts may draw as nothing (`Default_Ignorable_Code_Point`, such as the Hangul
// filler U+3164), and the empty Braille pattern. Those beyond U+FFFF are written as characters, which all validators read.
const blank = [
  '\\u0020\\u00A0\\u00AD\\u034F\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2',
  '\\u115F\\u1160\\u1680\\u17B4\\u17B5\\u180B-\\u180F\\u2000-\\u200D\\u202F\\u205F-\\u2065\\u206A-\\u206F\\u2800\\u3000\\u3164',
  '\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\u{110BD}\u{110CD}\u{13430}-\u{1343F}\u{1BCA0}-\u{1BCA3}',
  '\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}',
].join('');

const visible = new RegExp(`[^${unprintable}${blank}]`, 'u');

/** Whether a text has a visible character: not a space, control or format character. */
export function isVisible(text: string): boolean {
  return visible.test(text);
}

/** The schema of a name: one line of at most `max` characters, at least one of them visible. */
export function nameText(max: number) {
  // The first visible character separates the two halves, so that the pattern never backtracks.
  const shape = new RegExp(`^[${blank}]*[^${unprintable}${blank}][^${unprintable}]*$`, 'u');
  return v.pipe(v.string('must be a text'), pattern(shape, whyNoName), atMost(max));
}

/** The schema of one line of text: at most `max` characters, without control characters and direction marks. It may be empty. */
export function lineText(max: number) {
  const shape = new RegExp(`^[^${unprintable}]*$`, 'u');
  return v.pipe(v.string('must be a text'), pattern(shape, whyNoText), atMost(max));
}

/** Like `lineText`, but line feeds and tabs are allowed. */
export function linesText(max: number, fix?: string) {
  const shape = new RegExp(`^[^${controls}${directions}]*$`, 'u');
  return v.pipe(v.string('must be a text'), pattern(shape, whyNoLines), atMost(max, fix));
}

/** Why a text is not a valid name. `code` is its first forbidden character, such as `U+202E`. */
export type NameFault =
  | { readonly fault: 'empty' }
  | { readonly fault: 'invisible' }
  | { readonly fault: 'unprintable'; readonly code: string };

/** Why a text is not a name by the rule of {@link nameText}; `undefined` if it is one. Its length is not checked. */
export function nameFault(text: string): NameFault | undefined {
  if (text.trim() === '') return { fault: 'empty' };
  const [character] = new RegExp(`[${unprintable}]`, 'u').exec(text) ?? [];
  if (character !== undefined) return { fault: 'unprintable', code: codePointName(character) };
  return visible.test(text) ? undefined : { fault: 'invisible' };
}

function whyNoName(text: string): string {
  switch (nameFault(text)?.fault) {
    case 'empty':
      return 'is empty';
    case 'invisible':
      return 'holds no character that can be seen: write letters or digits';
    default:
      return whyNoText(text);
  }
}

function whyNoText(text: string): string {
  return holds(text, new RegExp(`[${unprintable}]`, 'u'));
}

function whyNoLines(text: string): string {
  return holds(text, new RegExp(`[${controls}${directions}]`, 'u'));
}

function holds(text: string, unwanted: RegExp): string {
  const code = codePointName(unwanted.exec(text)?.[0] ?? '');
  return `holds ${code}, a control character or one that turns the direction of writing: remove it`;
}

/** The code of a character, as in `U+202E`. */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A rule whose pattern has no flag `u` in JSON Schema, where it is implied. */
function pattern(shape: RegExp, why: (text: string) => string) {
  const rule = v.regex<string, (issue: v.RegexIssue<string>) => string>(shape, ({ input }) => why(input));
  const described: typeof rule = {
    ...rule,
    requirement: { source: shape.source, flags: '' } as RegExp,
    '~run': (dataset, config) => rule['~run'](dataset, config),
  };
  return described;
}
