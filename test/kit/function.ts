import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import type { HttpAnswer } from '../../lib/http.ts';

/** A packaged function in a process of its own, as Lambda runs it. */
export interface PackagedFunction {
  /** Hands one event over, and resolves with the answer. */
  invoke(event: unknown): Promise<HttpAnswer>;
  /** What it has written on stdout so far. */
  log(): string;
  close(): void;
}

/** Unzips the package of a function and starts it with this environment alone. `change` alters its code before. */
export async function startFunction(
  name: string,
  zip: Uint8Array | undefined,
  env: Readonly<Record<string, string>>,
  change: (code: string) => string = (code) => code,
): Promise<PackagedFunction> {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-zip-'));
  for (const [path, bytes] of Object.entries(unzipSync(zip ?? new Uint8Array()))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path.endsWith('.mjs') ? change(strFromU8(bytes)) : bytes);
  }
  const child: ChildProcess = fork(
    fileURLToPath(new URL('lambda.ts', import.meta.url)),
    [pathToFileURL(join(folder, `functions/${name}.mjs`)).href],
    { silent: true, env: { ...env } },
  );
  let log = '';
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const told = async () => {
    const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (child.exitCode !== null) throw new Error(`The function has ended: ${errors}`);
    return message;
  };
  await told();
  return {
    invoke: async (event) => {
      const message = told();
      child.send(event as object);
      const { answer, log: written } = await message;
      log = written;
      return answer;
    },
    log: () => log,
    close: () => {
      child.kill();
      rmSync(folder, { recursive: true });
    },
  };
}
