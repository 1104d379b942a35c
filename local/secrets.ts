import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Obstacle } from './obstacle.ts';

/** The secrets that the embedded carrier and the functions share. */
export interface Secrets {
  readonly accountSid: string;
  readonly authToken: string;
}

/** Loads the secrets of a data directory. If there are none, random ones are created, readable by this user only (`made`). */
export function loadSecrets(dataDir: string): Secrets & { readonly made: boolean } {
  const file = join(dataDir, 'secrets.json');
  const kept = read(file);
  if (kept !== undefined) return { ...kept, made: false };
  const secrets = {
    accountSid: `AC${randomBytes(16).toString('hex')}`,
    authToken: randomBytes(16).toString('hex'),
  };
  // Atomic: a process that dies in between leaves no incomplete file.
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return { ...secrets, made: true };
}

function read(file: string): Secrets | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
  try {
    const { accountSid, authToken } = JSON.parse(text);
    if (typeof accountSid === 'string' && typeof authToken === 'string') return { accountSid, authToken };
  } catch {
    // Handled below, like wrong fields.
  }
  throw new Obstacle(`${file} is damaged: remove it, and the next start creates new secrets.`);
}
