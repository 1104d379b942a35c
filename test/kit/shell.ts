import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run as runProgram } from '../../cli/run.ts';
import { runAws } from './awscli.ts';
import { type Ran, runCommand } from './command.ts';
import { programs, shellWords, wouldTake } from './programs.ts';

/** The lines of the shell blocks of a page, in its order; one that goes on in the next is one. */
export function shellLines(page: string): string[] {
  return [...page.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].flatMap(([, block = '']) => {
    const lines = block
      .trim()
      .replaceAll(/\\\n\s*/g, '')
      .split('\n');
    return lines.map((line) => line.replace(/\s+# .*$/, '').trim());
  });
}

/** Runs lines of documentation: our programs and the AWS CLI in this process, `git` in a clone of its own. */
export interface Shell {
  /** Runs a line; returns what it prints. `typed` is what a `read` gets. Fails if a program ends with another exit code than 0. */
  run(line: string, typed?: string): Promise<string>;
  /** Runs one of our programs: `flows list --stage prod`. */
  branchline(command: string): Promise<Ran>;
  /** Looks whether the programs of a line would take it, and runs nothing. */
  takes(line: string): Promise<void>;
}

/** A shell whose files of these names lie in a folder, and whose `git` works in `clone` in it. */
export function createShell(
  folder: string,
  environment: () => Readonly<Record<string, string>>,
  files: readonly string[] = [],
): Shell {
  const variables = new Map<string, string>();
  const inFolder = (word: string) => (files.includes(word) ? join(folder, word) : word);

  const branchline = (command: string) => {
    const [name, ...words] = shellWords(command);
    const program = programs.find((each) => each.name === name);
    if (program === undefined) throw new Error(`There is no program ${name}.`);
    return runCommand((args) => runProgram(program, args), words.map(inFolder), environment());
  };
  const printedBy = async (command: string) => {
    const { code, out, err } = await branchline(command.replace('npx branchline ', ''));
    expect([command, code, err]).toEqual([command, 0, '']);
    return out.trimEnd().replaceAll(`${folder}/`, '');
  };

  return {
    branchline,
    async run(line, typed) {
      if (line.startsWith('git '))
        return execFileSync('bash', ['-c', line], { cwd: join(folder, 'clone'), stdio: 'pipe' }) && '';
      if (typed !== undefined) return variables.set(line.replace('read -rs ', ''), typed) && '';
      const [, name, inner = line] = /^(\w+)=\$\((.*)\)$/.exec(line) ?? [];
      const filled = inner.replaceAll(/\$(\w+)/g, (_, variable: string) => variables.get(variable) ?? '');
      const [command = '', printed] = filled.split(' | ').reverse();
      const words = shellWords(command);
      const stdin = printed?.replace(/^printf %s "(.*)"$/, '$1');
      const said = words[0] === 'aws' ? await runAws(words, stdin) : await printedBy(command);
      if (name !== undefined) variables.set(name, said);
      return said;
    },
    async takes(line) {
      for (const command of line.split(' && ')) {
        const [npx, , name, ...words] = shellWords(command);
        if (npx !== 'npx') continue;
        const program = programs.find((each) => each.name === name);
        expect(program && (await wouldTake(program, words))).toMatchObject({ code: 0 });
      }
    },
  };
}
