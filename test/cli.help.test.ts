import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
