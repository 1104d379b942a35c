import { resolve } from 'node:path';
import { DescribeTableCommand, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { openTable } from '../lib/store/table/table.ts';
import { Misconfigured } from '../lib/variables.ts';
import { buildConsole, consoleFolder } from '../local/build.ts';
import { Obstacle } from '../local/obstacle.ts';
import { print } from '../local/terminal.ts';
import { type Answer, command, type Program, type Refusal } from './command.ts';
import { reserve } from './concurrency.ts';
import { uploadConsole } from './console.ts';
import { readVoiceConcurrency, refuseDeployment } from './environment.ts';
import { runProcess } from './process.ts';
import { rollOut } from './rollout.ts';
import { refuseStage, run } from './run.ts';
import { runServerless } from './serverless.ts';
import { openCloudFormation, ownsTable, readStack } from './stack.ts';
import { tableOf } from './target.ts';
import { uploadAudio } from './upload.ts';

const root = resolve(import.meta.dirname, '..');

/** Puts a stage on AWS. */
export const deploy: Program = {
  name: 'deploy',
  about: 'Deploys a stage.',
  commands: {},
  plain: command({
    summary: "deploys a stage, and uploads the system's audio and the console",
    details: 'It uses the AWS credentials of the environment. docs/deploy.md says what else it needs.',
    options: {
      stage: { value: 'NAME', about: 'which stage; there is one stack for each' },
      region: {
        value: 'REGION',
        about: "where; if left out, AWS_REGION, else the profile's region, else us-east-1",
      },
    },
    examples: ['--stage prod', '--stage prod --region eu-west-1'],
    check(_, { stage }) {
      if (stage === undefined) refuseStage('');
    },
    run: (_, { stage = '', region }) => deployStage(stage, region),
  }),
  exitCodes: 'Exit code: 0 deployed, 1 not, 2 wrong usage.',
  refuse,
};

/** Runs the program with these words; the answer is its exit code. */
export function main(words: string[]): Promise<number> {
  return run(deploy, words);
}

/** Deploys a stage with the built project. */
async function deployStage(stage: string, named: string | undefined): Promise<Answer> {
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

if (import.meta.main) await runProcess(main);
