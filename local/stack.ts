import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SpeechMode } from '../lib/config.ts';
import { openTable, type Table } from '../lib/store/table/table.ts';
import type { LocalTable } from './aws/table.ts';

/** Where the parts of a running stack listen; kept in its data directory for the commands beside it. */
export interface Stack {
  readonly pid: number;
  /** The gateway: console, API and webhooks. */
  readonly url: string;
  /** The address that signatures are made over. */
  readonly publicUrl: string;
  /** The embedded carrier's REST API and phones. */
  readonly carrierUrl: string;
  /** What those phones ask for. */
  readonly phoneKey: string;
  /** Who speaks texts there. */
  readonly speech?: SpeechMode;
  readonly table: Omit<LocalTable, 'close'>;
}

/** Says where a stack listens, to nobody but its own user. A process that reads at the same time finds all of it or nothing. */
export function writeStack(dataDir: string, stack: Stack): void {
  const file = fileOf(dataDir);
  const draft = `${file}.${stack.pid}`;
  writeFileSync(draft, `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** The stack that runs on a data directory; `undefined` if none does, or the one that did is dead, or nobody can tell. */
export function readStack(dataDir: string): Stack | undefined {
  let stack: Stack;
  try {
    stack = JSON.parse(readFileSync(fileOf(dataDir), 'utf8'));
  } catch {
    return undefined;
  }
  return runs(stack.pid) ? stack : undefined;
}

/** The table of a running stack; its client is the caller's to destroy. */
export function openStackTable({ table: { name, ...config } }: Stack): Table {
  return openTable(name, config);
}

/** Takes back what `writeStack` said. */
export function removeStack(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'stack.json');
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of somebody else's may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
