import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Obstacle } from './obstacle.ts';

/** What the embedded carrier and the functions both know. */
export interface Secrets {
  readonly accountSid: string;
  readonly authToken: string;
}

/** The made-up secrets in a data directory; made and kept there, for this user only, if there are none yet. */
export function loadSecrets(dataDir: string): Secrets & { readonly made: boolean } {
  const file = join(dataDir, 'secrets.json');
  const kept = read(file);
  if (kept !== undefined) return { ...kept, made: false };
  const secrets = {
    accountSid: `AC${randomBytes(16).toString('hex')}`,
    authToken: randomBytes(16).toString('hex'),
  };
  // Whole or not at all: a start that dies in between leaves no half of a file.
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
    // What is no JSON is as bad as what has other fields.
  }
  throw new Obstacle(`${file} is damaged: remove it, and new secrets are made up.`);
}
