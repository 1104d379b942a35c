import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { agents } from '../cli/agents.ts';
import { audio } from '../cli/audio.ts';
import { main, programs } from '../cli/branchline.ts';
import { call } from '../cli/call.ts';
import { calls } from '../cli/calls.ts';
import type { Command, Program } from '../cli/command.ts';
import { deploy } from '../cli/deploy.ts';
import { doctor } from '../cli/doctor.ts';
import { flows } from '../cli/flows.ts';
import { run } from '../cli/run.ts';
import { schedules } from '../cli/schedules.ts';
import { token } from '../cli/token.ts';
import { runCommand } from './kit/command.ts';

const all: readonly Program[] = [agents, audio, call, calls, deploy, doctor, flows, schedules, token];

/** Each command with its program, and its name if it has one. */
const commands = all.flatMap((program) => {
  const named = Object.entries(program.commands).map(([name, command]) => ({ program, name, command }));
  return program.plain === undefined ? named : [...named, { program, name: '', command: program.plain }];
});

test('there are the programs that branchline names', () => {
  expect(all.map(({ name }) => name).sort()).toEqual(Object.keys(programs).sort());
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
    const words = (example.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
    expect(words.slice(0, name === '' ? 0 : 1)).toEqual(name === '' ? [] : [name]);
    const taken = { ...command, run: () => 0 } satisfies Command;
    const mute: Program =
      name === ''
        ? { ...program, plain: taken }
        : { ...program, commands: { ...program.commands, [name]: taken } };
    expect(await runCommand((args) => run(mute, args), words, {})).toEqual({ code: 0, out: '', err: '' });
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
