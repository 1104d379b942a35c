import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hideFlow, saveDraft } from '../lib/admin/flows.ts';
import { listVersions, publish, readVersion } from '../lib/admin/publish.ts';
import { readScriptOf, saveScriptOf } from '../lib/admin/scripts.ts';
import { Failure } from '../lib/errors.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { longestScript } from '../lib/proof/script.ts';
import { fetchVersionScript } from '../lib/store/flows/versions.ts';
import { startTestTable, type TestTable } from './kit/table.ts';
import { flowOf, menuOf } from './kit/testflows.ts';

let table: TestTable;
let count = 0;
let id = '';
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.close());
beforeEach(() => {
  count += 1;
  id = `flow-${count}`;
});

const admin = () => ({ table, who: 'ann', now: () => new Date(), retainDays: 90 });
const flow = (text = 'Menu.'): Flow => flowOf({ first: menuOf(text) }, { id });
const script = (text = 'Menu.') =>
  `# Key 1\n> arrived\n< gather 8s ${text}\n> pressed 1\n< …\n= ends finished at bye\n`;

/** The refusal of what is done. */
async function refusal(doing: Promise<unknown>): Promise<Failure> {
  const thrown = await doing.catch((error: unknown) => error);
  if (!(thrown instanceof Failure)) throw new Error(`It was not refused: ${JSON.stringify(thrown)}`);
  return thrown;
}

describe('a call script', () => {
  test('is kept with the draft, empty before, and over nobody’s unseen work', async () => {
    await saveDraft(admin(), flow());
    const none = await readScriptOf(admin(), id);
    expect(none.text).toBe('');
    const first = await saveScriptOf(admin(), id, script(), none.revision);
    expect(await readScriptOf(admin(), id)).toEqual(first);
    expect((await refusal(saveScriptOf(admin(), id, '# Other', none.revision))).code).toBe('script-stale');
    await saveScriptOf(admin(), id, '# Other', first.revision);
    expect((await readScriptOf(admin(), id)).text).toBe('# Other');
    expect((await refusal(saveScriptOf(admin(), 'nowhere', ''))).code).toBe('flow-missing');
    expect((await refusal(saveScriptOf(admin(), id, 'x'.repeat(longestScript + 1)))).code).toBe('bad-input');
  });

  test('is not there for a flow that is created again', async () => {
    await saveDraft(admin(), flow());
    await saveScriptOf(admin(), id, script());
    await hideFlow(admin(), id);
    const later = new Date(admin().now().getTime() + 90 * 86_400_000);
    await saveDraft({ ...admin(), now: () => later }, flow());
    const { text, revision } = await readScriptOf(admin(), id);
    expect(text).toBe('');
    expect((await saveScriptOf(admin(), id, script(), revision)).text).toBe(script());
  });
});

describe('publish', () => {
  test('freezes the script with the version, apart from the document', async () => {
    await saveDraft(admin(), flow());
    await saveScriptOf(admin(), id, script());
    const { version } = await publish(admin(), id);
    await saveScriptOf(admin(), id, '# Later');
    expect(await fetchVersionScript(table, id, version)).toBe(script());
    expect(await readVersion(admin(), id, version)).toEqual(flow());
  });

  test('is stopped by a script that fails or cannot be read, with line and title', async () => {
    await saveDraft(admin(), flow());
    await saveScriptOf(admin(), id, script('List.'));
    const { code, problems } = await refusal(publish(admin(), id));
    expect(code).toBe('flow-invalid');
    expect(problems).toMatchObject([
      {
        ...{ rule: 'call-script', severity: 'error', field: 'calls-txt.3' },
        message: expect.stringMatching(
          /^Call script, line 3: “Key 1”: after `> arrived`, `gather 8s List.` was/,
        ),
        script: {
          ...{ line: 3, title: 'Key 1', says: 'other' },
          values: { event: 'arrived', wanted: 'gather 8s List.' },
        },
      },
    ]);
    await saveScriptOf(admin(), id, '# One\n> sang\n');
    expect((await refusal(publish(admin(), id))).problems).toMatchObject([
      { field: 'calls-txt.2', script: { line: 2, says: 'event', values: { text: 'sang' } } },
    ]);
    expect((await listVersions(admin(), id)).items).toEqual([]);
  });

  test('is stopped by a script of a live flow that enters the flow and turns red by it, and names both', async () => {
    const part = (text: string): Flow => ({
      ...flowOf({
        first: { type: 'play', prompt: { text }, exits: { next: 'back' } },
        back: { type: 'return' },
      }),
      id: `part-${count}`,
    });
    const parent = flowOf({ first: { type: 'flow', flow: `part-${count}`, exits: { next: 'bye' } } }, { id });
    await saveDraft(admin(), part('We are open.'));
    await publish(admin(), `part-${count}`);
    await saveDraft(admin(), parent);
    await saveScriptOf(admin(), id, '# Hours\n> arrived\n< say We are open.\n< say Bye.\n< hangup\n');
    await publish(admin(), id);
    await saveDraft(admin(), part('We are closed.'));
    const { problems } = await refusal(publish(admin(), `part-${count}`));
    expect(problems).toMatchObject([
      {
        rule: 'call-script',
        message: expect.stringContaining(
          `In the live flow ${id}, which enters this one: Call script, line 3`,
        ),
        script: { flow: id, line: 3, title: 'Hours', says: 'other' },
      },
    ]);
    // What fails already is not this publish's doing.
    await publish(admin(), `part-${count}`, { despite: 'We move' });
    await saveDraft(admin(), part('We are closed today.'));
    expect((await publish(admin(), `part-${count}`)).despite).toBeUndefined();
  });

  test('goes on with a reason, which stays in the version; without need of it nothing is kept', async () => {
    await saveDraft(admin(), flow());
    await saveScriptOf(admin(), id, script('List.'));
    await publish(admin(), id, { despite: 'The text follows tomorrow' });
    await saveDraft(admin(), flow('List.'));
    await publish(admin(), id, { despite: 'Not needed' });
    const { items } = await listVersions(admin(), id);
    expect(items.map(({ version, despite }) => [version, despite])).toEqual([
      [2, undefined],
      [1, 'The text follows tomorrow'],
    ]);
  });
});
