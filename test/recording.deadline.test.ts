import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRecordings } from '../lib/calls/recording.ts';
import { createTokens } from '../lib/carrier/tokens.ts';
import { openTable, type Table } from '../lib/store/table/table.ts';
import { eventOf, publicUrl, tokens } from './kit/webhook.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new Promise<never>(() => undefined);

/** The carrier gives up after 15 s, and learns nothing of what comes then. */
const inTimeMs = 14_000;

/** A table whose requests come to what is given. */
function answering(answer: () => Promise<unknown>): Table {
  const table = openTable('branchline', { region: 'us-east-1' });
  table.client.send = answer as typeof table.client.send;
  return table;
}

/** Posts the callback of a recording; answers what it came to after 14 s, and the errors that were reported. */
async function postReady(table: Table, collect: () => Promise<void>) {
  const reported: unknown[] = [];
  const handler = createRecordings({
    ...{ publicUrl, table, retainDays: 90, now: () => new Date(), write: () => undefined, collect },
    tokens: createTokens(tokens, { onFault: () => undefined }),
    report: (error) => void reported.push(error),
  });
  const recording = { RecordingSid: 'RE1', RecordingStatus: 'completed', RecordingDuration: '0' };
  const answer = handler(eventOf('/voice/recording?mailbox=sales', { CallSid: 'CA1', ...recording }));
  await vi.advanceTimersByTimeAsync(inTimeMs);
  return { answer: await answer, reported };
}

const tooSlow = expect.objectContaining({ code: 'too-slow' });

test('the carrier is told in time that a recording was kept whose sound is not moved yet', async () => {
  const { answer, reported } = await postReady(
    answering(async () => ({})),
    () => never,
  );
  expect(answer.statusCode).toBe(200);
  expect(reported).toEqual([tooSlow]);
  expect(vi.getTimerCount()).toBe(0);
});

test('the carrier is told in time that a recording was not kept', async () => {
  const { answer, reported } = await postReady(
    answering(() => never),
    async () => undefined,
  );
  expect(answer.statusCode).toBe(500);
  expect(reported).toEqual([tooSlow]);
});
