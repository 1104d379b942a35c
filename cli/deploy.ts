import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DescribeTableCommand, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { Misconfigured } from '../lib/config.ts';
import { openTable } from '../lib/store/table/table.ts';
import { buildConsole, consoleFolder } from '../local/build.ts';
import { Obstacle } from '../local/obstacle.ts';
import { print } from '../local/terminal.ts';
import { type Answer, type Asked, type Refusal, refuseStage, run } from './command.ts';
import { reserve } from './concurrency.ts';
import { uploadConsole } from './console.ts';
import { readVoiceConcurrency, refuseDeployment } from './environment.ts';
import { rollOut } from './rollout.ts';
import { runServerless } from './serverless.ts';
import { openCloudFormation, ownsTable, readStack } from './stack.ts';
import { tableOf } from './target.ts';
import { uploadAudio } from './upload.ts';

const root = resolve(import.meta.dirname, '..');

const usage = `npm run deploy -- --stage NAME [--region REGION]

Deploys a stage with the AWS credentials of the environment, and uploads the system's audio and the console.

  --stage NAME      which stage; there is one stack for each
  --region REGION   where; if left out, AWS_REGION, else the profile's region, else us-east-1
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

/** Deploys a stage with what this project is built into. */
async function deploy({ stage, region: named }: Order): Promise<Answer> {
  refuseDeployment();
  const failure = await buildConsole(root)?.over;
  if (failure !== undefined) throw new Obstacle(`Nothing is deployed. ${failure}`);
  const cloudFormation = await openCloudFormation(named);
  const region = await cloudFormation.config.region();
  const s3 = new S3Client({ region });
  const { executions, says } = await reserve(`branchline-${stage}-voice`, region, readVoiceConcurrency());
  print(says);
  const url = await rollOut(stage, {
    stack: () => readStack(cloudFormation, stage),
    strayTable: async () => (await isTable(stage, region)) && !(await ownsTable(cloudFormation, stage)),
    deploy: (protection) =>
      runServerless(['deploy', '--stage', stage, '--region', region], {
        DELETION_PROTECTION: protection,
        VOICE_CONCURRENCY: executions === undefined ? undefined : String(executions),
      }),
    async uploadAudio({ bucket }) {
      const put = await uploadAudio(s3, bucket, resolve(root, 'audio'));
      for (const name of put) print(`uploaded  ${name}`);
    },
    async uploadConsole({ bucket, setting }) {
      const files = await uploadConsole(s3, bucket, { folder: consoleFolder(root), setting });
      print(`uploaded  the console, ${files} files`);
    },
  });
  return { text: `deployed  ${stage} in ${region}, its console at ${url}/`, json: { url } };
}

/** Whether there is a table of the stage's name. */
async function isTable(stage: string, region: string): Promise<boolean> {
  const { client, name } = openTable(tableOf(stage), { region });
  try {
    await client.send(new DescribeTableCommand({ TableName: name }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  } finally {
    client.destroy();
  }
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
