import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from '../cli/flows.ts';
import { hideFlow, saveDraft } from '../lib/admin/flows.ts';
import { publish } from '../lib/admin/publish.ts';
import { readLiveVersion } from '../lib/store/flows/flows.ts';
import { writeStack } from '../local/stack.ts';
import { runCommand } from './kit/command.ts';
import { greeting } from './kit/sampleflows.ts';
import { stackOn } from './kit/stack.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
const dataDir = mkdtempSync(join(tmpdir(), 'branchline-cli-'));
beforeAll(async () => {
  table = await startTestTable();
  writeStack(dataDir, stackOn(table));
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true });
  await table.close();
});

const flows = (args: string[]) => runCommand(main, args, { DATA_DIR: dataDir });

test('a version that was published before is made live again, and no other', async () => {
  const admin = { table, who: 'cli', now: () => new Date(), retainDays: 90 };
  await saveDraft(admin, greeting('back'));
  await publish(admin, 'back');
  await saveDraft(admin, { ...greeting('back'), name: 'Changed' }, { force: true });
  await publish(admin, 'back');
  expect(await flows(['live', 'back', '1'])).toMatchObject({ code: 0, out: 'back: version 1 is live.\n' });
  expect((await readLiveVersion(table, 'back'))?.version).toBe(1);
  const unknown = await flows(['live', 'back', '9']);
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('9')]);
  expect(await flows(['live', 'back', 'x'])).toMatchObject({ code: 2 });
  expect((await readLiveVersion(table, 'back'))?.version).toBe(1);
});

test('a deleted flow is not pushed over; it is restored, and then pushed', async () => {
  const admin = { table, who: 'ann', now: () => new Date(), retainDays: 90 };
  await saveDraft(admin, greeting('gone'));
  await publish(admin, 'gone');
  await hideFlow(admin, 'gone');
  const file = join(dataDir, 'gone.flow.json');
  writeFileSync(file, JSON.stringify(greeting('gone', 'Again.')));
  const refused = await flows(['push', file, '--force']);
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('restore it first')]);
  expect(await flows(['restore', 'gone'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^gone: restored \(.+\); no version is live\.\n$/),
  });
  expect(await flows(['restore', 'gone'])).toMatchObject({ code: 1 });
  expect(await flows(['push', file, '--force'])).toMatchObject({ code: 0 });
  expect(await flows(['live', 'gone', '1'])).toMatchObject({ code: 0 });
});
