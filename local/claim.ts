import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Obstacle } from './obstacle.ts';

/**
 * Makes a data directory where there is none, and claims it for this process until the function it returns is called. The
 * claim of a process that was killed is void. Throws an Obstacle where another process has it, or nobody can write there.
 */
export function claim(dataDir: string): () => void {
  const file = join(dataDir, 'claim.pid');
  let holder: number | undefined;
  try {
    mkdirSync(dataDir, { recursive: true });
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

/** Takes the file for this process, or tells who has it. */
function take(file: string): number | undefined {
  for (;;) {
    // Written first and then given its name, so that nobody finds it empty.
    const mine = `${file}.${process.pid}`;
    writeFileSync(mine, String(process.pid), { mode: 0o600 });
    try {
      linkSync(mine, file);
      return undefined;
    } catch (cause) {
      if (!(cause instanceof Error) || !('code' in cause) || cause.code !== 'EEXIST') throw cause;
    } finally {
      rmSync(mine, { force: true });
    }
    const holder = holderOf(file);
    if (holder !== undefined && holder !== process.pid && lives(holder)) return holder;
    rmSync(file, { force: true });
  }
}

function holderOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    // Released in this moment.
    return undefined;
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // Somebody else's process lives, too.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
