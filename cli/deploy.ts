import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { buildConsole, consoleFolder } from '../local/build.ts';
import { Obstacle } from '../local/obstacle.ts';
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
    await deploy(['--stage', options.stage, ...(options.region ? ['--region', options.region] : [])]);
    return 0;
  } catch (error) {
    console.error(
      error instanceof Obstacle ? error.message : `Not all is uploaded, deploy once more: ${error}`,
    );
    return 1;
  }
}

/**
 * Deploys, and has the audio in its bucket before a function of this release asks for it, where the bucket is there. The
 * console follows its API.
 */
async function deploy(where: readonly string[]): Promise<void> {
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
  console.log(`uploaded  the console, ${files} files: ${url}/`);
}

async function upload({ region, bucket }: Stack): Promise<void> {
  const s3 = new S3Client({ region });
  const put = await uploadAudio(s3, bucket, resolve(root, 'audio'));
  for (const name of put) console.log(`uploaded  ${name}`);
}

function parse(args: string[]) {
  const options = {
    stage: { type: 'string' },
    region: { type: 'string' },
    help: { type: 'boolean' },
  } as const;
  const { help = false, stage = '', region } = parseArgs({ args, options }).values;
  if (!help && !/^[A-Za-z0-9-]{1,100}$/.test(stage)) {
    throw new Error('--stage takes the name of a stage: letters, digits and hyphens.');
  }
  return { help, stage, region };
}
