import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const root = resolve(import.meta.dirname, '..');

/** What is to be known of a stack to put audio and the console there. */
export interface Stack {
  readonly region: string;
  readonly bucket: string;
  /** The console's bucket, what its `/console.json` says, and where it is served; none before there was one. */
  readonly console?: { readonly bucket: string; readonly setting: string; readonly url: string };
}

/**
 * The stack of a stage as it stands; undefined where it cannot be looked at, or has no bucket of audio. `where` are the
 * framework's own options `--stage` and `--region`.
 */
export async function stackOf(where: readonly string[]): Promise<Stack | undefined> {
  const { code, out } = await runServerless('pipe', 'info', '--verbose', ...where);
  return code === 0 ? stackIn(out) : undefined;
}

/** The stack as the framework tells it; undefined where it has no bucket of audio. */
export function stackIn(out: string): Stack | undefined {
  const told = (name: string) => new RegExp(`^\\s*${name}: (\\S+)$`, 'm').exec(out)?.[1];
  const region = told('region');
  const bucket = told('AudioBucket');
  if (region === undefined || bucket === undefined) return undefined;
  const [own, setting, url] = [told('ConsoleBucket'), told('ConsoleSetting'), told('ConsoleUrl')];
  if (own === undefined || setting === undefined || url === undefined) return { region, bucket };
  return { region, bucket, console: { bucket: own, setting, url } };
}

/** Runs the framework. What it says goes to the terminal, or is handed back alone: `out`. `code` is its exit code. */
export async function runServerless(stdout: 'pipe' | 'inherit', ...words: readonly string[]) {
  const file = resolve(root, 'node_modules/serverless/bin/serverless.js');
  const stderr = stdout === 'inherit' ? 'inherit' : 'ignore';
  const child = spawn(process.execPath, [file, ...words], { cwd: root, stdio: ['inherit', stdout, stderr] });
  const [out, [code]] = await Promise.all([child.stdout ? text(child.stdout) : '', once(child, 'exit')]);
  return { code, out };
}
