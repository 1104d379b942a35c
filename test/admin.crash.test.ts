import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { hideFlow, readDraft, saveDraft } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { listVersions, publish, readVersion } from '../lib/admin/publish.ts';
import { readEntrance } from '../lib/store/flows.ts';
import { readNumber } from '../lib/store/numbers.ts';
import { readVersion as walk } from '../lib/store/versions.ts';
import { corridor, greeting } from './kit/drawings.ts';
import { crashAfter, startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
let admin: Admin;

beforeAll(async () => {
  table = await startTestTable();
  admin = { table, who: 'ann', now: () => new Date('2026-07-01T12:00:00.000Z'), retainDays: 90 };
});
afterAll(() => table.close());

/** All that callers and admins can read of a flow. Every version that is listed must be whole. */
async function state(id: string) {
  const now = await readEntrance(table, id);
  const { items } = await listVersions(admin, id);
  for (const { version } of items) await readVersion(admin, id, version);
  return {
    draft: await readDraft(admin, id),
    live: now,
    walked: now?.version === undefined ? undefined : await walk(table, id, now.version),
  };
}

/**
 * Lets the change crash after no write, after one, and so on, until it gets through; says after how many it did. After each
 * crash the flow must stand as before the change.
 */
async function crashEverywhere(id: string, change: (dying: Admin) => Promise<unknown>): Promise<number> {
  const before = await state(id);
  for (let landed = 0; ; landed += 1) {
    const trouble = crashAfter(table, landed);
    const [outcome] = await Promise.allSettled([change({ ...admin, table: trouble })]);
    trouble.destroy();
    if (outcome.status === 'fulfilled') return landed;
    expect(outcome.reason).toMatchObject({ message: expect.stringMatching(/^Crashed after/) });
    expect(await state(id)).toEqual(before);
  }
}

describe('a crash between any two writes', () => {
  test('of a save leaves the draft that was', async () => {
    await saveDraft(admin, corridor('drafted', 30));
    await publish(admin, 'drafted');
    const writes = await crashEverywhere('drafted', (dying) => saveDraft(dying, greeting('drafted')));
    expect(writes).toBe(3);
    expect(await readDraft(admin, 'drafted')).toMatchObject({ document: greeting('drafted'), live: 1 });
  });

  test('of a first save leaves no flow', async () => {
    for (let landed = 0; landed < 3; landed += 1) {
      const trouble = crashAfter(table, landed);
      await expect(saveDraft({ ...admin, table: trouble }, greeting('first'))).rejects.toThrow('Crashed');
      trouble.destroy();
      await expect(readDraft(admin, 'first')).rejects.toMatchObject({ code: 'flow-missing' });
    }
    await saveDraft(admin, greeting('first'));
    expect(await readDraft(admin, 'first')).toMatchObject({ document: greeting('first') });
  });

  test('of a publish leaves the version that was live, and the next publish goes through', async () => {
    await saveDraft(admin, greeting('staged'));
    await publish(admin, 'staged');
    await saveDraft(admin, corridor('staged', 120));
    const writes = await crashEverywhere('staged', (dying) => publish(dying, 'staged'));
    // The number, five batches of nodes, the head, the audit, the live pointer.
    expect(writes).toBe(9);
    const { items } = await listVersions(admin, 'staged');
    const numbers = items.map(({ version }) => version);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect((await readEntrance(table, 'staged'))?.version).toBe(numbers[0]);
    expect(await readVersion(admin, 'staged', numbers[0] ?? 0)).toEqual(corridor('staged', 120));
  });

  test('of a binding leaves the number with one flow or the other', async () => {
    await saveDraft(admin, greeting('old'));
    await saveDraft(admin, greeting('new'));
    await bindNumber(admin, '+15550100', 'old');
    for (let landed = 0; landed < 3; landed += 1) {
      const trouble = crashAfter(table, landed);
      await Promise.allSettled([bindNumber({ ...admin, table: trouble }, '+15550100', 'new')]);
      trouble.destroy();
      expect((await readNumber(table, '+15550100'))?.flow).toBe(landed < 2 ? 'old' : 'new');
    }
  });

  test('of a deletion leaves the flow, or hides it', async () => {
    await saveDraft(admin, greeting('leaving'));
    await publish(admin, 'leaving');
    const trouble = crashAfter(table, 1);
    await expect(hideFlow({ ...admin, table: trouble }, 'leaving')).rejects.toThrow('Crashed');
    trouble.destroy();
    expect(await readEntrance(table, 'leaving')).toBeDefined();
    const later = crashAfter(table, 2);
    await expect(hideFlow({ ...admin, table: later }, 'leaving')).rejects.toThrow('Crashed');
    later.destroy();
    expect(await readEntrance(table, 'leaving')).toBeUndefined();
    expect(await walk(table, 'leaving', 1)).toBeDefined();
  });
});
