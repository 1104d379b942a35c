import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { unzipSync } from 'fflate';
import { parse } from 'yaml';
import { saveDraft } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { publish } from '../lib/admin/publish.ts';
import { writeVersion } from '../lib/store/flows/versions.ts';
import { openTable } from '../lib/store/table/table.ts';
import { startTable } from '../local/aws/table.ts';
import { loadTemplate } from '../local/aws/template.ts';
import { drawing, drawingId, sizes, tellingDrawing } from './drawing.ts';
import { startReplay } from './replay.ts';
import { publicUrl, token } from './webhook.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const require = createRequire(import.meta.url);
const { pack }: { pack(files: Record<string, Uint8Array>): Uint8Array } = require('../functions/zips.cjs');
const plugins: Plugin[] = require('../functions/plugins.cjs');

/** What the rows are measured in: files and addresses, so that it goes to another process as JSON. */
export interface Setup {
  /** Modules by their names: `voice` is the packaged function, the others stand beside it. */
  readonly modules: Readonly<Record<string, string>>;
  /** Bytes of the zips by the names of the functions. */
  readonly zips: Readonly<Record<string, number>>;
  /** Bytes of the packaged voice function by the package they come from. */
  readonly shares: Readonly<Record<string, number>>;
  /** What the functions find in their environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The embedded DynamoDB itself; `environment` points at the replay of its answers. */
  readonly database: string;
}

/** The flow whose every version is read just once: the version that comes after these is not there. */
export const freshVersions = 400;

/** Builds the setup: packages the service, bundles what stands beside it, publishes the flows. `close` takes it down. */
export async function buildSetup(): Promise<{ setup: Setup; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-bench-'));
  const { Table: properties } = loadTemplate(join(root, 'serverless.yml')).tables;
  if (properties === undefined) throw new Error('serverless.yml has no table "Table".');
  const database = await startTable('branchline-bench', properties, undefined, credentials);
  await publishFlows(database);
  const replay = await startReplay(database.endpoint, token);
  const packaged = unpack(folder);
  const rivals = await bundleRivals(folder);
  const setup = {
    modules: { ...packaged.modules, ...rivals.modules },
    zips: { ...packaged.zips, ...rivals.zips },
    shares: await sharesOf('functions/voice.ts'),
    environment: environmentOf(database.name, replay.endpoint, database.region),
    database: database.endpoint,
  };
  const close = async () => {
    await replay.close();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { setup, close };
}

/** What the embedded DynamoDB takes. */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

function environmentOf(tableName: string, endpoint: string, region: string): Record<string, string> {
  return {
    TABLE_NAME: tableName,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    PUBLIC_URL: publicUrl,
    TWILIO_ACCOUNT_SID: 'AC0123456789abcdef0123456789abcdef',
    TWILIO_AUTH_TOKEN: token,
    AUDIO_BUCKET: 'bench',
  };
}

async function publishFlows({ name, endpoint, region }: { name: string; endpoint: string; region: string }) {
  const table = openTable(name, { endpoint, region, credentials });
  const at = new Date('2026-01-01T00:00:00Z');
  const admin = { table, who: 'bench', now: () => at, retainDays: 90 };
  for (const size of sizes) {
    await saveDraft(admin, drawing(size), { force: true });
    await publish(admin, drawingId(size));
  }
  await bindNumber(admin, '+15550100', drawingId(5));
  await writeVersion(table, tellingDrawing(), 1, { at, by: 'bench' });
  for (let version = 2; version <= freshVersions; version += 1) {
    await writeVersion(table, drawing(5), version, { at, by: 'bench' });
  }
  table.client.destroy();
}

/** The functions as `serverless package` zips them. */
function unpack(folder: string): Pick<Setup, 'modules' | 'zips'> {
  const target = join(folder, 'package');
  const serverless = join(root, 'node_modules/.bin/serverless');
  execFileSync(process.execPath, [serverless, 'package', '--package', target], { cwd: root, stdio: 'pipe' });
  const modules: Record<string, string> = {};
  const zips: Record<string, number> = {};
  for (const file of readdirSync(target).filter((name) => name.endsWith('.zip'))) {
    const name = file.slice(0, -'.zip'.length);
    const zip = readFileSync(join(target, file));
    zips[name] = zip.length;
    for (const [path, bytes] of Object.entries(unzipSync(zip))) {
      const unzipped = join(folder, name, path);
      mkdirSync(dirname(unzipped), { recursive: true });
      writeFileSync(unzipped, bytes);
      if (path === `functions/${name}.mjs`) modules[name] = unzipped;
    }
  }
  return { modules, zips };
}

/** What stands beside our function, bundled and zipped alike; and the small program that times a cold start. */
async function bundleRivals(folder: string): Promise<Pick<Setup, 'modules' | 'zips'>> {
  const modules: Record<string, string> = {};
  const zips: Record<string, number> = {};
  for (const name of ['empty', 'form', 'client', 'tutorial', 'first']) {
    const outfile = join(folder, 'rivals', name, `functions/${name}.mjs`);
    await bundle(name === 'first' ? 'bench/first.ts' : `bench/rivals/${name}.ts`, { outfile });
    modules[name] = outfile;
    zips[name] = pack({ [`functions/${name}.mjs`]: readFileSync(outfile) }).length;
  }
  return { modules, zips };
}

async function sharesOf(entry: string): Promise<Record<string, number>> {
  const { alias } = esbuildOptions();
  const { outputs } = await bundle(entry, { alias, plugins, outfile: 'unwritten.mjs', write: false });
  const shares: Record<string, number> = {};
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const share = packageOf(path);
      shares[share] = (shares[share] ?? 0) + bytesInOutput;
    }
  }
  return shares;
}

function packageOf(path: string): string {
  const [, scope, name] = /.*node_modules\/(?:(@[^/]+)\/)?([^/]+)/.exec(path) ?? [];
  return scope ?? name ?? 'branchline';
}

/** The options that `serverless.yml` gives to serverless-esbuild. */
function esbuildOptions() {
  return parse(readFileSync(join(root, 'serverless.yml'), 'utf8'), { logLevel: 'silent' }).custom.esbuild;
}

/** Bundles with those options, but for the alias and the plugins, which are tricks of ours, unless `more` has them. */
async function bundle(entry: string, more: BuildOptions): Promise<Metafile> {
  const { minify, target, platform, format, mainFields, banner, exclude: external } = esbuildOptions();
  const options = { minify, target, platform, format, mainFields, banner, external, absWorkingDir: root };
  const entryPoints = [join(root, entry)];
  return (await build({ ...options, ...more, entryPoints, bundle: true, metafile: true })).metafile;
}
