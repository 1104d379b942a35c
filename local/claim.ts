import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Obstacle } from './obstacle.ts';

/**
 * Claims a data directory for this process until the function it returns is called. The claim of a process that was
 * killed is void. Throws an Obstacle where another process has it.
 */
export function claim(dataDir: string): () => void {
  const file = join(dataDir, 'claim.pid');
  const holder = take(file);
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
