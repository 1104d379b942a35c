import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { putAgent } from '../lib/admin/agents.ts';
import { restoreFlow } from '../lib/admin/deleted.ts';
import { createFlow, hideFlow, readDraft, saveDraft } from '../lib/admin/flows.ts';
import { deleteGroup, putGroup } from '../lib/admin/groups.ts';
import { publish, setLive } from '../lib/admin/publish.ts';
import { usageOf } from '../lib/admin/usage.ts';
import { Failure } from '../lib/errors.ts';
import type { Flow } from '../lib/flow/flow.ts';
import type { Uses } from '../lib/flow/uses.ts';
import { moveLive } from '../lib/store/flows/flows.ts';
import { usesText } from '../lib/store/flows/uses.ts';
import { at, changeHead, needHead } from './kit/flowstore.ts';
import { releaseNodeItems } from './kit/nodeitems.ts';
import { greeting } from './kit/sampleflows.ts';
import { countReads, startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
let admin: Admin;
let time: number;

beforeAll(async () => {
  table = await startTestTable();
});
beforeEach(() => {
  time = at.getTime();
  admin = { table, who: 'ann', now: () => new Date(time), retainDays: 90 };
});
afterAll(() => table.close());

const hours = 3_600_000;

/** A flow that can be published and transfers to a group. */
function transferring(id: string, skillGroup: string): Flow {
  const { nodes, ...rest } = greeting(id);
  const transfer = { type: 'transfer', skillGroup, exits: { next: 'end' } };
  return { ...rest, nodes: { ...nodes, hello: transfer } };
}

/** Where a group is named: `office: draft live`. */
async function users(group: string): Promise<string[]> {
  const usages = (await usageOf(admin, 'groups')).get(group) ?? [];
  return usages.map(({ flow, usedIn }) => `${flow}: ${usedIn.join(' ')}`);
}

describe('a group is used', () => {
  test('by a draft from its save on, and by a live version from its publish on', async () => {
    await saveDraft(admin, transferring('b-shop', 'sales'));
    await saveDraft(admin, transferring('a-shop', 'sales'));
    expect(await users('sales')).toEqual(['a-shop: draft', 'b-shop: draft']);
    expect((await usageOf(admin, 'groups')).get('sales')?.[0]?.name).toBe('Flow a-shop');
    await publish(admin, 'b-shop');
    expect(await users('sales')).toEqual(['a-shop: draft', 'b-shop: draft live']);
    await saveDraft(admin, transferring('b-shop', 'other'));
    await saveDraft(admin, greeting('a-shop'));
    expect(await users('sales')).toEqual(['b-shop: live']);
    expect(await users('other')).toEqual(['b-shop: draft']);
    expect(await users('nobody')).toEqual([]);
  });

  test('by a version that was live, for as long as a call may last', async () => {
    await saveDraft(admin, transferring('moving', 'first'));
    await publish(admin, 'moving');
    await saveDraft(admin, transferring('moving', 'second'));
    await publish(admin, 'moving');
    time += 3 * hours;
    await saveDraft(admin, transferring('moving', 'third'));
    await publish(admin, 'moving');
    expect([await users('first'), await users('second')]).toEqual([['moving: former'], ['moving: former']]);
    time += 1 * hours;
    expect([await users('first'), await users('second')]).toEqual([[], ['moving: former']]);
    await setLive(admin, 'moving', 1);
    expect(await users('first')).toEqual(['moving: live']);
    expect(await users('third')).toEqual(['moving: draft former']);
    time += 4 * hours;
    expect([await users('second'), await users('third')]).toEqual([[], ['moving: draft']]);
    const { former } = await needHead(table, 'moving');
    expect(former.map(({ version }) => version)).toEqual([3, 2]);
    await setLive(admin, 'moving', 3);
    expect((await needHead(table, 'moving')).former).toEqual([
      { version: 1, until: new Date(time + 4 * hours).toISOString() },
    ]);
  });

  test('by a deleted flow for as long as a call may last', async () => {
    await saveDraft(admin, transferring('gone', 'last'));
    await publish(admin, 'gone');
    await hideFlow(admin, 'gone');
    expect(await users('last')).toEqual(['gone: former']);
    time += 4 * hours;
    expect(await users('last')).toEqual([]);
    await restoreFlow(admin, 'gone');
    expect(await users('last')).toEqual(['gone: draft']);
  });

  test('by flows whose heads do not say so: those of earlier releases, and those that name very much', async () => {
    await releaseNodeItems(table, transferring('old', 'ancient'));
    await changeHead(table, 'old', 'REMOVE #draftUses, #liveUses, #former, #errors');
    expect(await users('ancient')).toEqual(['old: draft live']);

    const { nodes, ...rest } = transferring('much', 'hidden');
    const audio = Array.from({ length: 1000 }, (_, place) => [
      `n${place}`,
      { type: 'play', prompt: { audio: `audio-${place}` } },
    ]);
    await saveDraft(admin, { ...rest, nodes: { ...nodes, ...Object.fromEntries(audio) } });
    expect((await needHead(table, 'much')).draft.uses).toBeUndefined();
    expect(await users('hidden')).toEqual(['much: draft']);
    expect((await usageOf(admin, 'audio')).get('audio-999')?.map(({ flow }) => flow)).toEqual(['much']);
  });

  test('which one read of the heads tells', async () => {
    const own = await startTestTable();
    const alone = { ...admin, table: own };
    for (let count = 0; count < 30; count += 1) {
      await saveDraft(alone, transferring(`flow-${count}`, 'sales'));
      await publish(alone, `flow-${count}`);
    }
    const { counting, reads, destroy } = countReads(own);
    expect((await usageOf({ ...alone, table: counting }, 'groups')).get('sales')).toHaveLength(30);
    expect(reads().splice(0)).toEqual(['QueryCommand']);
    const sales = { id: 'sales', name: 'Sales', ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100 };
    await putGroup(alone, sales);
    await expect(deleteGroup({ ...alone, table: counting }, 'sales')).rejects.toMatchObject({
      code: 'group-used',
    });
    expect(reads()).toEqual(['GetItemCommand', 'QueryCommand']);
    destroy();
    await own.close();
  });
});

test('a head that an earlier release has moved since is not believed', async () => {
  await saveDraft(admin, transferring('returned', 'before'));
  await publish(admin, 'returned');
  const told = await needHead(table, 'returned');
  await saveDraft(admin, transferring('returned', 'after'));
  const version = await publish(admin, 'returned');
  const { draft } = await needHead(table, 'returned');
  // It wrote what it knows, and left the rest as it was.
  const change = 'SET #draftUses = :draft, #liveUses = :live, #errors = :errors, #former = :former';
  await changeHead(table, 'returned', change, {
    draft: usesText(told.draft.revision, told.draft.uses),
    live: usesText(version.version - 1, told.liveUses),
    ...{ errors: 7, former: '[]' },
  });
  expect([await users('before'), await users('after')]).toEqual([[], ['returned: draft live']]);
  expect(await readDraft(admin, 'returned')).toMatchObject({ revision: draft.revision, errors: 0 });
});

describe('a skill group', () => {
  test('is not deleted while a flow uses it, and the answer says where', async () => {
    await putGroup(admin, {
      ...{ id: 'kept', name: 'Kept', ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100 },
    });
    const refused = async () => {
      const error: unknown = await deleteGroup(admin, 'kept').catch((thrown: unknown) => thrown);
      return error instanceof Failure && error.code === 'group-used' ? error.message : error;
    };
    await saveDraft(admin, transferring('keeper', 'kept'));
    expect(await refused()).toContain('keeper (draft)');
    await publish(admin, 'keeper');
    expect(await refused()).toContain('keeper (draft, live version)');
    await saveDraft(admin, transferring('keeper', 'other'));
    expect(await refused()).toContain('keeper (live version)');
    await publish(admin, 'keeper');
    expect(await refused()).toContain('keeper (a version that callers may still be in)');
    time += 4 * hours;
    expect(await refused()).toBeUndefined();
  });
});

describe('a flow that a live flow enters', () => {
  /** Makes a flow say that its live version uses this. */
  async function liveUsing(id: string, uses: Uses) {
    await saveDraft(admin, greeting(id), { force: true });
    const version = await publish(admin, id);
    await moveLive(table, await needHead(table, id), { ...version, uses }, admin.now());
  }

  test('is not deleted, and the answer names who enters it; itself does not count', async () => {
    await saveDraft(admin, greeting('inner'));
    await liveUsing('outer', { flows: ['inner'] });
    await expect(hideFlow(admin, 'inner')).rejects.toMatchObject({
      code: 'flow-used',
      message: expect.stringContaining('outer'),
    });
    expect(await readDraft(admin, 'inner')).toMatchObject({ id: 'inner' });
    await hideFlow(admin, 'outer');
    await hideFlow(admin, 'inner');
    await liveUsing('circle', { flows: ['circle'] });
    await hideFlow(admin, 'circle');
  });
});

test('an agent of a deleted group can be written as it was read, and leaves that group', async () => {
  const settings = { name: 'Ann', ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100 };
  for (const id of ['stays', 'goes']) await putGroup(admin, { id, ...settings });
  const agent = { staffNo: '7', name: 'Ann', endpoint: 'client:ann', skillGroups: ['goes', 'stays'] };
  await putAgent(admin, agent);
  await deleteGroup(admin, 'goes');
  expect(await putAgent(admin, { ...agent, name: 'Anne' })).toMatchObject({
    ...{ name: 'Anne', skillGroups: ['stays'] },
  });
  await expect(putAgent(admin, agent)).rejects.toMatchObject({ code: 'bad-input' });
});

test('errors are counted at the save, and stand in the row', async () => {
  const row = await saveDraft(admin, greeting('counted'));
  expect(row.errors).toBe(0);
  const { end: _, ...nodes } = greeting('counted').nodes;
  expect((await saveDraft(admin, { ...greeting('counted'), nodes })).errors).toBe(1);
  expect((await readDraft(admin, 'counted')).errors).toBe(1);
  expect((await createFlow(admin, { id: 'fresh', name: 'Fresh' })).errors).toBe(1);
  // The group of a transfer is a warning, whether it is there or not.
  expect((await saveDraft(admin, transferring('counted', 'nobody'))).errors).toBe(0);
  await changeHead(table, 'counted', 'REMOVE #errors');
  expect(await readDraft(admin, 'counted')).not.toHaveProperty('errors');
});
