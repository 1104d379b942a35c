import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Admin, audited, type Intent, mostSettingsBytes } from '../lib/admin/admin.ts';
import { type ApiRoute, serveApi } from '../lib/api/serve.ts';
import { Failure } from '../lib/errors.ts';
import type { Request } from '../lib/http.ts';
import { createReport } from '../lib/log.ts';
import { measureNothing } from '../lib/metrics.ts';
import { type Change, fetchChanges, withdrawChange, writeChange } from '../lib/store/settings/audit.ts';
import type { Item } from '../lib/store/table/item.ts';
import { auditPk, keyOf, withdrawalKey } from '../lib/store/table/keys.ts';
import { collectPage } from '../lib/store/table/page.ts';
import { changeIf, put, putAll, query, remove } from '../lib/store/table/table.ts';
import { refusals, underRole } from './kit/iam.ts';
import { crashAfter, loseAnswers, startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.close());
afterEach(async () => {
  for (const item of await everything()) await remove(table, keyOf(item));
});

const change = (second: number, what = 'number +15550100'): Change => ({
  at: new Date(Date.parse('2026-07-01T12:00:00Z') + second * 1000).toISOString(),
  who: 'ann',
  did: 'bind',
  what,
  before: { flow: `f${second}` },
});

/** All that lies in the audit, withdrawals too. */
async function everything(): Promise<Item[]> {
  const found: Item[] = [];
  for await (const items of query(table, { where: '#pk = :pk', values: { pk: auditPk } }))
    found.push(...items);
  return found;
}

/** What the audit lists, page by page. */
const listed = (limit: number) => collectPage((paging) => fetchChanges(table, { ...paging, limit }));

describe('the audit', () => {
  test('gives no more in a page than an answer of a function may hold, and leaves nothing out', async () => {
    const words = 'x"'.repeat(mostSettingsBytes / 3);
    const large = Array.from({ length: 25 }, (_, second) => ({
      ...change(second),
      before: words,
      after: words,
    }));
    for (const each of large) await writeChange(table, each);
    const sizes: number[] = [];
    const found = await collectPage(async (paging) => {
      const page = await fetchChanges(table, paging);
      sizes.push(JSON.stringify({ body: JSON.stringify(page) }).length);
      return page;
    });
    expect(found.map(({ at }) => at)).toEqual(large.map(({ at }) => at).reverse());
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThan(6 * 1024 * 1024);
  });

  test('lists changes newest first, and a page says whether there are more', async () => {
    for (const second of [1, 3, 2]) await writeChange(table, change(second));
    const { items, next } = await fetchChanges(table, { limit: 2 });
    expect(items).toEqual([change(3), change(2)]);
    expect(await fetchChanges(table, { after: next ?? '' })).toEqual({ items: [change(1)] });
  });

  test.each([1, 2, 3, 100])('leaves out what was withdrawn, in pages of %i', async (limit) => {
    const written: [Change, boolean][] = [];
    for (let second = 0; second < 8; second += 1) {
      // The same second, too: withdrawals stand between changes of one time.
      const made = change(Math.floor(second / 2), `number ${second}`);
      const withdrawn = [0, 3, 4, 7].includes(second);
      const key = await writeChange(table, made);
      if (withdrawn) await withdrawChange(table, key);
      written.push([made, withdrawn]);
    }
    const found = await listed(limit);
    const whats = (changes: readonly Change[]) => changes.map(({ what }) => what).toSorted();
    expect(whats(found)).toEqual(whats(written.flatMap(([made, withdrawn]) => (withdrawn ? [] : [made]))));
    expect(found.map(({ at }) => at)).toEqual(
      found
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
  });

  test('loses nothing: a change that was withdrawn, even twice, is there as it was', async () => {
    const key = await writeChange(table, change(1));
    const before = await everything();
    await withdrawChange(table, key);
    await withdrawChange(table, key);
    expect((await everything()).slice(0, 1)).toEqual(before);
    expect(await everything()).toHaveLength(2);
    expect(await listed(50)).toEqual([]);
  });

  test('writes over nothing that is there', async () => {
    const key = await writeChange(table, change(1));
    await put(table, withdrawalKey(key), { note: 'was here first' });
    const before = await everything();
    await withdrawChange(table, key);
    expect(await everything()).toEqual(before);
  });

  test('is only added to by the role of the admin function, which may write everything else', async () => {
    const held = underRole(table, 'AdminRole');
    const key = await writeChange(held, change(1));
    await withdrawChange(held, await writeChange(held, change(2)));
    const before = await everything();
    const flow = { pk: { S: 'flows' }, sk: { S: 'sales' } };
    const forgery = { change: 'SET #who = :who', when: 'attribute_exists(#pk)', values: { who: 'mallory' } };
    await putAll(held, [flow]);
    for (const attempt of [
      () => remove(held, key),
      () => changeIf(held, key, forgery, () => false),
      () => putAll(held, [flow, { pk: { S: key.pk }, sk: { S: key.sk } }]),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }
    expect(refusals.splice(0)).toHaveLength(3);
    expect(await everything()).toEqual(before);
  });

  test('takes a change once over a line that loses answers', async () => {
    const line = loseAnswers(table);
    const key = await writeChange(line, change(1));
    await writeChange(line, change(2));
    await withdrawChange(line, key);
    line.destroy();
    expect(await listed(50)).toEqual([change(2)]);
    expect(await everything()).toHaveLength(3);
  });
});

describe('an audited change', () => {
  const admin = (over: Admin['table'] = table): Admin => ({
    ...{ table: over, who: 'ann', retainDays: 90 },
    now: () => new Date('2026-07-01T12:00:00Z'),
  });
  const intent: Intent = { did: 'bind', what: 'number +15550100' };
  const refuse = () => Promise.reject(new Failure('number-raced', 'Look again.'));

  test('that is refused is listed no more', async () => {
    await audited(admin(), intent, async () => {});
    await expect(audited(admin(), intent, refuse)).rejects.toMatchObject({ code: 'number-raced' });
    expect(await listed(50)).toHaveLength(1);
  });

  test('of which nobody knows whether it happened stays listed', async () => {
    const broken = audited(admin(), intent, () => Promise.reject(new Error('The line went dead.')));
    await expect(broken).rejects.toThrow('The line went dead.');
    expect(await listed(50)).toHaveLength(1);
  });

  test('that is refused while the table is in trouble is told as the refusal, with the trouble as its cause', async () => {
    const trouble = crashAfter(table, 1);
    await expect(audited(admin(trouble), intent, refuse)).rejects.toMatchObject({
      code: 'number-raced',
      cause: { message: 'Crashed after 1 writes.' },
    });
    trouble.destroy();
  });

  test('that is refused while the table is in trouble puts the trouble into the log', async () => {
    const trouble = crashAfter(table, 1);
    const route: ApiRoute = {
      ...{ method: 'PUT', path: '/api/numbers/{number}', body: 'none' },
      admit: () => 'known',
      serve: () => audited(admin(trouble), intent, refuse),
    };
    const lines: string[] = [];
    const handler = serveApi([route], {
      report: createReport({
        ...{ now: admin().now, measure: measureNothing },
        write: (line) => lines.push(line),
      }),
    });
    const http = { method: 'PUT', path: '/api/numbers/+15550100' };
    const event = { version: '2.0', headers: {}, requestContext: { http, requestId: 'r-1' } };
    const { statusCode } = await handler(event as unknown as Request);
    trouble.destroy();
    expect(statusCode).toBe(409);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        level: 'error',
        path: 'PUT /api/numbers/{number}',
        code: 'number-raced',
        causes: [{ error: 'Error' }],
      },
    ]);
  });
});
