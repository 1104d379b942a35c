import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Obstacle } from '../local/obstacle.ts';
import { type Answer, type Refusal, refuseStage, run } from './command.ts';
import { examineStage } from './deployed.ts';
import { lines } from './finding.ts';
import { examineLaptop } from './laptop.ts';

const usage = `npm run doctor [-- OPTIONS]

Checks the set-up of this machine, or of a deployed stage, and says in words what is wrong.

  --stage NAME   look at a deployed stage, with the AWS SDK's own credentials and region;
                 TWILIO_ACCOUNT_SID lets it look at the carrier's numbers, too
  --json         answer in JSON
  --help         this page

Exit code: 0 nothing is wrong, 1 something is, 2 wrong usage.`;

const options = {
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** What to look at: a stage, or this machine. */
interface Order {
  readonly stage?: string | undefined;
  readonly json: boolean;
}

/** Runs the command with these words; the answer is its exit code. */
export function main(argv: string[]): Promise<number> {
  return run({ usage, parse, answer, refuse }, argv);
}

/** What is asked for; undefined where that is help. Throws on wrong usage. */
function parse(argv: string[]): Order | undefined {
  const { stage, json, help } = parseArgs({ args: argv, options }).values;
  if (help) return undefined;
  refuseStage(stage);
  return { stage, json };
}

async function answer({ stage }: Order): Promise<Answer> {
  const root = resolve(import.meta.dirname, '..');
  const findings = await (stage === undefined ? examineLaptop(root) : examineStage(stage));
  const fine = findings.every(({ state }) => state !== 'wrong');
  return { text: lines(findings), json: { fine, findings }, fine };
}

function refuse(error: unknown): Refusal {
  if (!(error instanceof Obstacle)) throw error;
  return { text: error.message, json: { error: 'misconfigured', detail: error.message, problems: [] } };
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
