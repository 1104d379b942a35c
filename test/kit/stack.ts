import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Stack } from '../../local/stack.ts';
import { giveKey } from './key.ts';
import { freePort } from './port.ts';
import type { TestTable } from './table.ts';

const root = resolve(import.meta.dirname, '../..');

/** A stack as `npm start` starts it, for the tests of a file; and the commands that work on it. */
export interface StackKit {
  readonly dataDir: () => string;
  /** What the stack printed until it was up. */
  readonly greeting: () => string;
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

/** What a stack of this process would say of itself: one with a table, and nothing else that answers. */
export function stackOn(
  { name, endpoint, region, credentials }: TestTable,
  more: Partial<Stack> = {},
): Stack {
  return {
    pid: process.pid,
    url: 'http://127.0.0.1:1',
    publicUrl: 'http://127.0.0.1:1',
    carrierUrl: 'http://127.0.0.1:2',
    phoneKey: 'none',
    table: { name, endpoint, region, credentials },
    ...more,
  };
}

/** Kills a process, and resolves when it has ended, so that its port is free. */
async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Sets a stack up on a port, with variables beside its own, and flags; nothing of it outlives the tests. */
export function setUpStack(
  variables: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
  findPort: () => Promise<number> = freePort,
): StackKit {
  const dataDir = mkdtempSync(join(tmpdir(), 'branchline-stack-'));
  const children: ChildProcess[] = [];
  const wrongRequests = `${dataDir}.faults`;
  const held = {
    NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'held.child.ts'))}`,
    FAULTS_OF_REQUESTS: wrongRequests,
  };
  let greeting = '';
  const start = (file: string, words: readonly string[], environment: Record<string, string>) => {
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir, ...held, ...environment };
    const child = spawn(process.execPath, [file, ...words], { cwd: root, env, stdio: 'pipe' });
    children.push(child);
    return child;
  };

  beforeAll(async () => {
    await giveKey(dataDir);
    const stack = start('local/start.ts', flags, { PORT: String(await findPort()), ...variables });
    await new Promise<void>((ready, failed) => {
      stack.stdout.setEncoding('utf8').on('data', (chunk) => {
        greeting += chunk;
        if (greeting.includes('Ctrl-C')) ready();
      });
      let refusal = '';
      stack.stderr.setEncoding('utf8').on('data', (chunk) => {
        refusal += chunk;
      });
      stack.once('close', (code) => failed(new Error(`the stack ended with ${code}: ${refusal}`)));
    });
  });
  afterAll(async () => {
    await Promise.all(children.map(killed));
    rmSync(dataDir, { recursive: true, force: true });
    const faults = existsSync(wrongRequests) ? readFileSync(wrongRequests, 'utf8') : '';
    rmSync(wrongRequests, { force: true });
    expect(faults).toBe('');
  });

  return {
    dataDir: () => dataDir,
    greeting: () => greeting,
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
