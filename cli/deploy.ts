import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { Misconfigured, refuseDeployment } from '../lib/config.ts';
import { buildConsole, consoleFolder } from '../local/build.ts';
import { Obstacle } from '../local/obstacle.ts';
import { type Answer, type Asked, type Refusal, refuseStage, run } from './command.ts';
import { uploadConsole } from './console.ts';
import { runServerless, type Stack, stackOf } from './stack.ts';
import { uploadAudio } from './upload.ts';

const root = resolve(import.meta.dirname, '..');

const usage = `npm run deploy -- --stage NAME [--region REGION]

Deploys a stage with the AWS credentials of the environment, and uploads the system's audio and the console.

  --stage NAME      which stage; there is one stack for each
  --region REGION   where; AWS_REGION, else us-east-1, when left out
  --help            this page

Exit code: 0 deployed, 1 not, 2 wrong usage.`;

const options = {
  stage: { type: 'string', default: '' },
  region: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Where to deploy. */
interface Order extends Asked {
  readonly stage: string;
  readonly region?: string | undefined;
}

/** Runs the command with these words; the answer is its exit code. */
export function main(argv: string[]): Promise<number> {
  return run({ usage, parse, answer: deploy, refuse }, argv);
}

/** What is asked for; undefined where that is help. Throws on wrong usage. */
function parse(argv: string[]): Order | undefined {
  const { stage, region, help } = parseArgs({ args: argv, options }).values;
  if (help) return undefined;
  refuseStage(stage);
  return { stage, region, json: false };
}

/**
 * Deploys, and has the audio in its bucket before a function of this release asks for it, where the bucket is there. The
 * console follows its API.
 */
async function deploy({ stage, region }: Order): Promise<Answer> {
  refuseDeployment();
  const where = ['--stage', stage, ...(region === undefined ? [] : ['--region', region])];
  const failure = await buildConsole(root)?.over;
  if (failure !== undefined) throw new Obstacle(`Nothing is deployed. ${failure}`);
  const standing = await stackOf(where);
  if (standing !== undefined) await upload(standing);
  const { code } = await runServerless('inherit', 'deploy', ...where);
  if (code !== 0) throw new Obstacle('The stage is not deployed: see above.');
  const made = await stackOf(where);
  if (made?.console === undefined)
    throw new Obstacle('The stack does not tell its buckets: deploy once more.');
  if (standing === undefined) await upload(made);
  const { bucket, setting, url } = made.console;
  const s3 = new S3Client({ region: made.region });
  const files = await uploadConsole(s3, bucket, { folder: consoleFolder(root), setting });
  return { text: `uploaded  the console, ${files} files: ${url}/`, json: { url } };
}

async function upload({ region, bucket }: Stack): Promise<void> {
  const s3 = new S3Client({ region });
  const put = await uploadAudio(s3, bucket, resolve(root, 'audio'));
  for (const name of put) console.log(`uploaded  ${name}`);
}

function refuse(error: unknown): Refusal {
  const text =
    error instanceof Misconfigured
      ? `Nothing is deployed: ${error.message}`
      : error instanceof Obstacle
        ? error.message
        : `Not all is uploaded, deploy once more: ${error}`;
  return { text, json: { error: 'not-deployed', detail: text, problems: [] } };
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
