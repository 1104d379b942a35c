import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { listDeleted, restoreFlow } from '../lib/admin/deleted.ts';
import { createFlow, hideFlow, listFlows, readDraft, saveDraft } from '../lib/admin/flows.ts';
import { bindNumber, listNumbers, readNumber, unbindNumber } from '../lib/admin/numbers.ts';
import { publish, readVersion, setLive } from '../lib/admin/publish.ts';
import { changeHead, needHead } from './kit/flowstore.ts';
import { greeting } from './kit/sampleflows.ts';
import { doBefore, startTestTable, type TestTable, type Writing } from './kit/table.ts';

let table: TestTable;
let ann: Admin;
let bob: Admin;

beforeAll(async () => {
  table = await startTestTable();
  ann = { table, who: 'ann', now: () => new Date('2026-07-01T12:00:00.000Z'), retainDays: 90 };
  bob = { ...ann, who: 'bob' };
});
afterAll(() => table.close());

const failure = (code: string) => ({ code });

describe('deleting', () => {
  test('a flow that a number points at stays', async () => {
    await saveDraft(ann, greeting('bound'));
    await publish(ann, 'bound');
    await bindNumber(ann, '+15550123', 'bound');
    await expect(hideFlow(ann, 'bound')).rejects.toMatchObject({
      code: 'flow-bound',
      message: expect.stringContaining('+15550123'),
    });
    await unbindNumber(ann, '+15550123');
    await hideFlow(ann, 'bound');
    await expect(readDraft(ann, 'bound')).rejects.toMatchObject(failure('flow-missing'));
    await expect(bindNumber(ann, '+15550123', 'bound')).rejects.toMatchObject(failure('flow-missing'));
    await expect(hideFlow(ann, 'bound')).rejects.toMatchObject(failure('flow-missing'));
  });

  test('the id of a deleted flow is not used again while that one can be restored', async () => {
    const [row] = (await listDeleted(ann)).items;
    const until = row?.keptUntil ?? 'never';
    const refusal = { code: 'flow-deleted', message: expect.stringContaining(until) };
    await expect(createFlow(ann, { name: 'bound', id: 'bound' })).rejects.toMatchObject(refusal);
    for (const force of [true, false]) {
      await expect(saveDraft(bob, greeting('bound'), { force })).rejects.toMatchObject(refusal);
    }
    await restoreFlow(ann, 'bound');
    expect((await readDraft(ann, 'bound')).document).toEqual(greeting('bound'));
    expect((await readVersion(ann, 'bound', 1)).id).toBe('bound');
    await hideFlow(ann, 'bound');
  });

  test('a restored flow is pushed over if all of its draft was published; a new version goes on counting', async () => {
    await saveDraft(ann, greeting('back'));
    await publish(ann, 'back');
    await hideFlow(ann, 'back');
    expect(await restoreFlow(ann, 'back')).toMatchObject({ newest: 1, changed: false });
    expect(await readDraft(ann, 'back')).not.toHaveProperty('live');
    await expect(publish(ann, 'back')).rejects.toMatchObject(failure('draft-unchanged'));
    await saveDraft(bob, greeting('back', 'Again.'));
    expect(await readDraft(ann, 'back')).toMatchObject({ newest: 1, changed: true });
    expect(await publish(ann, 'back')).toMatchObject({ version: 2 });
    await hideFlow(ann, 'back');
    await restoreFlow(ann, 'back');
    expect(await setLive(ann, 'back', 2)).toMatchObject({ version: 2 });
  });

  test('a flow that an earlier release deleted, without its newest version, is restored with it', async () => {
    await saveDraft(ann, greeting('earlier'));
    await publish(ann, 'earlier');
    await saveDraft(ann, greeting('earlier', 'Again.'));
    await publish(ann, 'earlier');
    const { digest } = await needHead(table, 'earlier').then(({ newest }) => newest ?? { digest: '' });
    await hideFlow(ann, 'earlier');
    await changeHead(table, 'earlier', 'REMOVE #newest, #newestDigest');
    expect(await restoreFlow(ann, 'earlier')).toMatchObject({ newest: 2, changed: false });
    expect((await needHead(table, 'earlier')).newest).toEqual({ version: 2, digest });
    await expect(publish(ann, 'earlier')).rejects.toMatchObject(failure('draft-unchanged'));
    // No number is used again, whether the head tells the newest version or not.
    await changeHead(table, 'earlier', 'REMOVE #newest, #newestDigest');
    expect(await publish(ann, 'earlier')).toMatchObject({ version: 3 });
  });

  test('a draft that was never published, or changed since, is restored as such', async () => {
    await saveDraft(ann, greeting('unpublished'));
    await hideFlow(ann, 'unpublished');
    const row = await restoreFlow(ann, 'unpublished');
    expect([row.newest, row.changed]).toEqual([undefined, true]);
    await publish(ann, 'unpublished');
    await saveDraft(ann, greeting('unpublished', 'Again.'));
    await hideFlow(ann, 'unpublished');
    await changeHead(table, 'unpublished', 'REMOVE #newest, #newestDigest');
    expect(await restoreFlow(ann, 'unpublished')).toMatchObject({ newest: 1, changed: true });
  });

  test('an id that is used again later begins without versions', async () => {
    const later = { ...ann, now: () => new Date(ann.now().getTime() + 90 * 86_400_000) };
    await createFlow(later, { name: 'bound', id: 'bound' });
    await expect(setLive(ann, 'bound', 1)).rejects.toMatchObject(failure('version-missing'));
    await expect(readVersion(ann, 'bound', 1)).rejects.toMatchObject(failure('version-missing'));
    await saveDraft(ann, greeting('bound'));
    // The document of version 1, which was another flow's.
    expect(await readDraft(ann, 'bound')).toMatchObject({ changed: true });
    expect(await publish(ann, 'bound')).toMatchObject({ version: 2 });
  });

  test('a deleted flow that holds nothing makes room for another one', async () => {
    await createFlow(ann, { name: 'Half', id: 'half' });
    await hideFlow(ann, 'half');
    await createFlow(ann, { name: 'Whole', id: 'half' });
    expect((await readDraft(ann, 'half')).name).toBe('Whole');
  });

  test('no number ever points at a flow that was deleted at the same time', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = `doomed-${round}`;
      await saveDraft(ann, greeting(id));
      await Promise.allSettled([bindNumber(ann, '+15550199', id), hideFlow(bob, id)]);
      const { items } = await listNumbers(ann);
      const flows = await listFlows(ann, { limit: 100 });
      const points = items.some(({ flow }) => flow === id);
      const stands = flows.items.some((flow) => flow.id === id);
      expect(points && !stands).toBe(false);
    }
  });

  test('a number whose new flow is deleted meanwhile goes back to its flow, which is then not deleted either', async () => {
    const number = '+15550198';
    for (const id of ['day', 'night']) await saveDraft(ann, greeting(id));
    await bindNumber(ann, number, 'day');
    // Bob deletes the new flow before it is bound, and the old one while it is not bound.
    const held = Promise.withResolvers<void>();
    const read = Promise.withResolvers<void>();
    const slow = doBefore(table, (command) => {
      if (command !== 'UpdateItemCommand') return undefined;
      read.resolve();
      return held.promise;
    });
    let old: Promise<unknown> = Promise.resolve();
    const raced = doBefore(table, async (command, input) => {
      if (command === 'PutItemCommand' && isOf(input, number, 'night')) await hideFlow(bob, 'night');
      if (command === 'UpdateItemCommand' && isOf(input, 'night')) {
        old = Promise.allSettled([hideFlow({ ...bob, table: slow }, 'day')]);
        await read.promise;
      }
    });
    await expect(bindNumber({ ...ann, table: raced }, number, 'night')).rejects.toMatchObject(
      failure('flow-missing'),
    );
    held.resolve();
    expect(await old).toMatchObject([{ status: 'rejected', reason: failure('flow-bound') }]);
    expect(await readNumber(ann, number)).toMatchObject({ flow: 'day' });
    raced.destroy();
    slow.destroy();
  });

  test('a number whose new and old flow are deleted meanwhile is bound to neither', async () => {
    const number = '+15550197';
    for (const id of ['one', 'other']) await saveDraft(ann, greeting(id));
    await bindNumber(ann, number, 'one');
    const raced = doBefore(table, async (command, input) => {
      if (command === 'PutItemCommand' && isOf(input, number, 'other')) await hideFlow(bob, 'other');
      if (command === 'PutItemCommand' && isOf(input, number, 'one')) await hideFlow(bob, 'one');
    });
    await expect(bindNumber({ ...ann, table: raced }, number, 'other')).rejects.toMatchObject(
      failure('flow-missing'),
    );
    await expect(readNumber(ann, number)).rejects.toMatchObject(failure('number-missing'));
    raced.destroy();
  });
});

/** Whether a write of the table concerns the item of this sort key, and a flow. */
function isOf({ Key, Item }: Writing, sk: string, flow = sk): boolean {
  return Item === undefined ? Key?.sk?.S === sk : Item.sk?.S === sk && Item.flow?.S === flow;
}
