import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Agent, fetchAgent, storeAgent, storePresence } from '../lib/store/queue/agents.ts';
import { changeLease, holdAgent } from '../lib/store/queue/leases.ts';
import { scan, startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.close());

const at = new Date('2026-07-01T09:00:00Z');

/** An agent who is online, as read. */
async function online(staffNo: string): Promise<Agent> {
  const settings = { staffNo, name: 'Ann', endpoint: 'client:ann', skillGroups: ['sales'] };
  await storeAgent(table, settings, undefined, at);
  await storePresence(table, staffNo, 'online', at);
  return await read(staffNo);
}

async function read(staffNo: string): Promise<Agent> {
  const agent = await fetchAgent(table, staffNo);
  if (agent === undefined) throw new Error('The agent is gone.');
  return agent;
}

const lease = (id: string) =>
  ({ id, phase: 'ringing', endsAt: '2026-07-01T09:00:30Z', entry: 'CA1#1', group: 'sales' }) as const;

test('an agent whom an admin has changed since they were read is not held for a ring', async () => {
  const before = await online('1001');
  await storeAgent(table, { ...before, skillGroups: ['support'] }, before, at);
  expect(await holdAgent(table, before, lease('one'))).toBe(false);
  expect((await read('1001')).lease).toBeUndefined();
  expect(await holdAgent(table, await read('1001'), lease('two'))).toBe(true);
  expect((await read('1001')).lease?.id).toBe('two');
});

test('an agent is held for one ring alone, and only while online', async () => {
  const before = await online('1002');
  expect(await holdAgent(table, before, lease('one'))).toBe(true);
  expect(await holdAgent(table, before, lease('two'))).toBe(false);
  const other = await online('1003');
  await storePresence(table, '1003', 'break', at);
  expect(await holdAgent(table, other, lease('three'))).toBe(false);
});

test('a lease is stored as the release before this one stored it', async () => {
  const before = await online('1004');
  await holdAgent(table, before, lease('one'));
  await changeLease(table, { staffNo: '1004', id: 'one' }, { entry: 'CA2#1' });
  const item = (await scan(table)).find(({ sk }) => sk?.S === 'agent#1004');
  expect(item).toMatchObject({ place: { S: 'CA2#1' }, lease: { S: 'one' } });
  expect(item).not.toHaveProperty('entry');
});
