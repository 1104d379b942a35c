import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { openIssuer } from '../../local/issuer/issuer.ts';
import { madeOnce } from './once.ts';

/** Gives a data directory the key of an issuer. It is made once and kept, since that takes a second or more. */
export async function giveKey(dataDir: string): Promise<void> {
  const kept = await madeOnce('issuer', (folder) =>
    openIssuer(folder, 'http://issuer.test', () => new Date()),
  );
  copyFileSync(join(kept, 'issuer.json'), join(dataDir, 'issuer.json'));
}
