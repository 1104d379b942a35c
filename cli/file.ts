import { readFileSync, writeFileSync } from 'node:fs';
import { getSystemErrorMap } from 'node:util';

/** A file that cannot be used: its message says which, and why. */
export class FileFault extends Error {}

/** What a file holds. Throws FileFault. */
export function readFile(file: string): Buffer {
  return at(file, 'read', () => readFileSync(file));
}

/** Writes a text over whatever the file holds. Throws FileFault. */
export function writeFile(file: string, text: string): void {
  at(file, 'written', () => writeFileSync(file, text));
}

function at<T>(file: string, done: 'read' | 'written', act: () => T): T {
  try {
    return act();
  } catch (cause) {
    const errno = cause instanceof Error && 'errno' in cause ? Number(cause.errno) : Number.NaN;
    // Node's own message names no file where it is a directory.
    const [, reason] = getSystemErrorMap().get(errno) ?? [];
    throw new FileFault(`${file} cannot be ${done}: ${reason ?? cause}.`);
  }
}
