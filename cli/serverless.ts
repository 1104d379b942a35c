import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/**
 * Runs the framework at this terminal, with variables of its own beside those of the environment; `undefined` takes one
 * away. Resolves with whether it succeeded.
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
