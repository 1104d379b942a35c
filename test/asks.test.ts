import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { hideFlow, saveDraft } from '../lib/admin/flows.ts';
import { publish } from '../lib/admin/publish.ts';
import { answerTo } from '../lib/calls/asks/index.ts';
import { Deadline } from '../lib/calls/deadline.ts';
import { createLibrary, type Library } from '../lib/calls/library.ts';
import type { Ask } from '../lib/flow/asks.ts';
import type { Queue } from '../lib/queue/queue.ts';
import { openTable, type Table } from '../lib/store/table/table.ts';
import { greeting } from './kit/sampleflows.ts';
import { startServer } from './kit/server.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
const admin = (): Admin => ({ table, who: 'test', now: () => new Date(0), retainDays: 90 });

beforeAll(async () => {
  table = await startTestTable();
  for (const text of ['One.', 'Two.']) {
    await saveDraft(admin(), greeting('billing', text), { force: true });
    await publish(admin(), 'billing');
  }
  await saveDraft(admin(), greeting('draft'));
});
afterAll(() => table.close());

/** Asks a question of a library; answers what came of it and what was reported. */
async function ask(question: Ask, library: Library = createLibrary(table), ms = 2000, over: Table = table) {
  const faults: unknown[] = [];
  const queue = {
    library,
    queue: { table: over, now: () => new Date() } as unknown as Queue,
    call: { callSid: 'CA1', from: '+15550199', to: '+15550100' },
    claim: 'CA1-1-1',
    asker: { flow: 'desk', node: 'sms' },
    retainDays: 90,
    deadline: new Deadline(ms),
    standing: () => Promise.reject(new Error('the queues are down')),
  };
  const { answer } = await answerTo(question, queue, (error) => faults.push(error));
  return { answer, faults };
}

describe('another flow', () => {
  test('is its live version, or the one that is named', async () => {
    const live = await ask({ ask: 'flow', id: 'billing' });
    expect(live).toMatchObject({ answer: { version: 2, flow: { id: 'billing' } }, faults: [] });
    const pinned = await ask({ ask: 'flow', id: 'billing', version: 1 });
    expect(pinned).toMatchObject({
      answer: { version: 1, flow: { nodes: greeting('billing', 'One.').nodes } },
    });
  });

  test.each<[string, Ask]>([
    ['that does not exist', { ask: 'flow', id: 'nowhere' }],
    ['that was never published', { ask: 'flow', id: 'draft' }],
    ['of a version that does not exist', { ask: 'flow', id: 'billing', version: 7 }],
  ])('%s is missing, which is no fault of ours', async (_, question) => {
    expect(await ask(question)).toEqual({ answer: { missing: true }, faults: [] });
  });

  test('that was deleted is missing for new entries; a call that is in it goes on', async () => {
    await saveDraft(admin(), greeting('gone'));
    await publish(admin(), 'gone');
    await hideFlow(admin(), 'gone');
    expect(await ask({ ask: 'flow', id: 'gone' })).toMatchObject({ answer: { missing: true } });
    expect(await ask({ ask: 'flow', id: 'gone', version: 1 })).toMatchObject({ answer: { version: 1 } });
  });

  test('that cannot be read in time is missing, and the log says why', async () => {
    const hanging: Library = {
      ...createLibrary(table),
      liveVersionOf: (_, deadline) => {
        const { signal } = deadline;
        return new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    };
    const before = performance.now();
    const { answer, faults } = await ask({ ask: 'flow', id: 'billing' }, hanging, 300);
    expect(answer).toEqual({ missing: true });
    expect(faults).toMatchObject([{ code: 'too-slow' }]);
    // Of the 300 ms of the webhook some are kept for the step that goes on.
    expect(performance.now() - before).toBeLessThan(290);
  });
});

test('a group whose queues cannot be read is the apology: nobody knows an answer that is right', async () => {
  await expect(ask({ ask: 'available', skillGroup: 'sales' })).rejects.toThrow('the queues are down');
});

test('a database that hangs: the schedule counts as open, the request has failed, the message is not kept, in time', async () => {
  const { url: endpoint, close } = await startServer(() => undefined);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const mute = openTable('mute', { endpoint, region: 'us-east-1', credentials });
  const before = performance.now();
  const request = {
    ...{ connection: 'crm', method: 'GET', path: '/' },
    take: [],
    timeoutSeconds: 1,
    tries: 1,
  };
  const answers = await Promise.all([
    ask({ ask: 'schedule', schedule: 'office' }, undefined, 2000, mute),
    ask({ ask: 'request', ...request } as Ask, undefined, 2000, mute),
    ask({ ask: 'dial', number: '+15550177' }, undefined, 2000, mute),
    ask({ ask: 'keep', mailbox: 'sales', recording: 'RE1', seconds: 5 }, undefined, 2000, mute),
  ]);
  expect(answers).toMatchObject([
    { answer: { state: 'open', assumed: true }, faults: [{ code: 'too-slow' }] },
    { answer: { failed: true }, faults: [{ code: 'too-slow' }] },
    { answer: { allowed: false }, faults: [{ code: 'too-slow' }] },
    { answer: { kept: false }, faults: [{ code: 'too-slow' }] },
  ]);
  expect(performance.now() - before).toBeLessThan(2000);
  mute.client.destroy();
  await close();
});
