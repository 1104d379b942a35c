import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { listChanges, withdrawChange, writeChange } from '../lib/store/audit.ts';
import { expireDrafts, nextRevision, readDraft, writeDraft } from '../lib/store/drafts.ts';
import {
  type FlowHead,
  hide,
  listHeads,
  live,
  moveLive,
  noteBinding,
  readHead,
  takeNumber,
} from '../lib/store/flows.ts';
import type { Item } from '../lib/store/item.ts';
import { draftsPk, versionPk } from '../lib/store/keys.ts';
import {
  deleteNumber,
  isNumber,
  listNumbers,
  numberBoundTo,
  putNumber,
  readNumber,
} from '../lib/store/numbers.ts';
import { openTable, putAll, query } from '../lib/store/table.ts';
import {
  expireVersions,
  listVersions,
  readDocument,
  readVersion,
  readVersionHead,
  writeVersion,
} from '../lib/store/versions.ts';
import { corridor, greeting } from './kit/drawings.ts';
import { credentials, startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
const at = new Date('2026-07-01T12:00:00.000Z');

beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.close());

/** Saves over whatever is there. */
async function save(document: Flow, by = 'ann'): Promise<FlowHead> {
  const head = await readHead(table, document.id);
  await writeDraft(table, document, { head, revision: nextRevision(head), by, at });
  return needHead(document.id);
}

async function needHead(id: string): Promise<FlowHead> {
  const head = await readHead(table, id);
  if (head === undefined) throw new Error(`There is no head of ${id}.`);
  return head;
}

async function release(document: Flow): Promise<number> {
  const version = await takeNumber(table, document.id);
  const head = await writeVersion(table, document, version, { at, by: 'ann', note: 'a note' });
  await moveLive(table, await needHead(document.id), head);
  return version;
}

async function partition(pk: string): Promise<Item[]> {
  const found: Item[] = [];
  for await (const items of query(table, { where: '#pk = :pk', values: { pk } })) found.push(...items);
  return found;
}

/** Each piece of a flow's drafts: its revision, and whether it has an end. */
async function pieces(id: string): Promise<Record<string, number | undefined>> {
  const items = await partition(draftsPk(id));
  return Object.fromEntries(
    items.map(({ sk, expiresAt }) => [
      sk?.S?.split('#')[0],
      expiresAt?.N === undefined ? undefined : Number(expiresAt.N),
    ]),
  );
}

describe('drafts', () => {
  test('a draft comes back as it was saved, with who and when', async () => {
    const head = await save(greeting('drafted'));
    expect(head).toMatchObject({ id: 'drafted', name: 'Flow drafted', taken: 0, moves: 0 });
    expect(head.draft).toMatchObject({ savedBy: 'ann', savedAt: at.toISOString(), pieces: 1 });
    expect(await readDraft(table, head)).toEqual(greeting('drafted'));
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
    const head = await save(document);
    expect(head.draft.pieces).toBeGreaterThan(1);
    expect(await readDraft(table, head)).toEqual(document);
  });

  test('of saves at once that saw the same draft one wins, and the others are told', async () => {
    const head = await save(greeting('contested'));
    const texts = ['one', 'two', 'three', 'four', 'five'];
    const saves = await Promise.allSettled(
      texts.map((text) =>
        writeDraft(table, greeting('contested', text), { head, revision: nextRevision(head), by: text, at }),
      ),
    );
    expect(saves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of saves) {
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'draft-stale' });
    }
    const now = await needHead('contested');
    expect(await readDraft(table, now)).toEqual(greeting('contested', now.draft.savedBy));
  });

  test('of creations at once one wins', async () => {
    const create = () =>
      writeDraft(table, greeting('twins'), {
        head: undefined,
        revision: nextRevision(undefined),
        by: 'x',
        at,
      });
    const both = await Promise.allSettled([create(), create()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'flow-taken' },
    });
  });

  test('every revision but the draft has an end, those of lost saves too', async () => {
    const first = await save(greeting('swept'));
    const lost = () =>
      writeDraft(table, greeting('swept'), { head: first, revision: nextRevision(first), by: 'x', at });
    await Promise.allSettled([lost(), lost(), lost()]);
    const last = await save(greeting('swept', 'last'));
    const { [last.draft.revision]: kept, ...old } = await pieces('swept');
    expect(kept).toBeUndefined();
    expect(Object.values(old)).toEqual(Array.from({ length: 4 }, () => at.getTime() / 1000 + 86_400));
  });

  test('a save under way is not swept by an earlier one', async () => {
    const head = await save(greeting('early'));
    const later = nextRevision(head);
    await putAll(table, [
      { pk: { S: draftsPk('early') }, sk: { S: `${later}#00` }, json: { B: new Uint8Array(1) } },
    ]);
    await expireDrafts(table, 'early', { upTo: head.draft.revision, keep: head.draft.revision, at, days: 1 });
    expect(await pieces('early')).toEqual({ [head.draft.revision]: undefined, [later]: undefined });
  });
});

describe('versions', () => {
  test('a version comes back as it was frozen; a call gets it without the layout', async () => {
    const document = greeting('frozen');
    await save(document);
    const version = await release(document);
    const { layout: _, ...walked } = document;
    expect(version).toBe(1);
    expect(await readDocument(table, 'frozen', 1)).toEqual(document);
    expect(await readVersion(table, 'frozen', 1)).toEqual(walked);
    expect(await readVersionHead(table, 'frozen', 1)).toEqual({
      version: 1,
      at: at.toISOString(),
      by: 'ann',
      note: 'a note',
      name: 'Flow frozen',
      language: 'en-US',
      nodes: 3,
    });
    expect(await live(table, 'frozen')).toEqual({ version: 1, language: 'en-US' });
  });

  test('one item a node, readable in the console', async () => {
    await save(greeting('readable'));
    await release(greeting('readable'));
    const items = await partition(versionPk('readable', 1));
    expect(items.map(({ sk }) => sk?.S)).toEqual([
      'head',
      'node#0000#start',
      'node#0001#hello',
      'node#0002#end',
    ]);
    expect(items[2]).toMatchObject({ id: { S: 'hello' }, type: { S: 'play' }, label: { S: 'Hello' } });
  });

  test('2,000 nodes, some with the names of JavaScript, in their order', async () => {
    const document = corridor('long', 2000);
    await save(document);
    await release(document);
    const read = await readVersion(table, 'long', 1);
    expect(Object.keys(read?.nodes ?? {})).toEqual(Object.keys(document.nodes));
    expect(read?.nodes).toEqual(document.nodes);
    expect(Object.hasOwn(read?.nodes ?? {}, 'constructor')).toBe(true);
    expect(Object.hasOwn(read?.nodes ?? {}, '__proto__')).toBe(false);
    expect(await readDocument(table, 'long', 1)).toEqual(document);
  });

  test('a version over 1 MB is read over several pages', async () => {
    const text = 'x'.repeat(60_000);
    const nodes = Object.fromEntries(
      Array.from({ length: 30 }, (_, place) => [`n${place}`, { type: 'play', prompt: { text } }]),
    );
    const document = { ...greeting('pages'), nodes, layout: {} };
    await writeVersion(table, document, 1, { at, by: 'ann' });
    expect(await readDocument(table, 'pages', 1)).toEqual(document);
  });

  test('what does not exist, or is not whole, is undefined', async () => {
    expect(await readVersion(table, 'nobody', 1)).toBeUndefined();
    expect(await readDocument(table, 'nobody', 1)).toBeUndefined();
    expect(await readVersionHead(table, 'nobody', 1)).toBeUndefined();
    expect(await live(table, 'nobody')).toBeUndefined();
    const { hello: _, ...nodes } = greeting('torn').nodes;
    await writeVersion(table, greeting('torn'), 1, { at, by: 'ann' });
    await writeVersion(table, { ...greeting('torn'), nodes }, 1, { at, by: 'ann' });
    expect(await readVersion(table, 'torn', 1)).toBeUndefined();
  });

  test('numbers are never given twice, not to many at once', async () => {
    await save(greeting('counted'));
    const numbers = await Promise.all(Array.from({ length: 8 }, () => takeNumber(table, 'counted')));
    expect(numbers.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await expect(takeNumber(table, 'nobody')).rejects.toMatchObject({ code: 'flow-missing' });
  });

  test('of those who move the live version at once one wins', async () => {
    const head = await save(greeting('moved'));
    const moves = await Promise.allSettled(
      [1, 2, 3].map((version) => moveLive(table, head, { version, language: 'en-US' })),
    );
    expect(moves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(moveLive(table, head, { version: 9, language: 'en-US' })).rejects.toMatchObject({
      code: 'publish-raced',
    });
  });

  test('the list is newest first, skips what is not whole, and pages', async () => {
    await save(greeting('listed'));
    await release(greeting('listed'));
    await takeNumber(table, 'listed');
    await release(greeting('listed'));
    await release(greeting('listed'));
    const head = await needHead('listed');
    const whole = await listVersions(table, head);
    expect(whole.items.map(({ version }) => version)).toEqual([4, 3, 1]);
    expect(whole.next).toBeUndefined();
    const first = await listVersions(table, head, { limit: 2 });
    expect(first).toMatchObject({ items: [{ version: 4 }, { version: 3 }], next: '3' });
    expect(await listVersions(table, head, { limit: 2, after: '3' })).toMatchObject({
      items: [{ version: 1 }],
    });
    await expect(listVersions(table, head, { after: 'x' })).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('who stops waiting gets an error at once, from a database that never answers, too', async () => {
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { region } = table;
    const hanging = openTable(table.name, { endpoint: `http://127.0.0.1:${port}`, region, credentials });
    const controller = new AbortController();
    const reads = [
      live(hanging, 'frozen', controller.signal),
      readVersion(hanging, 'frozen', 1, controller.signal),
      readNumber(hanging, '+15550100', controller.signal),
    ];
    controller.abort();
    for (const read of await Promise.allSettled(reads)) {
      expect(read).toMatchObject({ status: 'rejected', reason: { name: 'AbortError' } });
    }
    hanging.client.destroy();
    server.closeAllConnections();
    server.close();
  });
});

describe('hidden flows', () => {
  test('a hidden flow has no live version and is not listed; created anew it goes on counting', async () => {
    const first = await save(greeting('phoenix'));
    await release(greeting('phoenix'));
    await hide(table, await needHead('phoenix'), at);
    expect(await live(table, 'phoenix')).toBeUndefined();
    const { items } = await listHeads(table, { limit: 100 });
    expect(items.map(({ id }) => id)).not.toContain('phoenix');
    await expect(takeNumber(table, 'phoenix')).rejects.toMatchObject({ code: 'flow-missing' });
    await expect(moveLive(table, first, { version: 1, language: 'x' })).rejects.toMatchObject({
      code: 'publish-raced',
    });

    const anew = await save(greeting('phoenix', 'Again.'));
    expect(anew).toMatchObject({ taken: 1, first: 2 });
    expect(anew.live).toBeUndefined();
    expect(anew.newest).toBeUndefined();
    expect(await listVersions(table, anew)).toEqual({ items: [] });
    expect(await release(greeting('phoenix', 'Again.'))).toBe(2);
    expect(await readVersion(table, 'phoenix', 1)).toBeDefined();
  });

  test('a number bound since the head was read keeps a flow from being hidden', async () => {
    const head = await save(greeting('answering'));
    await noteBinding(table, 'answering');
    await expect(hide(table, head, at)).rejects.toMatchObject({ code: 'flow-bound' });
    await hide(table, await needHead('answering'), at);
    await expect(noteBinding(table, 'answering')).rejects.toMatchObject({ code: 'flow-missing' });
  });

  test('versions get their end and can be read until it comes', async () => {
    await save(greeting('ending'));
    await release(greeting('ending'));
    await release(greeting('ending'));
    await expireVersions(table, await needHead('ending'), at, 90);
    for (const version of [1, 2]) {
      const items = await partition(versionPk('ending', version));
      const ends = new Set(items.map(({ expiresAt }) => expiresAt?.N));
      expect([...ends]).toEqual([String(at.getTime() / 1000 + 90 * 86_400)]);
      expect(await readDocument(table, 'ending', version)).toEqual(greeting('ending'));
    }
  });
});

describe('numbers', () => {
  const bound = (number: string, flow: string) => ({
    number,
    flow,
    boundAt: at.toISOString(),
    boundBy: 'ann',
  });

  test('E.164 and nothing else', () => {
    for (const number of ['+15550100', '+8613800138000', '+12']) expect(isNumber(number)).toBe(true);
    for (const number of ['15550100', '+05550100', '+1', '+1555010012345678', '+1 555', '+1555\n', '']) {
      expect(isNumber(number)).toBe(false);
    }
  });

  test('a binding is put over the one that was seen only', async () => {
    const first = bound('+15550100', 'one');
    expect(await readNumber(table, '+15550100')).toBeUndefined();
    await putNumber(table, first, undefined);
    expect(await readNumber(table, '+15550100')).toEqual(first);
    const second = { ...bound('+15550100', 'two'), boundAt: new Date(at.getTime() + 1).toISOString() };
    await expect(putNumber(table, second, undefined)).rejects.toMatchObject({ code: 'number-raced' });
    await putNumber(table, second, first);
    await expect(deleteNumber(table, first)).rejects.toMatchObject({ code: 'number-raced' });
    expect(await numberBoundTo(table, 'two')).toBe('+15550100');
    expect(await numberBoundTo(table, 'one')).toBeUndefined();
    await deleteNumber(table, second);
    expect(await readNumber(table, '+15550100')).toBeUndefined();
  });

  test('pages go on behind the last entry, whatever is written meanwhile', async () => {
    for (const end of ['2', '4', '6']) await putNumber(table, bound(`+1777000${end}`, 'paged'), undefined);
    const first = await listNumbers(table, { limit: 2 });
    expect(first).toMatchObject({
      items: [{ number: '+17770002' }, { number: '+17770004' }],
      next: '+17770004',
    });
    for (const end of ['1', '5']) await putNumber(table, bound(`+1777000${end}`, 'paged'), undefined);
    const second = await listNumbers(table, {
      limit: 2,
      ...(first.next === undefined ? {} : { after: first.next }),
    });
    expect(second.items.map(({ number }) => number)).toEqual(['+17770005', '+17770006']);
    expect(second.next).toBeUndefined();
  });
});

test('the audit is newest first', async () => {
  const change = (second: number) => ({
    at: new Date(at.getTime() + second * 1000).toISOString(),
    who: 'ann',
    did: 'bind',
    what: 'number +15550100',
    before: { flow: `f${second}` },
  });
  await writeChange(table, change(1));
  await writeChange(table, change(3));
  const mistake = await writeChange(table, change(4));
  await writeChange(table, change(2));
  await withdrawChange(table, mistake);
  const first = await listChanges(table, { limit: 2 });
  expect(first.items).toEqual([change(3), change(2)]);
  const second = await listChanges(table, {
    limit: 2,
    ...(first.next === undefined ? {} : { after: first.next }),
  });
  expect(second).toEqual({ items: [change(1)] });
});

describe('batches', () => {
  const items = Array.from({ length: 60 }, (_, place) => ({
    pk: { S: 'batch' },
    sk: { S: String(place + 10) },
  }));

  test('what the table leaves undone is tried again', async () => {
    const { client } = openTable(table.name, { endpoint: table.endpoint, region: table.region, credentials });
    let refused = 0;
    // A real table under load answers so; the embedded one never does.
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const request = args.input as BatchWriteItemCommand['input'];
        const all = request.RequestItems?.[table.name] ?? [];
        if (context.commandName !== 'BatchWriteItemCommand' || all.length < 2) return next(args);
        refused += 1;
        const [done = {}, ...left] = all;
        const answer = await next({ ...args, input: { RequestItems: { [table.name]: [done] } } });
        return {
          ...answer,
          output: { ...answer.output, UnprocessedItems: { [table.name]: left.slice(-3) } },
        };
      },
      { step: 'initialize' },
    );
    await putAll({ client, name: table.name }, items.slice(0, 4));
    expect(refused).toBe(2 + 1);
    expect((await partition('batch')).map(({ sk }) => sk?.S)).toEqual(['10', '11', '12', '13']);
    client.destroy();
  });

  test('more than a batch takes is written whole', async () => {
    await putAll(table, items);
    expect(await partition('batch')).toHaveLength(60);
  });
});
