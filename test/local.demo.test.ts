import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { listChanges } from '../lib/admin/audit.ts';
import { deleteConnection, listConnections, putConnection } from '../lib/admin/connections.ts';
import { startDemo } from '../local/demo.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
let stop: (() => Promise<void>) | undefined;
const admin = (): Admin => ({ table, who: 'seed', now: () => new Date(0), retainDays: 90 });
const urlNow = async () => (await listConnections(admin())).items.map(({ url }) => url);

beforeEach(async () => {
  table = await startTestTable();
});
afterEach(async () => {
  await stop?.();
  stop = undefined;
  await table.close();
});

test('the demo service tells the state of an order and the balance of an account', async () => {
  stop = await startDemo(admin(), true);
  const [url = ''] = await urlNow();
  const ask = async (path: string, method = 'GET') => {
    const answer = await fetch(url + path, { method });
    return { status: answer.status, body: await answer.json() };
  };
  expect(await ask('/orders/1234')).toEqual({ status: 200, body: { order: '1234', state: 'shipped' } });
  expect(await ask('/accounts/12345678/balance', 'POST')).toMatchObject({
    ...{ status: 200, body: { balance: 5678, state: 'open' } },
  });
  expect((await ask('/orders/x')).status).toBe(404);
});

test('its connection stays as it is while the port is free, and follows the service to another one', async () => {
  await (await startDemo(admin(), true))();
  const [first = ''] = await urlNow();
  const changes = (await listChanges(admin())).items;
  await (await startDemo(admin(), false))();
  expect(await urlNow()).toEqual([first]);
  expect((await listChanges(admin())).items).toEqual(changes);

  const other = createServer().listen(Number(new URL(first).port), '127.0.0.1');
  await once(other, 'listening');
  stop = await startDemo(admin(), false);
  other.close();
  const [second = ''] = await urlNow();
  expect(second).not.toBe(first);
  expect((await fetch(`${second}/orders/1`)).status).toBe(200);
});

test('its connection stays deleted, or where an admin points it', async () => {
  await (await startDemo(admin(), true))();
  const own = { id: 'bank', name: 'Bank', url: 'https://bank.example.com', headers: {} };
  await putConnection(admin(), own);
  await (await startDemo(admin(), false))();
  expect(await urlNow()).toEqual([own.url]);
  await deleteConnection(admin(), 'bank');
  await (await startDemo(admin(), false))();
  expect(await urlNow()).toEqual([]);
});
