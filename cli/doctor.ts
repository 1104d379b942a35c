import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Obstacle } from '../local/obstacle.ts';
import { refuseStage } from './command.ts';
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

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let options: ReturnType<typeof parse>;
  try {
    options = parse(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return 2;
  }
  if (options.help) {
    console.log(usage);
    return 0;
  }
  try {
    const findings = await examine(options.stage);
    const fine = findings.every(({ state }) => state !== 'wrong');
    console.log(options.json ? JSON.stringify({ fine, findings }, null, 2) : lines(findings));
    return fine ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Obstacle)) throw error;
    console.error(error.message);
    return 1;
  }
}

function examine(stage: string | undefined) {
  if (stage !== undefined) return examineStage(stage);
  return examineLaptop(resolve(import.meta.dirname, '..'));
}

function parse(args: string[]) {
  const options = {
    stage: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ args, options });
  refuseStage(values.stage);
  return values;
}
