import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { main as agents } from '../cli/agents.ts';
import { main } from '../cli/flows.ts';
import { putAgent } from '../lib/admin/agents.ts';
import { saveDraft } from '../lib/admin/flows.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { fetchChanges } from '../lib/store/settings/audit.ts';
import { runCommand } from './kit/command.ts';
import { greeting } from './kit/sampleflows.ts';
import { startServer, type TestServer } from './kit/server.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

const ann = 'arn:aws:iam::123456789012:user/ann';
const bob = 'arn:aws:sts::123456789012:assumed-role/Admin/bob';

const folder = mkdtempSync(join(tmpdir(), 'branchline-stage-'));
let table: TestTable;
let sts: TestServer;
/** Whom AWS takes the credentials for; nobody where it does not answer. */
let caller: string | undefined;

beforeAll(async () => {
  table = await startTestTable();
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  sts = await startServer((_, response) => {
    const result = `<GetCallerIdentityResult><Arn>${caller}</Arn></GetCallerIdentityResult>`;
    const body = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</GetCallerIdentityResponse>`;
    response.writeHead(caller === undefined ? 403 : 200, { 'content-type': 'text/xml' }).end(body);
  });
  const office = { table, who: 'office', now: () => new Date(), retainDays: 90 };
  await putAgent(office, { staffNo: '1001', name: 'Ann', endpoint: 'client:ann', skillGroups: [] });
});
afterAll(async () => {
  await sts.close();
  await table.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  caller = ann;
});

const aws = () => ({
  AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
  AWS_ENDPOINT_URL_STS: sts.url,
  AWS_REGION: table.region,
  AWS_ACCESS_KEY_ID: table.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: table.credentials.secretAccessKey,
});

function flows(...words: string[]) {
  return runCommand(main, [...words, '--stage', 'test'], aws());
}

function file(name: string, flow: Flow): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(flow));
  return path;
}

/** Who did what last, as the audit has it. */
async function lastChange() {
  const { items } = await fetchChanges(table, { limit: 1 });
  return [items[0]?.who, items[0]?.did];
}

test('the table of the stage is used, with the credentials of the environment', async () => {
  await saveDraft({ table, who: 'bob', now: () => new Date(), retainDays: 90 }, greeting('deployed'));
  const { code, out } = await flows('list', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    flows: expect.arrayContaining([expect.objectContaining({ id: 'deployed' })]),
  });
});

test('a stage that is not there is named', async () => {
  const { code, err } = await runCommand(main, ['list', '--stage', 'nowhere'], aws());
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringContaining('no table branchline-nowhere in this AWS account'),
  });
});

test('on a deployed stage a change is made by an IAM identity, and another one overwrites it by force only', async () => {
  const first = file('first.flow.json', greeting('shared'));
  const second = file('second.flow.json', greeting('shared', 'Good day.'));
  expect(await flows('push', first)).toMatchObject({ code: 0 });
  expect(await lastChange()).toEqual([ann, 'create']);
  expect(await flows('push', second)).toMatchObject({ code: 0 });
  caller = bob;
  const refused = await flows('push', first);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining(`changes that ${ann} saved`) });
  expect(await flows('push', first, '--force')).toMatchObject({ code: 0 });
  expect(await lastChange()).toEqual([bob, 'save']);
  expect(await runCommand(agents, ['break', '1001', '--stage', 'test'], aws())).toMatchObject({ code: 0 });
  expect(await lastChange()).toEqual([bob, 'set-presence']);
});

test('where AWS does not tell whose the credentials are, the audit names the tool', async () => {
  caller = undefined;
  expect(await flows('push', file('other.flow.json', greeting('other')))).toMatchObject({ code: 0 });
  expect(await lastChange()).toEqual(['cli', 'create']);
});
