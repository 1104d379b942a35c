import { agents } from '../../cli/agents.ts';
import { audio } from '../../cli/audio.ts';
import { call } from '../../cli/call.ts';
import { calls } from '../../cli/calls.ts';
import type { Command, Program } from '../../cli/command.ts';
import { deploy } from '../../cli/deploy.ts';
import { doctor } from '../../cli/doctor.ts';
import { flows } from '../../cli/flows.ts';
import { run } from '../../cli/run.ts';
import { schedules } from '../../cli/schedules.ts';
import { token } from '../../cli/token.ts';
import { voicemails } from '../../cli/voicemails.ts';
import { type Ran, runCommand } from './command.ts';

/** Every program of the command line. */
export const programs: readonly Program[] = [
  agents,
  audio,
  call,
  calls,
  deploy,
  doctor,
  flows,
  schedules,
  token,
  voicemails,
];

/** What a program says to these words before it does anything: exit code 0 without a word if it would take them. */
export function wouldTake(program: Program, words: readonly string[]): Promise<Ran> {
  const mute = (command: Command): Command => ({ ...command, run: () => 0 });
  const commands = Object.fromEntries(
    Object.entries(program.commands).map(([name, command]) => [name, mute(command)]),
  );
  const plain = program.plain && mute(program.plain);
  return runCommand((args) => run({ ...program, commands, ...(plain && { plain }) }, args), words, {});
}

/** The words of a line of a shell. Quotes hold words together; there is nothing else of a shell in it. */
export function shellWords(line: string): string[] {
  return (line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []).map((word) => word.replaceAll(/["']/g, ''));
}
