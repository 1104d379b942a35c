import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A resource of a CloudFormation template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
}

/** What `serverless package` makes. */
export interface Package {
  readonly resources: Readonly<Record<string, Resource>>;
  /** Every file but the zips, whole. */
  readonly text: string;
  /** The zips of the functions, by the function's name. */
  readonly zips: Readonly<Record<string, Uint8Array>>;
}

/** Packages the project with some environment, in a folder of its own: no run of somebody else's is disturbed. */
export async function makePackage(environment: Readonly<Record<string, string>> = {}): Promise<Package> {
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
    return await readPackage(join(folder, 'out'));
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
