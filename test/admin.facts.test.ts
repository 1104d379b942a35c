import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { affectedBy } from '../lib/admin/affected.ts';
import { factsOf } from '../lib/admin/facts.ts';
import { saveDraft } from '../lib/admin/flows.ts';
import { publish } from '../lib/admin/publish.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { at } from './kit/flowstore.ts';
import { greeting } from './kit/sampleflows.ts';
import { countReads, doBefore, startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
let admin: Admin;

beforeAll(async () => {
  table = await startTestTable();
  admin = { table, who: 'ann', now: () => at, retainDays: 90 };
});
afterAll(() => table.close());

/** A flow that can be published and enters others, one after the other. */
function entering(id: string, ...others: string[]): Flow {
  const { nodes, ...rest } = greeting(id);
  const exits = (next: string) => ({ next, failed: 'end' });
  const entries = others.map((flow, place) => [
    `enter-${place}`,
    { type: 'flow', flow, exits: exits(place + 1 < others.length ? `enter-${place + 1}` : 'end') },
  ]);
  const start = { type: 'start', exits: { next: 'hello' } };
  const hello = { type: 'play', prompt: { text: 'Hello.' }, exits: { next: 'enter-0' } };
  return { ...rest, nodes: { ...nodes, start, hello, ...Object.fromEntries(entries) } };
}

test('facts of all flows that a publish may affect take one read of the lists of resources, and one of each live version', async () => {
  await saveDraft(admin, greeting('hours'));
  await publish(admin, 'hours');
  for (const id of ['one', 'two', 'three', 'four']) {
    await saveDraft(admin, entering(id, 'hours'));
    await publish(admin, id);
  }
  const { counting, reads, destroy } = countReads(table);
  expect(await affectedBy({ ...admin, table: counting }, 'hours')).toEqual([]);
  destroy();
  // The heads, four lists, and five flows with a version each.
  expect(reads()).toHaveLength(1 + 4 + 5 * 2);
});

test('the flows that a flow enters are read at the same time', async () => {
  const order: string[] = [];
  const watched = doBefore(table, (command) => {
    order.push(command);
    return undefined;
  });
  await factsOf({ ...admin, table: watched }, entering('all', 'one', 'two', 'three', 'four'), new Map());
  watched.destroy();
  const first = order.indexOf('GetItemCommand');
  expect(order.slice(first, first + 4)).toEqual(Array.from({ length: 4 }, () => 'GetItemCommand'));
});
