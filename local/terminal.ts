import { inspect } from 'node:util';
import { unprintable } from '../lib/flow/name.ts';

/**
 * A text that is safe for a terminal. Control characters and direction marks are made visible: `␛`, `␍`, or an escape such as `\u202e`,
 * which is the same text in JSON. Line feeds and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(hidden, (character) =>
    character === '\n' || character === '\t' ? character : picture(character),
  );
}

/** A value from outside, such as a name or a number, for a line of output: like `printable`, but line feeds are escaped, too. */
export function inline(value: string): string {
  return value.replace(hidden, picture);
}

/** Prints a text and a line feed to stdout. */
export function print(text: string): void {
  console.log(printable(text));
}

/** Prints a text and a line feed to stderr; with `cause`, also the complete error. */
export function printError(text: string, cause?: unknown): void {
  console.error(printable(cause === undefined ? text : `${text} ${inspect(cause)}`));
}

const hidden = new RegExp(`[${unprintable}]`, 'gu');

function picture(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : `\\u${code.toString(16).padStart(4, '0')}`;
}
