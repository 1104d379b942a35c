import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expireDrafts, fetchDraft, nextRevision, writeDraft } from '../lib/store/flows/drafts.ts';
import { draftsPk } from '../lib/store/table/keys.ts';
import { putAll } from '../lib/store/table/table.ts';
import { at, needHead, noFindings, partition, save } from './kit/flowstore.ts';
import { greeting } from './kit/sampleflows.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;

beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.close());

/** Each piece of a flow's drafts: its revision, and whether it has an end. */
async function pieces(id: string): Promise<Record<string, number | undefined>> {
  const items = await partition(table, draftsPk(id));
  return Object.fromEntries(
    items.map(({ sk, expiresAt }) => [
      sk?.S?.split('#')[0],
      expiresAt?.N === undefined ? undefined : Number(expiresAt.N),
    ]),
  );
}

describe('drafts', () => {
  test('a draft comes back as it was saved, with who and when', async () => {
    const head = await save(table, greeting('drafted'));
    expect(head).toMatchObject({ id: 'drafted', name: 'Flow drafted', lastVersion: 0, moves: 0 });
    expect(head.draft).toMatchObject({ savedBy: 'ann', savedAt: at.toISOString(), pieces: 1 });
    expect(await fetchDraft(table, head)).toEqual(greeting('drafted'));
  });

  test('1 MB that does not compress is kept in pieces', async () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 100 }, (_, place) => [
        `n${place}`,
        { type: 'play', prompt: { text: randomBytes(7600).toString('base64') } },
      ]),
    );
    const document = { ...greeting('noise'), nodes };
    expect(JSON.stringify(document).length).toBeGreaterThan(1_000_000);
    const head = await save(table, document);
    expect(head.draft.pieces).toBeGreaterThan(1);
    expect(await fetchDraft(table, head)).toEqual(document);
  });

  test('of saves at once that saw the same draft one wins, and the others are told', async () => {
    const head = await save(table, greeting('contested'));
    const texts = ['one', 'two', 'three', 'four', 'five'];
    const saves = await Promise.allSettled(
      texts.map((text) =>
        writeDraft(table, greeting('contested', text), {
          head,
          revision: nextRevision(head),
          by: text,
          at,
          ...noFindings,
        }),
      ),
    );
    expect(saves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of saves) {
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'draft-stale' });
    }
    const now = await needHead(table, 'contested');
    expect(await fetchDraft(table, now)).toEqual(greeting('contested', now.draft.savedBy));
  });

  test('of creations at once one wins', async () => {
    const create = () =>
      writeDraft(table, greeting('twins'), {
        head: undefined,
        revision: nextRevision(undefined),
        by: 'x',
        at,
        ...noFindings,
      });
    const both = await Promise.allSettled([create(), create()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'flow-taken' },
    });
  });

  test('every revision but the draft has an end, those of lost saves too', async () => {
    const first = await save(table, greeting('swept'));
    const lost = () =>
      writeDraft(table, greeting('swept'), {
        head: first,
        revision: nextRevision(first),
        by: 'x',
        at,
        ...noFindings,
      });
    await Promise.allSettled([lost(), lost(), lost()]);
    const last = await save(table, greeting('swept', 'last'));
    const { [last.draft.revision]: kept, ...old } = await pieces('swept');
    expect(kept).toBeUndefined();
    expect(Object.values(old)).toEqual(Array.from({ length: 4 }, () => at.getTime() / 1000 + 86_400));
  });

  test('a save under way is not swept by an earlier one', async () => {
    const head = await save(table, greeting('early'));
    const later = nextRevision(head);
    await putAll(table, [
      { pk: { S: draftsPk('early') }, sk: { S: `${later}#00` }, json: { B: new Uint8Array(1) } },
    ]);
    await expireDrafts(table, 'early', { upTo: head.draft.revision, keep: head.draft.revision, at, days: 1 });
    expect(await pieces('early')).toEqual({ [head.draft.revision]: undefined, [later]: undefined });
  });
});
