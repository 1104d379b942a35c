import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Where tests keep what takes long to make. */
export const cache = fileURLToPath(new URL('../../node_modules/.cache/branchline/', import.meta.url));

/**
 * Makes a folder once for all processes that need it, and resolves with it: one process fills a fresh folder, which then
 * takes its name whole, and the others wait. `name` tells it apart from what was made of other things.
 */
export async function madeOnce(name: string, fill: (folder: string) => Promise<unknown>): Promise<string> {
  const made = join(cache, name);
  const [fresh, lock] = [`${made}.new`, `${made}.lock`];
  await mkdir(dirname(made), { recursive: true });
  while (!existsSync(made)) {
    if (await taken(lock)) await setTimeout(50);
    else {
      try {
        // It may have been made between the look and the lock.
        if (existsSync(made)) break;
        await rm(fresh, { recursive: true, force: true });
        await mkdir(fresh);
        await fill(fresh);
        await rename(fresh, made);
      } finally {
        await rm(lock, { recursive: true });
      }
    }
  }
  return made;
}

/** Whether another process makes the folder; else it is ours to make. One that died in the middle holds it no longer. */
async function taken(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return false;
  } catch {
    const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > 120_000) await rm(lock, { recursive: true, force: true });
    return true;
  }
}
