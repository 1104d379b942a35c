import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { madeOnce } from './once.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A resource of a CloudFormation template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** What `serverless package` makes. */
export interface Package {
  readonly resources: Readonly<Record<string, Resource>>;
  /** Every file but the zips, whole. */
  readonly text: string;
  /** The zips of the functions, by the function's name. */
  readonly zips: Readonly<Record<string, Uint8Array>>;
}

/** The settings that tests package the project with, beside none at all. All are in one package, since each takes seconds. */
export const someSettings = {
  TWILIO_AUTH_TOKEN: 'a-secret-that-stood-in-the-environment',
  LOG_DAYS: '14',
  RETAIN_DAYS: '30',
  VOICE_CONCURRENCY: '400',
  DELETION_PROTECTION: 'off',
} as const;

/**
 * Packages the project with some environment, in a folder of its own: no run of somebody else's is disturbed. Test files
 * run side by side and several need the package, so that of the same sources and environment is made once and kept.
 */
export async function makePackage(environment: Readonly<Record<string, string>> = {}): Promise<Package> {
  const stamp = await stampOf(environment);
  return await readPackage(await madeOnce(`package-${stamp}`, (made) => packageInto(made, environment)));
}

/** A name for all that goes into a package. */
async function stampOf(environment: Readonly<Record<string, string>>): Promise<string> {
  const stamp = createHash('sha256').update(JSON.stringify(environment));
  for (const name of ['serverless.yml', 'package-lock.json', 'functions', 'lib']) {
    const path = join(root, name);
    const inside = (await stat(path)).isDirectory() ? await readdir(path, { recursive: true }) : [''];
    for (const file of inside.sort().map((each) => join(path, each))) {
      if ((await stat(file)).isFile()) stamp.update(file).update(await readFile(file));
    }
  }
  return stamp.digest('hex').slice(0, 16);
}

async function packageInto(made: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'branchline-package-'));
  try {
    for (const name of ['serverless.yml', 'package.json']) await cp(join(root, name), join(folder, name));
    for (const name of ['functions', 'lib', 'node_modules'])
      await symlink(join(root, name), join(folder, name));
    const command = join(root, 'node_modules', 'serverless', 'bin', 'serverless.js');
    const env = { PATH: process.env.PATH, HOME: folder, ...environment };
    await promisify(execFile)(process.execPath, [command, 'package', '--package', 'out'], {
      cwd: folder,
      env,
    });
    await cp(join(folder, 'out'), made, { recursive: true });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function readPackage(folder: string): Promise<Package> {
  const names = await readdir(folder);
  const texts = names.filter((name) => name.endsWith('.json'));
  const zips = names.filter((name) => name.endsWith('.zip'));
  const template = await readFile(join(folder, 'cloudformation-template-update-stack.json'), 'utf8');
  return {
    resources: JSON.parse(template).Resources,
    text: (await Promise.all(texts.map((name) => readFile(join(folder, name), 'utf8')))).join('\n'),
    zips: Object.fromEntries(
      await Promise.all(
        zips.map(
          async (name) => [name.slice(0, -'.zip'.length), await readFile(join(folder, name))] as const,
        ),
      ),
    ),
  };
}
