import { readFileSync, writeFileSync } from 'node:fs';
import { getSystemErrorMap } from 'node:util';

/** A file cannot be used; the message says which, and why. */
export class FileFault extends Error {}

/** The bytes of a file. Throws FileFault. */
export function readFile(file: string): Buffer {
  return at(file, 'read', () => readFileSync(file));
}

/** Writes a text to a file, replacing its content. Throws FileFault. */
export function writeFile(file: string, text: string): void {
  at(file, 'written', () => writeFileSync(file, text));
}

function at<T>(file: string, done: 'read' | 'written', act: () => T): T {
  try {
    return act();
  } catch (cause) {
    const errno = cause instanceof Error && 'errno' in cause ? Number(cause.errno) : Number.NaN;
    // Node's own message does not name the file if it is a directory.
    const [, reason] = getSystemErrorMap().get(errno) ?? [];
    throw new FileFault(`${file} cannot be ${done}: ${reason ?? cause}.`);
  }
}
