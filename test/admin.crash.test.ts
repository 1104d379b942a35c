import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { hideFlow, readDraft, saveDraft } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { listVersions, publish, readVersion } from '../lib/admin/publish.ts';
import { readLiveVersion } from '../lib/store/flows/flows.ts';
import { fetchNumber } from '../lib/store/flows/numbers.ts';
import { fetchVersion as walk } from '../lib/store/flows/versions.ts';
import { draftsPk, versionPk } from '../lib/store/table/keys.ts';
import { partition } from './kit/flowstore.ts';
import { corridor, greeting } from './kit/sampleflows.ts';
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
  const now = await readLiveVersion(table, id);
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

/** When the pieces of a flow's drafts and versions expire, the earliest first. */
async function ends(id: string): Promise<(number | undefined)[]> {
  const pks = [draftsPk(id), versionPk(id, 1), versionPk(id, 2)];
  const items = (await Promise.all(pks.map((pk) => partition(table, pk)))).flat();
  return items.map(({ expiresAt }) => (expiresAt?.N === undefined ? undefined : Number(expiresAt.N))).sort();
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
    // The number, the pieces, the head, the audit, the live pointer.
    expect(writes).toBe(5);
    const { items } = await listVersions(admin, 'staged');
    const numbers = items.map(({ version }) => version);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect((await readLiveVersion(table, 'staged'))?.version).toBe(numbers[0]);
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
      expect((await fetchNumber(table, '+15550100'))?.flow).toBe(landed < 2 ? 'old' : 'new');
    }
  });

  test('of a deletion leaves the flow or hides it, and the same again finishes', async () => {
    const later = new Date(admin.now().getTime() + 3_600_000);
    let landed = 0;
    for (let died = true; died; landed += 1) {
      const id = `leaving-${landed}`;
      const { layout: _, ...walked } = corridor(id, 400);
      await saveDraft(admin, corridor(id, 400));
      await publish(admin, id);
      await saveDraft(admin, greeting(id));
      await publish(admin, id);
      const trouble = crashAfter(table, landed);
      const [outcome] = await Promise.allSettled([hideFlow({ ...admin, table: trouble }, id)]);
      trouble.destroy();
      died = outcome.status === 'rejected';
      // The audit comes first, then the flow is hidden.
      expect((await readLiveVersion(table, id)) === undefined).toBe(landed >= 2);
      expect(await walk(table, id, 1)).toEqual(walked);
      if (died) await hideFlow({ ...admin, now: () => later }, id);
      await expect(hideFlow(admin, id)).rejects.toMatchObject({ code: 'flow-missing' });
      // The end follows from when it was hidden, however late the rest was done.
      const hidden = landed < 2 ? later : admin.now();
      const end = hidden.getTime() / 1000 + 90 * 86_400;
      const replaced = admin.now().getTime() / 1000 + 86_400;
      expect(await ends(id)).toEqual([replaced, ...Array.from({ length: 7 }, () => end)]);
    }
    // The audit, the hiding; one piece of the draft, three items of each version; that all is done.
    expect(landed - 1).toBe(2 + 1 + 2 * 3 + 1);
  });

  test('of a deletion is made good, too, where the flow is created again', async () => {
    await saveDraft(admin, greeting('phoenix'));
    await publish(admin, 'phoenix');
    const trouble = crashAfter(table, 2);
    await expect(hideFlow({ ...admin, table: trouble }, 'phoenix')).rejects.toThrow('Crashed');
    trouble.destroy();
    const later = new Date(admin.now().getTime() + 90 * 86_400_000);
    await saveDraft({ ...admin, now: () => later }, greeting('phoenix', 'Again.'));
    expect(await publish(admin, 'phoenix')).toMatchObject({ version: 2 });
    const [first, second] = await Promise.all(
      [1, 2].map((version) => partition(table, versionPk('phoenix', version))),
    );
    expect(first?.map(({ expiresAt }) => expiresAt !== undefined)).toEqual([true, true, true]);
    expect(second?.map(({ expiresAt }) => expiresAt !== undefined)).toEqual([false, false, false]);
  });
});
