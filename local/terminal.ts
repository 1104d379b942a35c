import { inspect } from 'node:util';
import { unprintable } from '../lib/flow/name.ts';

/**
 * A text as a terminal may show it. What a terminal would obey, or what turns the direction of writing, is shown instead:
 * controls as `␛` and `␍`, all others as `\u202e`, which in JSON is the same text. Line feeds and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(hidden, (character) =>
    character === '\n' || character === '\t' ? character : picture(character),
  );
}

/** A value from outside, such as a name or a caller, within a line of a command's own: it cannot begin another line. */
export function inline(value: string): string {
  return value.replace(hidden, picture);
}

/** Prints a text to stdout, with a line feed behind it. */
export function print(text: string): void {
  console.log(printable(text));
}

/** Prints what went wrong to stderr, with a line feed behind it; an error with all that is known of it. */
export function printError(text: string, cause?: unknown): void {
  console.error(printable(cause === undefined ? text : `${text} ${inspect(cause)}`));
}

const hidden = new RegExp(`[${unprintable}]`, 'gu');

function picture(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : `\\u${code.toString(16).padStart(4, '0')}`;
}
