import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SpeechMode } from '../lib/config.ts';
import { openTable, type Table } from '../lib/store/table/table.ts';
import type { LocalTable } from './aws/table.ts';
import { lives } from './claim.ts';

/** The addresses of a running stack, stored in its data directory for the commands. */
export interface Stack {
  readonly pid: number;
  /** The URL of the gateway: console, API and webhooks. */
  readonly url: string;
  /** The URL that the carrier uses, and that signatures include. */
  readonly publicUrl: string;
  /** The URL of the embedded carrier's REST API and phones. */
  readonly carrierUrl: string;
  /** The key of those phones. */
  readonly phoneKey: string;
  /** What synthesises texts. */
  readonly speech?: SpeechMode;
  readonly table: LocalTable;
}

/** Stores the addresses of a stack, readable by this user only. The write is atomic. */
export function writeStack(dataDir: string, stack: Stack): void {
  const file = fileOf(dataDir);
  const draft = `${file}.${stack.pid}`;
  writeFileSync(draft, `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** The running stack of a data directory; `undefined` if none runs or the file cannot be read. */
export function readStack(dataDir: string): Stack | undefined {
  let stack: Stack;
  try {
    stack = JSON.parse(readFileSync(fileOf(dataDir), 'utf8'));
  } catch {
    return undefined;
  }
  return lives(stack.pid) ? stack : undefined;
}

/** Opens the table of a running stack; the caller must destroy its client. */
export function openStackTable({ table: { name, ...config } }: Stack): Table {
  return openTable(name, config);
}

/** Removes the addresses that `writeStack` has stored. */
export function removeStack(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'stack.json');
}
