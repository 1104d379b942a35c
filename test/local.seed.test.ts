import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { deleteAgent, listAgents } from '../lib/admin/agents.ts';
import { createFlow, hideFlow, listFlows, readDraft, saveDraft } from '../lib/admin/flows.ts';
import { listGroups } from '../lib/admin/groups.ts';
import { bindNumber, unbindNumber } from '../lib/admin/numbers.ts';
import { openTable } from '../lib/store/table/table.ts';
import { type StartedTable, startTable } from '../local/aws/table.ts';
import { reachedNumbers, seed } from '../local/seed.ts';
import { tableProperties } from './kit/template.ts';

const root = resolve(import.meta.dirname, '..');

let table: StartedTable;
let admin: Admin;
let dataDir = '';

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'branchline-'));
});
afterAll(() => rmSync(dataDir, { recursive: true }));

beforeEach(async () => {
  rmSync(join(dataDir, 'seeded'), { force: true });
  table = await startTable('branchline', tableProperties());
  const { endpoint, region, credentials } = table;
  const opened = openTable(table.name, { endpoint, region, credentials });
  admin = { table: opened, who: 'seed', now: () => new Date('2026-01-01T00:00:00Z'), retainDays: 90 };
  return async () => {
    opened.client.destroy();
    await table.close();
  };
});

const all = [
  { number: '+15550100', name: '电话体验IVR', live: 1 },
  { number: '+15550101', name: 'Office', live: 1 },
  { number: '+15550102', name: 'Account balance', live: 1 },
];

test('a fresh stack has the demos live on their numbers', async () => {
  await seed(admin, root, dataDir);
  expect(await reachedNumbers(admin)).toEqual(all);
});

test('all numbers are told, of any number of flows', async () => {
  const admins = Array.from({ length: 55 }, (_, place) => place);
  for (const place of admins) {
    const id = `flow-${place}`;
    await createFlow(admin, { id, name: id, language: 'en-US' });
    await bindNumber(admin, `+155502${String(place).padStart(2, '0')}`, id);
  }
  expect((await reachedNumbers(admin)).map(({ name }) => name).sort()).toEqual(
    admins.map((place) => `flow-${place}`).sort(),
  );
});

test('what an admin changed since stays: a draft, a binding, a flow that is gone', async () => {
  await seed(admin, root, dataDir);
  const { document } = await readDraft(admin, 'office');
  await saveDraft({ ...admin, who: 'ann' }, { ...document, name: 'Our office' });
  await unbindNumber(admin, '+15550100');
  await hideFlow(admin, 'phone-experience');
  await seed(admin, root, dataDir);
  expect(await reachedNumbers(admin)).toEqual([{ number: '+15550101', name: 'Our office', live: 1 }, all[2]]);
  expect((await listFlows(admin)).items.map(({ id, changed }) => [id, changed])).toEqual([
    ['balance', false],
    ['office', true],
  ]);
});

test('a start that died in the middle is taken up', async () => {
  await saveDraft(admin, JSON.parse(readFileSync(join(root, 'flows/office.flow.json'), 'utf8')));
  await seed(admin, root, dataDir);
  rmSync(join(dataDir, 'seeded'));
  await bindNumber(admin, '+15550100', 'office');
  await seed(admin, root, dataDir);
  expect(await reachedNumbers(admin)).toEqual([{ ...all[1], number: '+15550100' }, all[1], all[2]]);
});

test('makes the groups and two agents, who are offline; what an admin deleted stays so', async () => {
  await seed(admin, root, dataDir);
  expect((await listGroups(admin)).items).toMatchObject([
    { id: 'desk', name: 'Service desk' },
    { id: 'phone-experience', name: '电话体验技能组' },
  ]);
  expect((await listAgents(admin)).items).toMatchObject(
    ['1001', '1002'].map((staffNo) => ({
      ...{ staffNo, presence: 'offline', endpoint: `client:agent-${staffNo}` },
      skillGroups: ['phone-experience', 'desk'],
    })),
  );
  await deleteAgent(admin, '1002');
  await seed(admin, root, dataDir);
  expect((await listAgents(admin)).items).toHaveLength(1);
});
