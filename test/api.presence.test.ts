import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { putAgent, setPresence } from '../lib/admin/agents.ts';
import { putGroup } from '../lib/admin/groups.ts';
import { createQueue } from '../lib/queue/queue.ts';
import { keepEntry } from '../lib/store/queue/entries.ts';
import { application } from './kit/application.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.close());

const accountSid = 'AC00000000000000000000000000000000';
const now = () => new Date();

/** An admin whose carrier answers each REST call with one answer, and what that carrier was asked. */
async function withCarrier(answer: { status: number; body: string }) {
  const path = `/2010-04-01/Accounts/${accountSid}/Calls.json`;
  const { origin, asked } = await application({
    [path]: { ...answer, headers: { 'content-type': 'application/json' } },
  });
  const config = {
    publicUrl: 'https://phones.example.org',
    authTokens: ['secret'],
    accountSid,
    apiUrl: origin,
  };
  const queue = createQueue({ ...config, tableName: table.name }, { table, now, onFault: () => {} });
  const admin: Admin = { table, who: 'ann', now, retainDays: 90, queue };
  return { admin, asked };
}

test('who comes online is rung at once for a caller who waits, and once', async () => {
  const { admin, asked } = await withCarrier({ status: 201, body: '{"sid":"CAleg"}' });
  await putGroup(admin, { id: 'sales', name: 'Sales', ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100 });
  await putAgent(admin, {
    staffNo: '1',
    name: 'Bob',
    endpoint: 'sip:bob@example.com',
    skillGroups: ['sales'],
  });
  const stay = { callSid: 'CA1', group: 'sales', to: '+15550100', cursor: 'f=x', step: 2, waitedSeconds: 3 };
  await keepEntry(table, stay, now());
  expect((await setPresence(admin, '1', 'online')).state).toBe('ringing');
  expect(asked.map(({ fields }) => [fields.To, fields.From])).toEqual([['sip:bob@example.com', '+15550100']]);
  expect((await setPresence(admin, '1', 'online')).state).toBe('ringing');
  expect(asked).toHaveLength(1);
});

test('a carrier that cannot ring keeps nobody from saying what they are', async () => {
  const { admin, asked } = await withCarrier({ status: 503, body: '{}' });
  await putAgent(admin, { staffNo: '2', name: 'Eve', endpoint: 'client:eve', skillGroups: ['sales'] });
  const stay = { callSid: 'CA2', group: 'sales', to: '+15550100', cursor: 'f=x', step: 2, waitedSeconds: 3 };
  await keepEntry(table, stay, now());
  expect(await setPresence(admin, '2', 'online')).toMatchObject({ presence: 'online', state: 'available' });
  expect(asked.length).toBeGreaterThan(0);
});
