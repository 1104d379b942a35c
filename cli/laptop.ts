import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import type { Admin } from '../lib/admin/admin.ts';
import { metricsFile } from '../local/aws/metrics.ts';
import { loadSecrets } from '../local/secrets.ts';
import { reachedNumbers } from '../local/seed.ts';
import { readSettings, type Settings } from '../local/settings.ts';
import { readStack, type Stack } from '../local/stack.ts';
import { checkHolidays } from './checkholidays.ts';
import { checkRecordings } from './checkrecordings.ts';
import { type Finding, NotChecked, runCheck } from './finding.ts';
import { valuesIn } from './logline.ts';
import { tellPauses } from './pauses.ts';
import { probe } from './probe.ts';
import { messageOf } from './reason.ts';
import { tokensOf } from './stage.ts';
import { openAdmin } from './target.ts';

/**
 * Checks the set-up of this machine under `root`, and the stack that runs on its data directory, if any. Throws an Obstacle if the
 * environment is malformed.
 */
export async function examineLaptop(root: string): Promise<Finding[]> {
  const settings = readSettings();
  const { dataDir } = settings;
  const findings = [
    await runCheck('node', () => checkNode(root)),
    await runCheck('packages', () => checkPackages(root)),
    await runCheck('data', () => checkData(dataDir)),
    await runCheck('secrets', () => checkSecrets(dataDir)),
  ];
  const stack = readStack(dataDir);
  if (stack === undefined) return [...findings, await runCheck('stack', () => checkPort(settings))];
  const admin = openAdmin(undefined);
  try {
    return [
      ...findings,
      await runCheck('stack', () => `It runs at ${stack.url} (process ${stack.pid}).`),
      await runCheck('numbers', () => checkNumbers(admin)),
      await runCheck('webhooks', () => checkWebhooks(settings, stack)),
      await runCheck('holidays', () => checkHolidays(admin)),
      await runCheck('messages', () => checkRecordings(admin.table, new Date())),
      ...(await tellPauses(pausesOf(dataDir, new Date()))),
    ];
  } finally {
    admin.table.client.destroy();
  }
}

/** The lines of the running stack that tell of paused connections, of the last hour. */
function pausesOf(dataDir: string, now: Date): string[] {
  const file = metricsFile(dataDir);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const since = new Date(now.getTime() - 3_600_000).toISOString();
  return lines.filter((line) => String(valuesIn(line).at ?? '') >= since);
}

/** The packages that `package.json` asks for. */
type Wanted = Readonly<
  Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Readonly<Record<string, string>>>
>;

function readWanted(root: string): Wanted {
  const empty = { dependencies: {}, devDependencies: {}, optionalDependencies: {} };
  return { ...empty, ...JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) };
}

/** Node itself comes as a package, of the version that Lambda runs. */
function checkNode(root: string): string {
  const packages = Object.entries(readWanted(root).optionalDependencies);
  const [, wanted = ''] = packages.find(([name]) => name.startsWith('node-')) ?? [];
  const { node } = process.versions;
  if (Number.parseInt(node, 10) === Number.parseInt(wanted, 10)) return `Node ${node} runs this.`;
  throw new Error(`Node ${node} runs this, but it is made for ${wanted}: run npm ci, and this by npm run.`);
}

function checkPackages(root: string): string {
  const { dependencies, devDependencies } = readWanted(root);
  const wanted = Object.entries({ ...dependencies, ...devDependencies });
  const wrong = wanted.filter(([name, version]) => {
    const file = join(root, 'node_modules', name, 'package.json');
    // An alias is written npm:NAME@VERSION.
    return !existsSync(file) || !version.endsWith(JSON.parse(readFileSync(file, 'utf8')).version);
  });
  if (wrong.length === 0) return `All ${wanted.length} packages are installed as package.json has them.`;
  const names = wrong.map(([name]) => name).join(', ');
  throw new Error(`Missing, or of another version: ${names}. Run npm ci.`);
}

function checkData(dataDir: string): string {
  const made = existsSync(dataDir);
  let folder = dataDir;
  while (!existsSync(folder) && !isLink(folder)) folder = dirname(folder);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`${folder} is not a directory: set DATA_DIR.`);
  try {
    tryWriting(folder);
  } catch (cause) {
    const reason = messageOf(cause);
    throw new Error(`${folder} cannot be written (${reason}): change its owner, or set DATA_DIR.`);
  }
  return made ? `The data is in ${dataDir}.` : `The data will be in ${dataDir}, made by npm start.`;
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** Writes a file in a folder and removes it: full or read-only disks and /proc refuse that, even if modes allow it. */
function tryWriting(folder: string): void {
  const trial = mkdtempSync(join(folder, '.branchline-'));
  try {
    writeFileSync(join(trial, 'trial'), 'x');
  } finally {
    rmSync(trial, { recursive: true });
  }
}

/** Checks that only the owner can read files with secrets. Windows has no such modes. */
function checkSecrets(dataDir: string): string {
  const files = ['secrets.json', 'stack.json'].map((name) => join(dataDir, name)).filter(existsSync);
  const open =
    process.platform === 'win32' ? [] : files.filter((file) => (statSync(file).mode & 0o077) !== 0);
  if (open.length > 0) throw new Error(`Others can read ${open.join(' and ')}: chmod 600 ${open.join(' ')}.`);
  if (existsSync(join(dataDir, 'secrets.json'))) loadSecrets(dataDir);
  return files.length === 0 ? 'There are none yet.' : 'Nobody else can read them.';
}

async function checkPort({ host, port }: Settings): Promise<string> {
  const server = createServer();
  const fault = await new Promise<(Error & { code?: string }) | undefined>((resolve) => {
    server.once('error', resolve).listen({ host, port }, () => server.close(() => resolve(undefined)));
  });
  if (fault === undefined) return `None runs; npm start will listen at ${host}:${port}.`;
  if (fault.code === 'EADDRINUSE') {
    throw new Error(`None runs on this data, and another program listens at ${host}:${port}: set PORT.`);
  }
  throw new Error(
    `None runs, and ${host}:${port} cannot be listened at: ${fault.message}. Set HOST or PORT.`,
  );
}

async function checkNumbers(admin: Admin): Promise<string> {
  const numbers = await reachedNumbers(admin).catch((error: unknown) => {
    throw new Error(`The table does not answer (${error}): stop the stack, then npm start it again.`);
  });
  const silent = numbers.filter(({ live }) => live === undefined);
  if (numbers.length === 0) {
    throw new Error(
      'No number reaches a flow: npx branchline flows bind +15550100 phone-experience binds one.',
    );
  }
  if (silent.length > 0) {
    const list = silent.map(({ number, name }) => `${number} (${name})`).join(', ');
    throw new Error(
      `Callers hear an apology at ${list}: publish the flow by npx branchline flows publish ID.`,
    );
  }
  return `Callers hear a flow at ${numbers.map(({ number }) => number).join(', ')}.`;
}

async function checkWebhooks({ dataDir, authToken }: Settings, { url, publicUrl }: Stack): Promise<string> {
  if (authToken === undefined && !existsSync(join(dataDir, 'secrets.json'))) {
    throw new NotChecked('Not checked: the stack was started with TWILIO_AUTH_TOKEN. Set it here, too.');
  }
  const [token = ''] = authToken === undefined ? [loadSecrets(dataDir).authToken] : await tokensOf(undefined);
  return await probe({ url, publicUrl, token });
}
