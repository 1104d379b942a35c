import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { Failure } from '../lib/errors.ts';

/** A file cannot be used; the message says which, and why. */
export class FileFault extends Error {
  /** The same without the name of the file, for lines that begin with it. */
  readonly reason: string;

  constructor(message: string, reason = message) {
    super(message);
    this.reason = reason;
  }
}

/** What a file holds is refused; its problems are about the file. */
export class ContentFailure extends Failure {
  readonly file: string;

  constructor(file: string, { code, message, problems }: Failure) {
    super(code, message, problems);
    this.file = file;
  }
}

/** Reads something out of a file: a Failure of `read` becomes a ContentFailure, which names the file. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Failure ? new ContentFailure(file, error) : error;
  }
}

/** A file cannot be created because it exists. */
export class FileTaken extends FileFault {}

/** The bytes of a file. Throws FileFault. */
export function readFile(file: string): Buffer {
  return at(file, 'read', () => readFileSync(file));
}

/** The files of a folder with an ending, with its path, by name; of a path that is not a folder, the path itself. Throws FileFault. */
export function filesAt(path: string, ending: string): string[] {
  const isFolder = at(path, 'read', () => statSync(path)).isDirectory();
  if (!isFolder) return [path];
  const names = at(path, 'read', () => readdirSync(path)).filter((name) => name.endsWith(ending));
  if (names.length === 0)
    throw new FileFault(`${path} holds no file NAME${ending}.`, `The folder holds no file NAME${ending}.`);
  return names.sort().map((name) => join(path, name));
}

/** The text of a UTF-8 file, without a byte order mark. Throws FileFault. */
export function readText(file: string): string {
  const bytes = readFile(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const fault = 'is not UTF-8: save it in that encoding.';
    throw new FileFault(`${file} ${fault}`, `The file ${fault}`);
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

/** Replaces the text of a file, in its line ends (those of its first line) and with its byte order mark. Throws FileFault. */
export function rewriteFile(file: string, text: string): void {
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(readFile(file));
  const [lineEnd = '\n'] = /\r\n|\r|\n/.exec(before) ?? [];
  const mark = before.startsWith('\ufeff') ? '\ufeff' : '';
  writeFile(file, mark + text.replaceAll('\n', lineEnd));
}

function at<T>(file: string, done: 'read' | 'written', act: () => T): T {
  try {
    return act();
  } catch (cause) {
    const { errno = Number.NaN, code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new FileTaken('The file is there already: name another one with --output.');
    // Node's own message does not name the file if it is a directory.
    const [, reason = cause] = getSystemErrorMap().get(errno) ?? [];
    const fault = `cannot be ${done}: ${code === 'EISDIR' ? 'it is a directory, not a file' : reason}.`;
    throw new FileFault(`${file} ${fault}`, `The file ${fault}`);
  }
}
