import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Obstacle } from './obstacle.ts';

/**
 * Creates a data directory if it is missing, for this user only, and claims it for this process until the returned function is called.
 * If others can read an existing one, their permissions are removed. The claim of a process that no longer runs does not count. Throws
 * an Obstacle if another process holds the directory, or it cannot be written.
 */
export function claim(dataDir: string): () => void {
  const file = join(dataDir, 'claim.pid');
  let holder: number | undefined;
  try {
    makeFolder(dataDir);
    // A folder with other content, such as a home directory, keeps its mode; the folders that are created in it are private.
    if (isOurs(dataDir)) close(dataDir);
    holder = take(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Obstacle(`DATA_DIR is "${dataDir}": it must be a directory that can be written. (${reason})`);
  }
  if (holder !== undefined) {
    const released = `If process ${holder} is something else, remove ${file}.`;
    throw new Obstacle(`A stack runs on ${dataDir} already: stop it, or set DATA_DIR. ${released}`);
  }
  return () => rmSync(file, { force: true });
}

/** Creates a folder in a data directory if it is missing; only its owner can read it. */
export function makePrivate(folder: string): void {
  makeFolder(folder);
  close(folder);
}

/** Removes the permissions of everybody but the owner of a folder. Windows has no such modes. */
function close(folder: string): void {
  const { mode } = statSync(folder);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** Whether a folder is empty, or has files of a stack. */
function isOurs(folder: string): boolean {
  const names = readdirSync(folder);
  return (
    names.length === 0 ||
    ['claim.pid', 'secrets.json', 'seeded', 'stack.json'].some((name) => names.includes(name))
  );
}

/**
 * Creates a folder and its missing parents. Node's `recursive` never ends if a folder refuses new ones with ENOENT, as under /proc.
 */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (cause) {
    // Another process may have created it at the same time.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw cause;
  }
}

/** Creates the file for this process, or returns the id of the process that holds it. */
function take(file: string): number | undefined {
  for (;;) {
    try {
      // `wx` creates the file atomically. A hard link would also work, but exFAT and SMB do not support it.
      writeFileSync(file, String(process.pid), { mode: 0o600, flag: 'wx' });
      return undefined;
    } catch (cause) {
      if (codeOf(cause) !== 'EEXIST') throw cause;
    }
    const holder = holderOf(file);
    if (holder !== undefined && holder !== process.pid && lives(holder)) return holder;
    rmSync(file, { force: true });
  }
}

/** The id of the process in the file; `undefined` if the file is gone or has none. */
function holderOf(file: string): number | undefined {
  for (let look = 1; ; look += 1) {
    try {
      const text = readFileSync(file, 'utf8');
      // Another process has just created it and is about to write.
      if (text === '' && look < 20) pause(5);
      else return Number(text) || undefined;
    } catch (cause) {
      if (codeOf(cause) !== 'ENOENT') throw cause;
      return undefined;
    }
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

/** Whether a process runs. */
export function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    // The process exists but belongs to another user.
    return codeOf(cause) === 'EPERM';
  }
}
