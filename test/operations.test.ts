import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hideFlow, saveDraft } from '../lib/admin/flows.ts';
import { bindNumber, unbindNumber } from '../lib/admin/numbers.ts';
import { publish } from '../lib/admin/publish.ts';
import { putSchedule } from '../lib/admin/schedules.ts';
import { wholeCall } from './kit/journallines.ts';
import { greeting } from './kit/sampleflows.ts';
import { createShell, shellLines } from './kit/shell.ts';
import { number, parameterOf, type Stages, startStages } from './kit/stages.ts';

/** A line of the page, and what comes of it. */
interface Step {
  readonly line: string;
  /** What it prints; with `taken` it is only looked whether its commands would be taken. */
  readonly says: RegExp | 'taken';
  /** What is typed for a `read`. */
  readonly typed?: string;
  readonly before?: () => unknown;
  readonly after?: () => unknown;
}

const page = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'branchline-operations-'));
const clone = join(folder, 'clone');
let stages: Stages;
const shell = createShell(folder, () => stages.environment, ['office.flow.json']);
beforeAll(async () => {
  // Two hours after the times that the page names.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-31T11:00:00.000Z') });
  stages = await startStages();
  const { prod, next } = stages;
  for (const text of ['One.', 'Two.', 'Three.', 'Four.']) await release(text);
  await saveDraft(prod, greeting('hello'));
  await publish(prod, 'hello');
  await bindNumber(prod, number, 'hello');
  await putSchedule(prod, {
    id: 'office',
    name: 'Office',
    timeZone: 'Asia/Shanghai',
    weekly: { sat: [['09:00', '22:00']] },
  });
  await saveDraft(next, greeting('office'));
  await publish(next, 'office');
  makeClone();
});
afterAll(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

async function release(text: string): Promise<void> {
  await saveDraft(stages.prod, greeting('office', text), { force: true });
  await publish(stages.prod, 'office');
}

/** A clone of a repository with two releases, at the second. */
function makeClone(): void {
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  const git = (...words: string[]) =>
    execFileSync('git', [...author, ...words], { cwd: folder, stdio: 'pipe' });
  git('init', '-q', 'origin');
  for (const tag of ['v0.1.0', 'v0.2.0']) {
    git('-C', 'origin', 'commit', '-q', '--allow-empty', '-m', tag);
    git('-C', 'origin', 'tag', tag);
  }
  git('clone', '-q', 'origin', 'clone');
}

const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);
const tokens = () => stages.ssm.values.get(parameterOf('prod', 'twilio-auth-token'));
const inOrder = /^(?!.*wrong)/s;
const nothing = /^$/;

const put =
  'printf %s "$TOKENS" | aws ssm put-parameter --name /branchline/prod/twilio-auth-token --type SecureString --overwrite --value file:///dev/stdin';
const doctor = (stage = 'prod', rest: Partial<Step> = {}): Step => ({
  ...{ line: `npx branchline doctor --stage ${stage}`, says: inOrder },
  ...rest,
});

const steps: readonly Step[] = [
  doctor(),
  { line: 'npx branchline calls --stage prod --since 2026-01-31T09:00:00Z', says: /^No call fits/ },
  {
    line: 'git fetch --tags && git checkout v0.1.0',
    says: nothing,
    after: () => expect(checkedOut()).toBe('v0.1.0'),
  },
  { line: 'npm ci && npm test', says: 'taken' },
  { line: 'npx branchline deploy --stage prod', says: 'taken' },
  doctor(),
  {
    line: 'git checkout "$(git describe --tags --abbrev=0 HEAD~1)"',
    says: nothing,
    before: () => shell.run('git checkout -q v0.2.0'),
    after: () => expect(checkedOut()).toBe('v0.1.0'),
  },
  { line: 'npm ci && npx branchline deploy --stage prod', says: 'taken' },
  doctor(),
  {
    line: 'npx branchline flows list --stage prod',
    says: /^hello .*\+12025550123.*\noffice +version 4 is live/,
  },
  { line: 'npx branchline flows live office 3 --stage prod', says: /^office: version 3 is live/ },
  {
    line: 'npx branchline schedules close office --until 2026-10-01T22:00:00+08:00 --stage prod',
    says: /^office is closed until 2026-10/,
  },
  { line: 'npx branchline schedules auto office --stage prod', says: /^office is open/ },
  { line: 'read -rs TOKENS', says: nothing, typed: 'old-token,new-token' },
  { line: put, says: nothing, after: () => expect(tokens()).toBe('old-token,new-token') },
  doctor('prod', { says: /There are 2 auth tokens/, after: rotated }),
  {
    line: 'aws dynamodb restore-table-to-point-in-time --source-table-name branchline-prod --target-table-name branchline-before --restore-date-time 2026-01-31T09:00:00Z',
    says: nothing,
    before: loseOffice,
  },
  { line: 'aws dynamodb wait table-exists --table-name branchline-before', says: nothing },
  { line: 'npx branchline flows list --stage before', says: /^office +version 3 is live/m },
  {
    line: 'npx branchline flows pull office --stage before --output office.flow.json',
    says: /^office: office\.flow\.json holds the draft/,
  },
  {
    line: 'npx branchline flows push office.flow.json --stage prod',
    says: /^office: the draft is office\.flow\.json/,
  },
  {
    line: 'npx branchline flows publish office --stage prod --note "Restored as of 09:00"',
    says: /^office: version 6 is live/,
  },
  {
    line: `npx branchline flows bind ${number} office --stage prod`,
    says: /reaches office, before hello/,
    after: backAgain,
  },
  { line: 'aws dynamodb delete-table --table-name branchline-before', says: nothing },
  {
    line: 'BACKUP=$(aws dynamodb create-backup --table-name branchline-before --backup-name before --query BackupDetails.BackupArn --output text)',
    says: /^arn:aws:dynamodb:/,
    before: wreck,
  },
  {
    line: 'aws dynamodb update-table --table-name branchline-prod --no-deletion-protection-enabled',
    says: nothing,
  },
  { line: 'aws dynamodb delete-table --table-name branchline-prod', says: nothing },
  { line: 'aws dynamodb wait table-not-exists --table-name branchline-prod', says: nothing },
  {
    line: 'aws dynamodb restore-table-from-backup --target-table-name branchline-prod --backup-arn "$BACKUP"',
    says: nothing,
  },
  {
    line: 'aws dynamodb wait table-exists --table-name branchline-prod',
    says: nothing,
    after: async () => expect(await doctorSays()).toMatch(/do not expire.*no point-in-time.*not protected/),
  },
  {
    line: 'aws dynamodb update-time-to-live --table-name branchline-prod --time-to-live-specification Enabled=true,AttributeName=expiresAt',
    says: nothing,
  },
  {
    line: 'aws dynamodb update-continuous-backups --table-name branchline-prod --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true',
    says: nothing,
  },
  {
    line: 'aws dynamodb update-table --table-name branchline-prod --deletion-protection-enabled',
    says: nothing,
  },
  doctor('prod', { after: backAgain }),
  { line: 'aws dynamodb delete-table --table-name branchline-before', says: nothing },
  { line: 'aws dynamodb delete-backup --backup-arn "$BACKUP"', says: nothing },
  { line: `npx branchline flows bind ${number} office --stage prod`, says: /reaches office/ },
  {
    line: `npx branchline flows bind ${number} office --stage next --connect`,
    says: /reaches office/,
    after: () =>
      expect(stages.shown.voice_url).toContain(stages.ssm.values.get(parameterOf('next', 'public-url'))),
  },
  doctor('next'),
  { line: `npx branchline flows unbind ${number} --stage prod`, says: /reaches no flow, before office\.$/ },
  {
    line: 'npx branchline calls refile --since 2026-01-31T09:00:00Z --stage prod',
    says: /^Made 1 record from 4 lines/,
    before: () => lost(),
  },
  {
    line: 'npx branchline calls forget +15550199 --stage prod',
    says: /^\+15550199: deleted 1 call and 0 messages\./,
  },
];

/** Both tokens sign while both are there; after the page's three lines again, with the new one alone, the old one does not. */
async function rotated(): Promise<void> {
  pass(5 * 60 + 1);
  await shell.run('read -rs TOKENS', 'new-token');
  await shell.run(put);
  expect(await doctorSays()).toMatch(/There is one auth token/);
}

/** A program overwrites the flow, after the time that is restored, and publishes that. */
async function loseOffice(): Promise<void> {
  await stages.backups.remember('branchline-prod');
  await saveDraft(stages.prod, greeting('office', 'Nonsense.'), { force: true });
  await publish(stages.prod, 'office');
}

/** A program deletes much; the table as it was at the time is restored beside it once more. */
async function wreck(): Promise<void> {
  await stages.backups.remember('branchline-prod');
  await unbindNumber(stages.prod, number);
  for (const flow of ['office', 'hello']) await hideFlow(stages.prod, flow);
  const restore = /restore-table-to|wait table-exists .*-before/;
  for (const line of shellLines(page).filter((each) => restore.test(each))) await shell.run(line);
}

/** The journal has missed a call of the caller who is forgotten after it. */
function lost(): void {
  const missed = wholeCall('CAmissed').map((line) => line.replace('+15550123', '+15550199'));
  stages.logs.groups.set('/aws/lambda/branchline-prod-voice', missed);
}

async function doctorSays(): Promise<string> {
  return (await shell.branchline('doctor --stage prod')).out;
}

async function backAgain(): Promise<void> {
  const { out } = await shell.branchline('flows list --stage prod');
  expect(out).toMatch(/^office +version 6 is live +\+12025550123/m);
}

test('every line of docs/operations.md does what it says', async () => {
  expect(shellLines(page)).toEqual(steps.map(({ line }) => line));
  for (const { line, says, typed, before, after } of steps) {
    await before?.();
    if (says === 'taken') await shell.takes(line);
    else expect([line, await shell.run(line, typed)]).toEqual([line, expect.stringMatching(says)]);
    await after?.();
  }
}, 120_000);

function checkedOut(): string {
  return execFileSync('git', ['describe', '--tags'], { cwd: clone, encoding: 'utf8' }).trim();
}
