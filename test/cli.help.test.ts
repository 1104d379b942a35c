import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { main, programs as named } from '../cli/branchline.ts';
import { run } from '../cli/run.ts';
import { runCommand } from './kit/command.ts';
import { programs, shellWords, wouldTake } from './kit/programs.ts';

/** Each command with its program, and its name if it has one. */
const commands = programs.flatMap((program) => {
  const rows = Object.entries(program.commands).map(([name, command]) => ({ program, name, command }));
  return program.plain === undefined ? rows : [...rows, { program, name: '', command: program.plain }];
});

test('there are the programs that branchline names', () => {
  expect(programs.map(({ name }) => name).sort()).toEqual(Object.keys(named).sort());
});

describe.each(commands)('branchline $program.name $name', ({ program, name, command }) => {
  test('tells each of its options, and an example', async () => {
    const words = [...(name === '' ? [] : [name]), '--help'];
    const { code, out, err } = await runCommand((args) => run(program, args), words, {});
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const option of Object.keys(command.options ?? {})) expect(out).toContain(`--${option}`);
    for (const example of command.examples)
      expect(out).toContain(`npx branchline ${program.name} ${example}`.trimEnd());
  });

  test.each(command.examples)('would take its example %j', async (example) => {
    const words = shellWords(example);
    expect(words.slice(0, name === '' ? 0 : 1)).toEqual(name === '' ? [] : [name]);
    expect(await wouldTake(program, words)).toEqual({ code: 0, out: '', err: '' });
  });
});

test('no command takes an empty argument or value: a variable of the shell was not set', async () => {
  for (const { program, name, command } of commands) {
    const [example = ''] = command.examples;
    const words = shellWords(example);
    const given = words.slice(name === '' ? 0 : 1);
    const label = `${program.name} ${name}`;
    for (const argument of given.filter((word) => !word.startsWith('-'))) {
      const emptied = words.map((word) => (word === argument ? ' ' : word));
      if (words[words.indexOf(argument) - 1]?.startsWith('--')) continue;
      const told = await wouldTake(program, emptied);
      expect(told, label).toEqual({
        code: 2,
        out: '',
        err: expect.stringMatching(/^An argument is empty: /),
      });
    }
    for (const [option, { value, mayBeEmpty = false }] of Object.entries(command.options ?? {})) {
      if (value === undefined || mayBeEmpty) continue;
      const told = await wouldTake(program, [...words, `--${option}=`]);
      const err = expect.stringMatching(new RegExp(`^--${option} is empty: write --${option} ${value}`));
      expect(told, `${label} --${option}`).toEqual({ code: 2, out: '', err });
    }
  }
});

test.each([
  ['help', 'flows', 'push'],
  ['flows', 'push', '-h'],
  ['flows', '--help', 'push'],
])('%s %s %s shows the help of a command', async (...words) => {
  const { code, out } = await runCommand(main, words, {});
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^branchline flows push FILE/) });
});

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(await runCommand(main, ['--version'], {})).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

describe('output that is lost', () => {
  const words = [join(import.meta.dirname, '../cli/branchline.ts'), '--help'];

  test('ends the process as SIGPIPE ends others, without a word, if its reader has gone', async () => {
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const [told, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect({ code, told }).toEqual({ code: 141, told: '' });
  });

  test.skipIf(!existsSync('/dev/full'))('is an error if the disk is full', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, words, { stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    expect({ status, told: String(stderr) }).toEqual({
      status: 1,
      told: expect.stringMatching(/^The output cannot be written: ENOSPC/),
    });
  });
});

test.each([
  [[], 2, /^Name a program\./],
  [['fly'], 2, /^There is no program "fly"\./],
  [['toString'], 2, /^There is no program "toString"\./],
])('%j is wrong usage', async (words, code, message) => {
  expect(await runCommand(main, words, {})).toEqual({ code, out: '', err: expect.stringMatching(message) });
});

test('runs from a clone, started by whichever Node there is, in any folder', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const words = [join(root, 'cli/bin.cjs'), 'flows', 'check', join(root, 'flows/office.flow.json'), '--json'];
  const cwd = mkdtempSync(join(tmpdir(), 'branchline-bin-'));
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ files: [{ problems: [] }] });
});
