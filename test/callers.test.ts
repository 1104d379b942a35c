import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { forgetCaller } from '../lib/admin/callers.ts';
import { fileLines } from '../lib/calls/filing.ts';
import { fetchCalls } from '../lib/store/calls/calls.ts';
import { claimHourly } from '../lib/store/calls/hourly.ts';
import { fetchChanges } from '../lib/store/settings/audit.ts';
import { collectPage } from '../lib/store/table/page.ts';
import { openAgain, scan, startTestTable, type TestTable } from './kit/table.ts';

const at = new Date('2026-07-01T12:00:00.000Z');
const own = '+15550100';
let table: TestTable;
let admin: Admin;

beforeAll(async () => {
  table = await startTestTable();
  admin = { table, who: 'ann', now: () => at, retainDays: 90 };
});
afterAll(() => table.close());

/** Files calls of an address that are over, one a minute, the newest an hour ago. */
async function fileCalls(from: string, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, place) => {
    const callSid = `CA${from.replace(/[^a-z0-9]/g, '')}x${place}`;
    const startedAt = new Date(at.getTime() - 3_600_000 - place * 60_000).toISOString();
    const told = [
      { from, to: own },
      { status: 'completed', durationSeconds: 5 },
    ];
    return told.map((each) => JSON.stringify({ journal: 2, at: startedAt, callSid, ...each }));
  });
  await fileLines(table, lines.flat(), 90);
}

function callsOf(from: string) {
  return collectPage((paging) => fetchCalls(table, { from, ...paging }));
}

/** The table of a request whose time is up after it has read the lists some times. */
function outOfTimeAfter(listed: number) {
  const trouble = openAgain(table, { maxAttempts: 1 });
  let count = 0;
  trouble.client.middlewareStack.add(
    (next) => (args) => {
      if ('IndexName' in args.input) count += 1;
      if (count > listed) throw new Error('Time is up.');
      return next(args);
    },
    { step: 'initialize', name: 'outOfTime' },
  );
  return trouble;
}

test('requests that run out of time forget a caller of many calls one after the other', async () => {
  const caller = '+15550144';
  const address = `sip:${caller}@pbx.example`;
  await fileCalls(caller, 120);
  await fileCalls(address, 1);
  await claimHourly(table, 'messages', address, 'CAsip-1-1', at);
  const left = new Set<number>();
  for (let listed = 0; (await callsOf(caller)).length > 0; listed += 1) {
    const trouble = outOfTimeAfter(listed);
    const [outcome] = await Promise.allSettled([forgetCaller({ ...admin, table: trouble }, caller)]);
    trouble.destroy();
    left.add((await callsOf(caller)).length);
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ message: 'Time is up.' });
  }
  expect([...left]).toEqual([121, 21, 0]);
  expect(JSON.stringify(await scan(table))).not.toContain(caller);
  const { items } = await fetchChanges(table);
  expect(new Set(items.map(({ did }) => did))).toEqual(new Set(['forget']));
  const told = items.map(({ after }) => (after as { readonly calls: number }).calls);
  expect(told.sort((one, other) => one - other)).toEqual([21, 100]);
});
