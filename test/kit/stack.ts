import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { giveKey } from './key.ts';

const root = resolve(import.meta.dirname, '../..');

/** A stack as `npm start` starts it, for the tests of a file; and the commands that work on it. */
export interface StackKit {
  readonly dataDir: () => string;
  /** A command as a process of its own, with pipes; the environment may point elsewhere. */
  run(file: string, words: readonly string[], environment?: Record<string, string>): Command;
}

/** A command that runs. */
export interface Command {
  /** Types a line as soon as it has shown a text. */
  typesAfter(shown: string, line: string): void;
  /** How it ended and what it wrote. */
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

/** Sets a stack up on a free port; nothing of it outlives the tests. */
export function setUpStack(): StackKit {
  const dataDir = mkdtempSync(join(tmpdir(), 'branchline-stack-'));
  const children: ChildProcess[] = [];
  const start = (file: string, words: readonly string[], environment: Record<string, string>) => {
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir, ...environment };
    const child = spawn(process.execPath, [file, ...words], { cwd: root, env, stdio: 'pipe' });
    children.push(child);
    return child;
  };

  beforeAll(async () => {
    await giveKey(dataDir);
    const stack = start('local/start.ts', [], { PORT: String(await freePort()) });
    await new Promise<void>((ready, failed) => {
      stack.stdout.on('data', (chunk) => String(chunk).includes('Ctrl-C') && ready());
      stack.once('exit', (code) => failed(new Error(`the stack ended with ${code}`)));
    });
  });
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });

  return {
    dataDir: () => dataDir,
    run(file, words, environment = {}) {
      const child = start(file, words, environment);
      const written = { out: '', err: '' };
      const waiting: { readonly shown: string; readonly line: string }[] = [];
      child.stdout.setEncoding('utf8').on('data', (chunk) => {
        written.out += chunk;
        while (waiting[0] !== undefined && written.out.includes(waiting[0].shown)) {
          child.stdin.write(`${waiting.shift()?.line}\n`);
        }
      });
      child.stderr.setEncoding('utf8').on('data', (chunk) => {
        written.err += chunk;
      });
      return {
        typesAfter: (shown, line) => waiting.push({ shown, line }),
        ended: new Promise((done) => child.once('close', (code) => done({ code, ...written }))),
      };
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
