import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/**
 * Runs the Serverless Framework in this terminal, with additional environment variables; the value `undefined` removes one. Returns
 * whether it succeeded.
 */
export async function runServerless(
  words: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const file = resolve(root, 'node_modules/serverless/bin/serverless.js');
  const env = { ...process.env, ...variables };
  const child = spawn(process.execPath, [file, ...words], { cwd: root, stdio: 'inherit', env });
  const [code] = await once(child, 'exit');
  return code === 0;
}
