import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { main } from '../cli/calls.ts';
import { fetchCall } from '../lib/store/calls/calls.ts';
import { get } from '../lib/store/table/table.ts';
import { runCommand } from './kit/command.ts';
import { wholeCall } from './kit/journallines.ts';
import { startServer, type TestServer } from './kit/server.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
let aws: TestServer;
/** The pages of the log by their token, the questions asked of it, and what the journal function is set up with. */
let pages: Record<string, { lines: string[]; next?: string }>;
let asked: Record<string, unknown>[];
let variables: Record<string, string> | undefined;

beforeAll(async () => {
  table = await startTestTable();
  aws = await startServer(async (request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    // https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
    if (request.url === '/2015-03-31/functions/branchline-test-journal/configuration') {
      if (variables === undefined) return answer(404, { Type: 'User', message: 'Function not found' });
      return answer(200, { Environment: { Variables: variables } });
    }
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
    expect(request.headers['x-amz-target']).toBe('Logs_20140328.FilterLogEvents');
    const question = (await json(request)) as { nextToken?: string };
    asked.push(question);
    const page = pages[question.nextToken ?? ''];
    if (page === undefined)
      return answer(400, { __type: 'ResourceNotFoundException', message: 'no such log' });
    const events = page.lines.map((message) => ({ message: `${message}\n`, timestamp: 0 }));
    return answer(200, { events, nextToken: page.next });
  });
});
afterAll(async () => {
  await aws.close();
  await table.close();
});
beforeEach(() => {
  const [first = '', ...rest] = wholeCall('CArefiled');
  pages = { '': { lines: [first, '{"journal":1,"at":"cut'], next: 'n1' }, n1: { lines: rest } };
  asked = [];
  variables = { RETAIN_DAYS: '30' };
});

function calls(...words: string[]) {
  const { url } = aws;
  return runCommand(main, words, {
    DATA_DIR: '/nowhere',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url,
    AWS_ENDPOINT_URL_LAMBDA: url,
    AWS_REGION: table.region,
    AWS_ACCESS_KEY_ID: table.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: table.credentials.secretAccessKey,
  });
}

const since = ['--since', '2025-12-31'];
const stage = ['--stage', 'test'];

test('records are made from all pages of the log, and come out the same when it is done again', async () => {
  const made = await calls('refile', ...since, '--until', '2026-01-02T00:00:00Z', ...stage);
  const count = wholeCall('CArefiled').length + 1;
  const out = `Made 1 record from ${count} lines of the log since 2025-12-31T00:00:00.000Z. 1 of them could not be read.\n`;
  expect(made).toMatchObject({ code: 0, out, err: '' });
  const question = {
    logGroupName: '/aws/lambda/branchline-test-voice',
    filterPattern: '{ $.journal > 0 }',
    startTime: Date.UTC(2025, 11, 31),
    endTime: Date.UTC(2026, 0, 2) - 1,
  };
  expect(asked).toEqual([question, { ...question, nextToken: 'n1' }]);
  const record = await fetchCall(table, 'CArefiled');
  expect(record).toMatchObject({ endReason: 'nobody-online', missing: [] });
  const item = await get(table, { pk: 'call#CArefiled', sk: 'call' });
  expect(Number(item?.expiresAt?.N)).toBeLessThanOrEqual(Date.UTC(2026, 1, 2) / 1000);

  const again = await calls('refile', ...since, ...stage, '--json');
  expect(JSON.parse(again.out)).toEqual({ calls: 1, lines: count, unread: 1 });
  expect(await fetchCall(table, 'CArefiled')).toEqual(record);
});

test.each([
  [['refile', ...since], 2, 'refile reads the log of a deployed stage: --stage NAME'],
  [['refile', ...stage], 2, 'refile needs --since TIME'],
  [['refile', '--since', 'yesterday', ...stage], 2, '`--since` must be a time'],
  [['refile', ...since, ...stage, '--flow', 'demo'], 2, 'takes no --flow'],
  [['refile', 'CA1', ...since, ...stage], 2, 'takes no "CA1"'],
])('%j is refused with %i', async (words, code, message) => {
  const { err, ...refused } = await calls(...words);
  expect(refused).toMatchObject({ code, out: '' });
  expect(err).toContain(message);
  expect(asked).toEqual([]);
});

test('a stage that is not there, or says nothing, is told in one line', async () => {
  pages = {};
  const { code, err } = await calls('refile', ...since, ...stage);
  expect([code, err]).toEqual([1, 'The log /aws/lambda/branchline-test-voice cannot be read: no such log\n']);
  variables = {};
  expect((await calls('refile', ...since, ...stage)).err).toMatch(
    /^The function branchline-test-journal does not say/,
  );
  variables = undefined;
  expect((await calls('refile', ...since, ...stage)).err).toMatch(
    /^The function branchline-test-journal cannot be read: /,
  );
});
