import { resolve } from 'node:path';
import { Obstacle } from '../local/obstacle.ts';
import { type Answer, command, onStage, type Program, type Refusal } from './command.ts';
import { examineStage } from './deployed.ts';
import { lines } from './finding.ts';
import { examineLaptop } from './laptop.ts';
import { runProcess } from './process.ts';
import { run } from './run.ts';

/** Checks a set-up. */
export const doctor: Program = {
  name: 'doctor',
  about: 'Checks a set-up.',
  commands: {},
  plain: command({
    summary:
      'checks the set-up of this machine, or of a deployed stage and its last hour, and says what is wrong',
    details:
      'A stage is checked with the credentials and region of the AWS SDK. If TWILIO_ACCOUNT_SID is set, the numbers at the carrier are\nchecked, too.',
    options: onStage,
    examples: ['', '--stage prod'],
    run: (_, { stage }) => answer(stage),
  }),
  exitCodes: 'Exit code: 0 nothing is wrong, 1 something is, 2 wrong usage.',
  refuse,
};

/** Runs the program with these words; the answer is its exit code. */
export function main(words: string[]): Promise<number> {
  return run(doctor, words);
}

async function answer(stage: string | undefined): Promise<Answer> {
  const root = resolve(import.meta.dirname, '..');
  const findings = await (stage === undefined ? examineLaptop(root) : examineStage(stage));
  const fine = findings.every(({ state }) => state !== 'wrong');
  return { text: lines(findings), json: { fine, findings }, fine };
}

function refuse(error: unknown): Refusal {
  if (!(error instanceof Obstacle)) throw error;
  return { text: error.message, json: { error: 'misconfigured', detail: error.message, problems: [] } };
}

if (import.meta.main) await runProcess(main);
