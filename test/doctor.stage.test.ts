import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { main as deploy } from '../cli/deploy.ts';
import { examineStage } from '../cli/deployed.ts';
import { main as doctor } from '../cli/doctor.ts';
import { saveDraft } from '../lib/admin/flows.ts';
import { bindNumber, unbindNumber } from '../lib/admin/numbers.ts';
import { publish } from '../lib/admin/publish.ts';
import { type Logs, startLogs } from './kit/cloudwatch.ts';
import { runCommand } from './kit/command.ts';
import { type DescribedDynamo, deployed, startDescribedDynamo } from './kit/describeddynamo.ts';
import { type Endpoint, startEndpoint } from './kit/endpoint.ts';
import { loadFunction } from './kit/loadfunction.ts';
import { type Recorder, startRecorder } from './kit/recorder.ts';
import { greeting } from './kit/sampleflows.ts';
import { type ParameterStore, startParameterStore } from './kit/ssm.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

const number = '+15550100';
const token = '/branchline/test/twilio-auth-token';
const address = '/branchline/test/public-url';

let table: TestTable;
let account: DescribedDynamo;
let logs: Logs;
let ssm: ParameterStore;
let voice: Endpoint;
let carrier: Recorder;
let shown: Record<string, unknown>;
let environment: Record<string, string>;

beforeAll(async () => {
  [table, ssm, voice, carrier] = await Promise.all([
    startTestTable(),
    startParameterStore(),
    startEndpoint(),
    startRecorder(),
  ]);
  account = await startDescribedDynamo(table.endpoint);
  logs = await startLogs();
  for (const name of ['voice', 'journal', 'admin', 'media'])
    logs.groups.set(`/aws/lambda/branchline-test-${name}`, []);
  const admin = { table, who: 'test', now: () => new Date(), retainDays: 90 };
  await saveDraft(admin, greeting('hello'));
  await publish(admin, 'hello');
  await bindNumber(admin, number, 'hello');
  environment = {
    AWS_REGION: table.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    AWS_ENDPOINT_URL_DYNAMODB: account.endpoint,
    AWS_ENDPOINT_URL_SSM: ssm.endpoint,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: logs.endpoint,
    TWILIO_API_URL: carrier.url,
    TWILIO_ACCOUNT_SID: 'AC1',
  };
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await account.close();
  await Promise.all([table.close(), logs.close(), ssm.close(), voice.close(), carrier.close()]);
});

beforeEach(async () => {
  ssm.values.set(token, 'next,current');
  ssm.values.set(address, voice.url);
  account.settings = deployed;
  shown = {
    sid: 'PN1',
    phone_number: number,
    voice_url: `${voice.url}/voice/incoming`,
    voice_fallback_url: `${voice.url}/voice/fallback`,
    status_callback: `${voice.url}/voice/status`,
  };
  carrier.answer = () => [200, { incoming_phone_numbers: [shown] }];
  vi.unstubAllEnvs();
  const functions = { TABLE_NAME: table.name, PUBLIC_URL: voice.url, TWILIO_AUTH_TOKEN: 'current,next' };
  for (const [name, value] of Object.entries({ ...environment, ...functions })) vi.stubEnv(name, value);
  voice.handler = await loadFunction('voice');
  for (const name of ['PUBLIC_URL', 'TWILIO_AUTH_TOKEN']) vi.stubEnv(name, undefined);
});

/** What is wrong with the stage, each as `check: what it says`. */
async function wrong(stage = 'test'): Promise<string[]> {
  const findings = await examineStage(stage);
  return findings.filter(({ state }) => state === 'wrong').map(({ check, says }) => `${check}: ${says}`);
}

test('a stage that is in order', async () => {
  const findings = await examineStage('test');
  expect(findings.map(({ check, state, says }) => `${state} ${check}: ${says}`)).toEqual([
    'fine credentials: AWS credentials are there; the region is us-east-1.',
    'fine table: branchline-test is on demand, protected, expires items and can be restored.',
    'fine token: There are 2 auth tokens; REST uses the first.',
    `fine address: The carrier calls ${voice.url}.`,
    `fine webhooks: ${voice.url}/voice answers requests signed with an auth token with TwiML, and refuses all others, also those that Twilio signs with a shared key.`,
    'fine holidays: There are no schedules.',
    'fine messages: No message of a caller is left at the carrier.',
    'fine +15550100: Callers hear version 1 of hello.',
    'fine +15550100: The carrier calls the webhooks of this stage for it.',
    'fine last hour: No call came in.',
    ...['voice', 'journal', 'admin', 'media'].map((name) => `fine ${name}: No errors in the last hour.`),
    'fine functions: None broke or ran into its timeout in the last hour.',
  ]);
});

describe('a stage that is not', () => {
  test('for want of a region, or of credentials', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    expect(await wrong()).toEqual([
      'credentials: No AWS region is set: set AWS_REGION to where the stage is.',
    ]);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    expect((await wrong()).join()).toMatch(/^credentials: No AWS credentials were found: set AWS_PROFILE/);
  });

  test('because nothing was deployed', async () => {
    const found = await wrong('nowhere');
    expect(found[0]).toMatch(/^table: There is no table branchline-nowhere in this account and region/);
    expect(found[1]).toMatch(/^token: The parameter \/branchline\/nowhere\/twilio-auth-token cannot be read/);
    expect(found[2]).toMatch(/^address: The parameter \/branchline\/nowhere\/public-url cannot be read/);
    expect(found).toHaveLength(3);
  });

  test('because somebody changed the table', async () => {
    account.settings = {
      DescribeTable: { DeletionProtectionEnabled: false, GlobalSecondaryIndexes: [] },
      DescribeTimeToLive: { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } },
      DescribeContinuousBackups: { ContinuousBackupsDescription: { ContinuousBackupsStatus: 'DISABLED' } },
    };
    const [found = ''] = await wrong();
    expect(found).toMatch(/^table: branchline-test: .*Deploy the stage again to set it right\.$/);
    for (const part of ['index of lists', 'do not expire', 'no point-in-time recovery', 'not protected']) {
      expect(found).toContain(part);
    }
    expect(found).not.toContain('still being made');
  });

  test('because the token here is not the one there', async () => {
    ssm.values.set(token, 'another');
    expect((await wrong()).join()).toMatch(/^webhooks: \S+ refuses a signed request/);
    ssm.values.set(token, ',');
    expect((await wrong()).join()).toBe(
      `token: The parameter ${token} must be a token, or several with commas between.`,
    );
  });

  test('because something else is at its address', async () => {
    ssm.values.set(address, carrier.url);
    carrier.answer = ({ method }) =>
      method === 'POST' ? [404, {}] : [200, { incoming_phone_numbers: [shown] }];
    const found = await wrong();
    expect(found[0]).toMatch(/^webhooks: .* answers 404 to a request without a signature, not 403/);
    expect(found[1]).toMatch(/^\+15550100: The carrier calls .* for it: bind it again with .* --connect\.$/);
  });

  test('because what a number is bound to was never published', async () => {
    const admin = { table, who: 'test', now: () => new Date(), retainDays: 90 };
    await saveDraft(admin, greeting('draft'));
    await bindNumber(admin, '+15550101', 'draft');
    expect(await wrong()).toContain(
      '+15550101: Callers hear an apology: publish draft by npx branchline flows publish draft --stage test.',
    );
    await unbindNumber(admin, '+15550101');
  });

  test.each([
    [
      { trunk_sid: 'TK1' },
      'At the carrier, +15550100 calls no webhook, as the trunk TK1 takes its calls: remove the number from the trunk there, then bind it again with --connect.',
    ],
    [
      { capabilities: { voice: false } },
      '+15550100 takes no voice calls: its capabilities at the carrier do not hold voice. Bind a number that has them.',
    ],
    [
      { voice_receive_mode: 'fax' },
      'The carrier takes faxes, not calls, for it: bind it again with npx branchline flows bind +15550100 hello --stage test --connect.',
    ],
  ])('because its number brings no calls: %j', async (fields, message) => {
    shown = { ...shown, ...fields };
    expect(await wrong()).toEqual([`+15550100: ${message}`]);
  });
});

test('without the account at the carrier its numbers are not looked at, and that is not wrong', async () => {
  vi.stubEnv('TWILIO_ACCOUNT_SID', undefined);
  const last = (await examineStage('test')).findLast(({ check }) => check === number);
  expect(last).toEqual({
    check: number,
    state: 'unseen',
    says: 'Not checked: TWILIO_ACCOUNT_SID is not set.',
  });
});

test('numbers that are not checked are named', async () => {
  const numbers = (findings: Awaited<ReturnType<typeof examineStage>>) =>
    findings.filter(({ check }) => check === 'numbers').map(({ state, says }) => `${state}: ${says}`);
  expect(numbers(await examineStage('nowhere'))).toEqual([expect.stringMatching(/^unseen: Not checked: /)]);
  vi.stubEnv('TWILIO_ACCOUNT_SID', undefined);
  const admin = { table, who: 'test', now: () => new Date(), retainDays: 90 };
  const more = ['+15550111', '+15550112'];
  for (const each of more) await bindNumber(admin, each, 'hello');
  const findings = await examineStage('test', 2);
  expect(numbers(findings)).toEqual(['unseen: Only the first 2 numbers were checked.']);
  expect(findings.filter(({ check }) => check === '+15550112')).toEqual([]);
  for (const each of more) await unbindNumber(admin, each);
});

describe('the command', () => {
  const run = (...args: string[]) => runCommand(doctor, args, environment);

  test('says in JSON what it found, and exits with 0 when nothing is wrong', async () => {
    const { code, out } = await run('--stage', 'test', '--json');
    const { fine, findings } = JSON.parse(out);
    expect({ code, fine, count: findings.length }).toEqual({ code: 0, fine: true, count: 15 });
    expect(out).not.toMatch(/next|current/);
  });

  test('exits with 1 when something is wrong', async () => {
    ssm.values.delete(address);
    const { code, out } = await run('--stage', 'test');
    expect(code).toBe(1);
    expect(out).toMatch(/^WRONG {2}address {6}The parameter/m);
  });

  test('exits with 2 when it is used wrongly', async () => {
    expect(await run('--stage', '../x')).toMatchObject({ code: 2, out: '' });
    expect((await run('--stag')).err).toContain('Usage: branchline doctor');
  });
});

const given = { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}` };

test.each([
  [{}, 'TWILIO_ACCOUNT_SID is not set.'],
  [{ TWILIO_ACCOUNT_SID: 'A C' }, 'TWILIO_ACCOUNT_SID must be '],
  [{ TWILIO_ACCOUNT_SID: 'AC1' }, 'TWILIO_ACCOUNT_SID must be '],
  [{ ...given, RETAIN_DAYS: 'x' }, 'RETAIN_DAYS must be '],
  [{ ...given, LOG_DAYS: '8' }, 'LOG_DAYS must be a span that CloudWatch allows: 1, 3, 5, 7, '],
  [{ ...given, TWILIO_API_KEY_SID: 'AC1' }, 'TWILIO_API_KEY_SID must be '],
  [{ ...given, DEFAULT_LANGUAGE: 'x' }, 'DEFAULT_LANGUAGE must be '],
  [{ ...given, SECOND_FACTOR: 'off' }, 'SECOND_FACTOR must be required or optional'],
  [{ ...given, VOICE_CONCURRENCY: '0' }, 'VOICE_CONCURRENCY must be '],
])('a deployment that could answer no call is stopped before it begins: %j', async (variables, why) => {
  const { code, out, err } = await runCommand(deploy, ['--stage', 'test'], {
    TWILIO_ACCOUNT_SID: '',
    ...variables,
  });
  expect({ code, out, err }).toEqual({
    code: 1,
    out: '',
    err: expect.stringMatching(`^Nothing is deployed: ${why}`),
  });
});

test.each([
  ['aws-test', 'aws'],
  ['laws', 'aws'],
  ['my-amazon', 'amazon'],
  ['cognito', 'cognito'],
])('a stage cannot be called %s: Cognito would refuse its host name half-way', async (stage, word) => {
  for (const command of [deploy, doctor]) {
    const { code, err } = await runCommand(command, [`--stage=${stage}`], {});
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining(
        `--stage cannot be "${stage}": Cognito refuses host names that hold "${word}".`,
      ),
    });
  }
});

test('how to deploy is told without any set-up, and a stage that cannot be is refused', async () => {
  expect(await runCommand(deploy, ['--help'], {})).toMatchObject({ code: 0, err: '' });
  for (const stage of ['', 'Test', 'a-', 'x'.repeat(24)]) {
    expect(await runCommand(deploy, [`--stage=${stage}`], {})).toMatchObject({ code: 2, out: '' });
  }
});
