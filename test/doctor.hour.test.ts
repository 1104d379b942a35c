import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { adviceOn } from '../cli/advice.ts';
import { examineLastHour } from '../cli/lasthour.ts';
import { InternalError } from '../lib/errors.ts';
import { type Log, openLog } from '../lib/log.ts';
import { type Logs, startLogs } from './kit/cloudwatch.ts';

let logs: Logs;
let voice: Log;
const group = (name: string) => `/aws/lambda/branchline-test-${name}`;
const write = (name: string) => (line: string) => void logs.groups.get(group(name))?.push(line);

beforeAll(async () => {
  logs = await startLogs();
  const environment = {
    ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: logs.endpoint,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await logs.close();
});
beforeEach(() => {
  logs.pageSize = 10_000;
  for (const name of ['voice', 'journal', 'admin', 'media']) logs.groups.set(group(name), []);
  voice = openLog({ namespace: 'Branchline', stage: 'test' }, { write: write('voice') });
});

/** What the last hour came to, a line a finding. */
async function told(): Promise<string[]> {
  const findings = await examineLastHour('test');
  return findings.map(({ check, state, says }) => `${state} ${check}: ${says}`);
}

const fine = ['journal', 'admin', 'media'].map((name) => `fine ${name}: No errors in the last hour.`);
const whole = 'fine functions: None broke or ran into its timeout in the last hour.';

describe('the last hour of a stage', () => {
  test('without a call', async () => {
    expect(await told()).toEqual([
      'fine last hour: No call came in.',
      'fine voice: No errors in the last hour.',
      ...fine,
      whole,
    ]);
  });

  test('in order: calls, a queue, a single apology', async () => {
    for (let call = 0; call < 200; call += 1) voice.measure({ Calls: 1, Steps: 1, ResponseMs: 3 });
    for (let step = 0; step < 900; step += 1) voice.measure({ Steps: 1, ResponseMs: 3 });
    voice.measure({ Apologies: 1 }, { trouble: 'no-node' });
    for (const QueueWait of [4, 25])
      voice.measure({ Answered: 1, QueueWait, ...(QueueWait < 20 ? { AnsweredWithin20s: 1 } : {}) });
    voice.measure({ QueueWait: 90, Abandoned: 1 });
    voice.measure({ Missed: 1 });
    // Plain steps are not read: of 1,100 webhooks these are 205 lines.
    logs.pageSize = 100;
    expect((await told()).slice(0, 3)).toEqual([
      'fine last hour: The apology was heard in 1 of 200 calls (0.5 %).',
      'fine voice: No errors in the last hour.',
      'fine queue: 1 of 3 callers (33.3 %) hung up while they waited; 1 of 2 answered callers within 20 s (50.0 %); the longest wait was 90 s; rings that agents missed: 1.',
    ]);
  });

  test('in trouble: what callers heard, why, and what to do', async () => {
    const slow = new InternalError('too-slow', 'Not done within 2500 ms.');
    for (let call = 0; call < 20; call += 1) voice.measure({ Calls: 1, ResponseMs: 2500 });
    for (let call = 0; call < 4; call += 1) {
      voice.report(slow);
      voice.measure({ Apologies: 1 });
    }
    voice.report(Object.assign(new Error('x'), { name: 'ThrottlingException', $fault: 'client' }));
    voice.measure({ RefusedRings: 2 });
    write('voice')('2026-01-01T00:00:00Z 1-2-3 Task timed out after 12.00 seconds');
    openLog({ stage: 'test' }, { write: write('journal') }).report(
      new InternalError('table-busy', 'Too busy.'),
    );
    expect(await told()).toEqual([
      'wrong last hour: The apology was heard in 4 of 20 calls (20.0 %).',
      `wrong voice: 4 × too-slow: ${adviceOn('too-slow')}.`,
      'wrong voice: 1 × ThrottlingException: AWS throttles the table: one partition is too hot, or the table grew faster than on-demand capacity does.',
      'wrong rings: Rings that the carrier did not begin: 2. Look at the token, the balance and the account there, and at the endpoints of agents.',
      `wrong journal: 1 × table-busy: ${adviceOn('table-busy')}`,
      ...fine.slice(1),
      'wrong functions: Broke or ran into the timeout in the last hour: voice (1). Their logs say why.',
    ]);
  });

  test('with connections that failed: how often they were not asked, and whether they answer again', async () => {
    for (const code of ['bank', 'bank', 'crm']) voice.measure({ PausedConnections: 1 }, { code });
    voice.measure({ ResumedConnections: 1 }, { code: 'bank' });
    expect((await told()).filter((each) => each.includes('connection:'))).toEqual([
      expect.stringMatching(/^wrong connection: bank .*, 2 times; it answers again since 2/),
      expect.stringMatching(/^wrong connection: crm .*, once; it has not answered since: look/),
    ]);
  });

  test('that cannot be read is not wrong', async () => {
    logs.groups.clear();
    expect(await told()).toEqual([
      expect.stringMatching(
        /^unseen last hour: Not checked: \/aws\/lambda\/branchline-test-voice cannot be read: /,
      ),
    ]);
  });
});

test.each(['ECONNREFUSED', 'TimeoutError', 'AccessDeniedException', 'odd'])(
  'there is advice on %s',
  (code) => {
    expect(adviceOn(code)).not.toBe('');
  },
);
