import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const root = resolve(import.meta.dirname, '..');

/** What is to be known of a stack to put audio there. */
export interface Stack {
  readonly region: string;
  readonly bucket: string;
}

/**
 * The stack of a stage as it stands; undefined where it cannot be looked at, or has no bucket of audio. `where` are the
 * framework's own options `--stage` and `--region`.
 */
export async function stackOf(where: readonly string[]): Promise<Stack | undefined> {
  const { code, out } = await runServerless('pipe', 'info', '--verbose', ...where);
  const region = /^region: (\S+)$/m.exec(out)?.[1];
  const bucket = /^\s+AudioBucket: (\S+)$/m.exec(out)?.[1];
  return code === 0 && region !== undefined && bucket !== undefined ? { region, bucket } : undefined;
}

/** Runs the framework. What it says goes to the terminal, or is handed back alone: `out`. `code` is its exit code. */
export async function runServerless(stdout: 'pipe' | 'inherit', ...words: readonly string[]) {
  const file = resolve(root, 'node_modules/serverless/bin/serverless.js');
  const stderr = stdout === 'inherit' ? 'inherit' : 'ignore';
  const child = spawn(process.execPath, [file, ...words], { cwd: root, stdio: ['inherit', stdout, stderr] });
  const [out, [code]] = await Promise.all([child.stdout ? text(child.stdout) : '', once(child, 'exit')]);
  return { code, out };
}
