import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A command that runs beside the tests, with all that it has written. */
interface Check {
  readonly name: string;
  readonly code: number | null;
  readonly output: string;
}

const scripts = ['types', 'lint', 'unused'] as const;

/** On Windows npm and npx are scripts of the shell. */
const shell = process.platform === 'win32';

/** Runs a script of package.json and keeps what it writes. */
function runScript(name: string): Promise<Check> {
  return new Promise((ended) => {
    const child = spawn('npm', ['run', '-s', name], { stdio: ['ignore', 'pipe', 'pipe'], shell });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => {
        output += chunk;
      });
    }
    child.once('error', (error) => ended({ name, code: 1, output: String(error) }));
    child.once('close', (code) => ended({ name, code, output }));
  });
}

/** Runs the tests, with the words of the command line, and resolves with what they ended with. */
function runTests(tally: string): Promise<number | null> {
  return new Promise((ended) => {
    const words = ['vitest', 'run', ...process.argv.slice(2)];
    const child = spawn('npx', words, {
      ...{ stdio: 'inherit', shell, env: { ...process.env, TALLY_FILE: tally } },
    });
    child.once('error', () => ended(1));
    child.once('close', ended);
  });
}

/** How many tests passed and failed; no tally means that the tests could not run. */
function readTally(file: string): { passed: number; failed: number } {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1 };
  }
}

// Types, lint and unused exports are checked beside the build and the tests. Some tests serve the console, so it is built first.
const folder = mkdtempSync(join(tmpdir(), 'branchline-tally-'));
const tally = join(folder, 'tally.json');
const beside = Promise.all(scripts.map(runScript));
const built = await runScript('build:web');
const code = await runTests(tally);
const checks = [built, ...(await beside)];
const { passed, failed } = readTally(tally);
rmSync(folder, { recursive: true });

for (const check of checks) {
  if (check.code !== 0) console.log(`\nnpm run ${check.name} failed:\n${check.output}`);
}
const wrong = checks.filter((check) => check.code !== 0).length;
// A run can fail though no test did, for example if the configuration cannot be read.
const unexplained = code !== 0 && failed === 0 ? 1 : 0;
console.log(`\n${passed} passed, ${failed + wrong + unexplained} failed`);
process.exitCode = failed + wrong + unexplained === 0 ? 0 : 1;
