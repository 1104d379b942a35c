import { readFileSync, writeFileSync } from 'node:fs';
import { getSystemErrorMap } from 'node:util';

/** A file cannot be used; the message says which, and why. */
export class FileFault extends Error {}

/** A file cannot be created because it exists. */
export class FileTaken extends FileFault {}

/** The bytes of a file. Throws FileFault. */
export function readFile(file: string): Buffer {
  return at(file, 'read', () => readFileSync(file));
}

/** The text of a UTF-8 file, without a byte order mark. Throws FileFault. */
export function readText(file: string): string {
  const bytes = readFile(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FileFault(`${file} is not UTF-8: save it in that encoding.`);
  }
}

/** Creates a file that only its owner can read. Throws FileTaken if it exists, and FileFault. */
export function createFile(file: string, bytes: Uint8Array): void {
  at(file, 'written', () => writeFileSync(file, bytes, { flag: 'wx', mode: 0o600 }));
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
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')
      throw new FileTaken('The file is there already: name another one with --output.');
    // Node's own message does not name the file if it is a directory.
    const [, reason] = getSystemErrorMap().get(errno) ?? [];
    throw new FileFault(`${file} cannot be ${done}: ${reason ?? cause}.`);
  }
}
