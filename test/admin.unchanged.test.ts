import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { readDraft, saveDraft } from '../lib/admin/flows.ts';
import { publish } from '../lib/admin/publish.ts';
import { canonicalJson } from '../lib/flow/canonical.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { at, changeHead, needHead } from './kit/flowstore.ts';
import { corridor, greeting } from './kit/sampleflows.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
let admin: Admin;
beforeAll(async () => {
  table = await startTestTable();
  admin = { table, who: 'ann', now: () => at, retainDays: 90 };
});
afterAll(() => table.close());

/** The same value with the keys of every object the other way around. */
function turned<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(turned) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, turned(inner)]);
  return Object.fromEntries(entries.toReversed()) as Value;
}

/** Gives the head of a flow the digests of a release that knew documents by their keys in their order. */
async function asEarlier(id: string, draft: Flow, newest: Flow): Promise<void> {
  const [ofDraft, ofNewest] = [draft, newest].map((document) =>
    createHash('sha256').update(JSON.stringify(document)).digest('base64url'),
  );
  const values = { draft: ofDraft, newest: ofNewest };
  await changeHead(table, id, 'SET #digest = :draft, #newestDigest = :newest', values);
}

const unchanged = { code: 'draft-unchanged', message: expect.stringContaining('version 1') };

describe('canonical JSON', () => {
  test.each([
    [
      { b: 1, a: { d: [2, 1], c: null } },
      { a: { c: null, d: [2, 1] }, b: 1 },
    ],
    [JSON.parse('{"__proto__":1,"a":2}'), JSON.parse('{"a":2,"__proto__":1}')],
    [
      { a: undefined, b: 1 },
      { b: 1, c: undefined },
    ],
    [
      [1, 'x'],
      [1, 'x'],
    ],
  ])('of %j is that of %j', (one, other) => {
    expect(canonicalJson(one)).toBe(canonicalJson(other));
  });

  test.each([
    [
      [1, 2],
      [2, 1],
    ],
    [JSON.parse('{"__proto__":1}'), {}],
    [{ a: '1' }, { a: 1 }],
    [{ a: {} }, { a: [] }],
  ])('of %j is not that of %j', (one, other) => {
    expect(canonicalJson(one)).not.toBe(canonicalJson(other));
  });
});

describe('a document whose keys stand in another order', () => {
  test('saved again makes no new revision, published again no new version', async () => {
    const document = corridor('turned', 40);
    const first = await saveDraft(admin, document);
    expect(JSON.stringify(turned(document))).not.toBe(JSON.stringify(document));
    expect(await saveDraft(admin, turned(document), { expected: first.revision })).toEqual(first);
    await publish(admin, 'turned');
    await expect(publish(admin, 'turned')).rejects.toMatchObject(unchanged);

    await saveDraft(admin, corridor('turned', 41));
    expect((await saveDraft(admin, turned(document))).changed).toBe(false);
    await expect(publish(admin, 'turned')).rejects.toMatchObject(unchanged);
    expect((await needHead(table, 'turned')).lastVersion).toBe(1);
  });

  test('is known by the digests of an earlier release, too', async () => {
    const document = greeting('earlier');
    const first = await saveDraft(admin, document);
    await publish(admin, 'earlier');
    await asEarlier('earlier', document, document);
    expect(await readDraft(admin, 'earlier')).toMatchObject({ changed: false });
    expect((await saveDraft(admin, document)).revision).toBe(first.revision);
    await expect(publish(admin, 'earlier')).rejects.toMatchObject(unchanged);

    await saveDraft(admin, greeting('earlier', 'Other.'));
    expect((await saveDraft(admin, document)).changed).toBe(false);
    await saveDraft(admin, turned(document));
    await expect(publish(admin, 'earlier')).rejects.toMatchObject(unchanged);
    expect((await needHead(table, 'earlier')).lastVersion).toBe(1);

    await saveDraft(admin, greeting('earlier', 'Other.'));
    expect(await publish(admin, 'earlier')).toMatchObject({ version: 2 });
  });
});
