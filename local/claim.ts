import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Obstacle } from './obstacle.ts';

/**
 * Creates a data directory if it is missing, for this user alone, and claims it for this process until the returned function is
 * called. An older one that others can read is closed to them. The claim of a process that was killed is void. Throws an Obstacle if another process holds it, or it cannot be written.
 */
export function claim(dataDir: string): () => void {
  const file = join(dataDir, 'claim.pid');
  let holder: number | undefined;
  try {
    makeFolder(dataDir);
    // A folder that holds other things, such as a home, keeps its mode; the folders made in it are private.
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

/** Creates a folder in a data directory if it is missing; others can neither list nor read what is in it. */
export function makePrivate(folder: string): void {
  makeFolder(folder);
  close(folder);
}

/** Takes a folder's permissions from everybody but its owner. Windows has no such modes. */
function close(folder: string): void {
  const { mode } = statSync(folder);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** Whether a folder is empty, or holds what a stack keeps. */
function isOurs(folder: string): boolean {
  const names = readdirSync(folder);
  return (
    names.length === 0 ||
    ['claim.pid', 'secrets.json', 'seeded', 'stack.json'].some((name) => names.includes(name))
  );
}

/**
 * Creates a folder and those above it that are missing. Node's own `recursive` never ends if a folder refuses new ones with
 * ENOENT, as those under /proc do.
 */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (cause) {
    // Another start may have created it in this moment.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw cause;
  }
}

/** Creates the file for this process, or returns the process that holds it. */
function take(file: string): number | undefined {
  for (;;) {
    try {
      // Created by this process or not at all. A hard link would do the same, but exFAT and SMB have none.
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

/** Who holds the file; `undefined` if it is gone, or tells no process. */
function holderOf(file: string): number | undefined {
  for (let look = 1; ; look += 1) {
    try {
      const text = readFileSync(file, 'utf8');
      // Another process has created it in this moment, and is about to write.
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

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // Somebody else's process lives, too.
    return codeOf(cause) === 'EPERM';
  }
}
