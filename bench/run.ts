import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readWords } from '../local/usage.ts';
import { type Line, misses, pastLimits, table } from './report.ts';
import { rows } from './rows.ts';
import { buildSetup, type Setup } from './setup.ts';

const usage = `npm run bench [-- ROW …] [-- --json] [-- --gate] [-- --callers N]\nRows: ${rows.join(', ')}`;

/**
 * Measures the rows in a process of their own each, and prints what came out. A missed aim is said, and fails nothing; with `--gate`
 * a ratio past its limit does.
 */
async function main(): Promise<void> {
  const words = readWords(usage, wordsOf);
  if (words === undefined) return;
  const { values, positionals } = words;
  const callers = Number(values.callers ?? 300);
  const asked = rows.filter((row) => positionals.length === 0 || positionals.includes(row));
  const { setup, close } = await buildSetup();
  try {
    const report: Record<string, readonly Line[]> = {};
    for (const row of asked) {
      report[row] = await measure(row, { ...setup, callers });
      if (values.json !== true) console.log(`\n${row}\n\n${table(report[row] ?? [])}`);
    }
    conclude(report, values.json === true);
    if (values.gate === true) judge(Object.values(report));
  } finally {
    await close();
  }
}

function wordsOf() {
  const words = parseArgs({
    allowPositionals: true,
    options: {
      ...{ json: { type: 'boolean' }, gate: { type: 'boolean' }, callers: { type: 'string' } },
      help: { type: 'boolean' },
    },
  });
  const { values, positionals } = words;
  const unknown = positionals.filter((name) => !rows.some((row) => row === name));
  if (unknown.length > 0) throw new Error(`There is no row ${unknown.join(', ')}.`);
  if (!/^[1-9][0-9]*$/.test(values.callers ?? '300'))
    throw new Error('--callers takes a whole number from 1 on.');
  return words;
}

function conclude(report: Readonly<Record<string, readonly Line[]>>, json: boolean): void {
  const machine = `${cpus().length} cores, Node ${process.versions.node}`;
  if (json) {
    console.log(JSON.stringify({ machine, report }, null, 2));
    return;
  }
  const missed = Object.values(report).flat().filter(misses);
  const verdict = missed.map(({ what }) => `\n- ${what}`).join('');
  console.log(`\n${machine}. ${missed.length === 0 ? 'No aim is missed.' : `Missed:${verdict}`}`);
}

/** Sets the exit code to 1 if a ratio is past its limit. Its noise was measured in the same rounds. */
function judge(rows: readonly (readonly Line[])[]): void {
  const past = rows.flatMap(pastLimits);
  for (const each of past) console.error(`Past its limit: ${each}`);
  if (past.length > 0) process.exitCode = 1;
  else console.log(`${rows.flat().filter(({ limit }) => limit !== undefined).length} limits hold.`);
}

/** A row's lines. The stdout of its process is dropped: a function on AWS does not wait for its log either. */
async function measure(row: string, setup: Setup & { readonly callers: number }): Promise<Line[]> {
  const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [row], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--expose-gc', '--no-warnings'],
    env: { ...process.env, ...setup.environment },
    serialization: 'json',
  });
  child.send(setup);
  const told = once(child, 'message');
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The row ${row} ended with code ${code} before it had measured.`);
  });
  ended.catch(() => undefined);
  const [lines] = await Promise.race([told, ended]);
  return lines as Line[];
}

await main();
