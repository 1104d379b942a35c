import { parseArgs } from 'node:util';
import { Misconfigured } from '../lib/variables.ts';
import { isLoopback } from './aws/access.ts';
import { claim } from './claim.ts';
import { isFileError, Obstacle } from './obstacle.ts';
import type { Closer } from './run.ts';
import { readSettings, type Settings } from './settings.ts';
import { printError } from './terminal.ts';
import { readWords } from './usage.ts';

const usage = `npm start [-- OPTIONS]

Starts the whole system on this machine; the environment says where it listens (PORT, HOST) and keeps its data (DATA_DIR).

  --expose   lets HOST be another address than loopback: everyone who reaches it can sign in as an
             admin, without a password
  --help     this page`;

const options = { expose: { type: 'boolean' }, help: { type: 'boolean' } } as const;

/** The longest time that the stack takes to end in order, in milliseconds. */
const endingMs = 10_000;

const open: Closer[] = [];
let isEnding = false;

const words = readWords(usage, () => parseArgs({ options }));
if (words !== undefined) await start(words.values);

/** Starts the whole system on this machine, and runs until SIGINT, SIGTERM or SIGHUP. Then it closes everything in reverse order. */
async function start(flags: { readonly expose?: boolean }): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  // The embedded database throws file errors where they cannot be caught.
  process.on('uncaughtException', giveUp);
  // Who read the output, or the terminal, is gone: the stack runs on.
  for (const output of [process.stdout, process.stderr]) {
    output.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EPIPE' && cause.code !== 'EIO') throw cause;
    });
  }
  try {
    const settings = settingsFor(flags);
    open.push(claim(settings.dataDir));
    // The parts take seconds to load: what is wrong with the words and the settings is told before.
    const { run } = await import('./run.ts');
    await run(settings, open);
  } catch (cause) {
    if (!isEnding) await close();
    giveUp(cause);
  }
}

/** Closes what has started, the last part first, also what still starts meanwhile. */
async function close(): Promise<void> {
  for (let each = open.pop(); each !== undefined; each = open.pop()) await each();
}

/** Ends the stack in order. One Ctrl-C can come twice: the terminal sends it to all processes, and npm passes it on. */
function end(): void {
  if (isEnding) return;
  isEnding = true;
  setTimeout(() => process.exit(0), endingMs);
  void close().finally(() => process.exit(0));
}

/**
 * Prints an error and ends the process: one line for an expected error, else the complete error. While the stack is ending it does
 * nothing: what was interrupted may fail.
 */
function giveUp(cause: unknown): void {
  if (isEnding) return;
  if (cause instanceof Obstacle || cause instanceof Misconfigured) printError(cause.message);
  else if (isFileError(cause)) {
    const remedy = 'Make room on its disk, or set DATA_DIR to a directory that can be written.';
    printError(`The data cannot be read or written (${cause.message}). ${remedy}`);
  } else printError('The stack failed:', cause);
  process.exit(1);
}

/** The settings for these flags. Throws an Obstacle if they let everyone in. */
function settingsFor({ expose }: { readonly expose?: boolean }): Settings {
  const settings = readSettings();
  if (expose !== true && !isLoopback(settings.host)) throw exposed(settings.host);
  return settings;
}

function exposed(host: string): Obstacle {
  return new Obstacle(
    `HOST is "${host}": everyone who reaches that address could sign in as an admin without a password. Start with npm start -- --expose if you want that.`,
  );
}
