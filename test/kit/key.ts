import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openIssuer } from '../../local/issuer.ts';
import { cache } from './package.ts';

/** Gives a data directory the key of an issuer. It is made once and kept, since that takes a second or more. */
export async function giveKey(dataDir: string): Promise<void> {
  const kept = join(cache, 'issuer.json');
  if (!existsSync(kept)) await makeKey(kept);
  copyFileSync(kept, join(dataDir, 'issuer.json'));
}

/** Several test files may do this side by side: each key is whole, and the last one stays. */
async function makeKey(kept: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'key-'));
  await openIssuer(folder, 'http://issuer.test', () => new Date());
  renameSync(join(folder, 'issuer.json'), kept);
  rmSync(folder, { recursive: true });
}
