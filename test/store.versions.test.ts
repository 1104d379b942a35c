import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  hide,
  listHeads,
  moveLive,
  noteBinding,
  readLiveVersion,
  takeNumber,
} from '../lib/store/flows/flows.ts';
import { fetchNumber } from '../lib/store/flows/numbers.ts';
import {
  dropVersion,
  expireVersions,
  fetchVersion,
  fetchVersions,
  readDocument,
  readPublished,
  readVersionHead,
  writeVersion,
} from '../lib/store/flows/versions.ts';
import { versionPk } from '../lib/store/table/keys.ts';
import { get, openTable, put, remove } from '../lib/store/table/table.ts';
import { at, needHead, partition, release, save } from './kit/flowstore.ts';
import { corridor, greeting } from './kit/sampleflows.ts';
import { startServer } from './kit/server.ts';
import { credentials, startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;

beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.close());

describe('versions', () => {
  test('a version comes back as it was frozen; a call gets it without the layout', async () => {
    const document = greeting('frozen');
    await save(table, document);
    const version = await release(table, document);
    const { layout: _, ...walked } = document;
    expect(version).toBe(1);
    expect(await readDocument(table, 'frozen', 1)).toEqual(document);
    expect(await fetchVersion(table, 'frozen', 1)).toEqual(walked);
    expect(await readVersionHead(table, 'frozen', 1)).toEqual({
      version: 1,
      at: at.toISOString(),
      by: 'ann',
      note: 'a note',
      name: 'Flow frozen',
      language: 'en-US',
      nodes: 3,
    });
    expect(await readLiveVersion(table, 'frozen')).toEqual({ version: 1, language: 'en-US' });
  });

  test('a version is a few items: the head, and pieces of what calls walk and of what only the canvas shows', async () => {
    await save(table, corridor('compact', 2000));
    await release(table, corridor('compact', 2000));
    const items = await partition(table, versionPk('compact', 1));
    expect(items.map(({ sk }) => sk?.S)).toEqual(['canvas#00', 'flow#00', 'head']);
    const { layout: _, ...bare } = greeting('bare');
    await writeVersion(table, bare, 1, { at, by: 'ann' });
    const few = await partition(table, versionPk('bare', 1));
    expect(few.map(({ sk }) => sk?.S)).toEqual(['flow#00', 'head']);
    expect(Object.keys((await readDocument(table, 'bare', 1)) ?? {})).not.toContain('layout');
  });

  test('2,000 nodes, some with the names of JavaScript, in their order', async () => {
    const document = corridor('long', 2000);
    await save(table, document);
    await release(table, document);
    const read = await fetchVersion(table, 'long', 1);
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
    expect(await fetchVersion(table, 'nobody', 1)).toBeUndefined();
    expect(await readDocument(table, 'nobody', 1)).toBeUndefined();
    expect(await readVersionHead(table, 'nobody', 1)).toBeUndefined();
    expect(await readLiveVersion(table, 'nobody')).toBeUndefined();
  });

  test.each(['canvas#00', 'flow#00', 'flow#01', 'head'])('without its %s it is not whole', async (sk) => {
    const nodes = Object.fromEntries(
      Array.from({ length: 60 }, (_, place) => [
        `n${place}`,
        { type: 'play', prompt: { text: randomBytes(7000).toString('base64') } },
      ]),
    );
    const document = { ...greeting('torn'), nodes };
    await writeVersion(table, document, 1, { at, by: 'ann' });
    expect(await readDocument(table, 'torn', 1)).toEqual(document);
    await remove(table, { pk: versionPk('torn', 1), sk });
    expect(await readDocument(table, 'torn', 1)).toBeUndefined();
    // A call asks for no layout.
    if (sk === 'canvas#00') expect(await fetchVersion(table, 'torn', 1)).toBeDefined();
    else expect(await fetchVersion(table, 'torn', 1)).toBeUndefined();
  });

  test('one that is not to be whole after all is gone, and its pieces get their end', async () => {
    await writeVersion(table, greeting('dropped'), 1, { at, by: 'ann' });
    await dropVersion(table, 'dropped', 1, at);
    expect(await readVersionHead(table, 'dropped', 1)).toBeUndefined();
    expect(await fetchVersion(table, 'dropped', 1)).toBeUndefined();
    const items = await partition(table, versionPk('dropped', 1));
    expect(items.map(({ sk, expiresAt }) => [sk?.S, expiresAt?.N])).toEqual([
      ['canvas#00', String(at.getTime() / 1000)],
      ['flow#00', String(at.getTime() / 1000)],
    ]);
  });

  test('numbers are never given twice, not to many at once', async () => {
    await save(table, greeting('counted'));
    const numbers = await Promise.all(Array.from({ length: 8 }, () => takeNumber(table, 'counted')));
    expect(numbers.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await expect(takeNumber(table, 'nobody')).rejects.toMatchObject({ code: 'flow-missing' });
  });

  test('of those who move the live version at once one wins', async () => {
    const head = await save(table, greeting('moved'));
    const moves = await Promise.allSettled(
      [1, 2, 3].map((version) => moveLive(table, head, { version, language: 'en-US' }, at)),
    );
    expect(moves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(moveLive(table, head, { version: 9, language: 'en-US' }, at)).rejects.toMatchObject({
      code: 'publish-raced',
    });
  });

  test('the list is newest first, skips what is not whole, and pages', async () => {
    await save(table, greeting('listed'));
    await release(table, greeting('listed'));
    await takeNumber(table, 'listed');
    await release(table, greeting('listed'));
    await release(table, greeting('listed'));
    const head = await needHead(table, 'listed');
    const whole = await fetchVersions(table, head);
    expect(whole.items.map(({ version }) => version)).toEqual([4, 3, 1]);
    expect(whole.next).toBeUndefined();
    const first = await fetchVersions(table, head, { limit: 2 });
    expect(first).toMatchObject({ items: [{ version: 4 }, { version: 3 }], next: expect.any(String) });
    const after = first.next ?? '';
    const second = await fetchVersions(table, head, { limit: 1, after });
    expect(second).toEqual({ items: [expect.objectContaining({ version: 1 })] });
    expect(await fetchVersions(table, head, { limit: 2, after })).toMatchObject({
      items: [{ version: 1 }],
    });
    await expect(fetchVersions(table, head, { after: 'x' })).rejects.toMatchObject({
      code: 'cursor-foreign',
    });
  });

  test('who stops waiting gets an error at once, from a database that never answers, too', async () => {
    const { url: endpoint, close } = await startServer(() => undefined);
    const { region } = table;
    const hanging = openTable(table.name, { endpoint, region, credentials });
    const controller = new AbortController();
    const reads = [
      readLiveVersion(hanging, 'frozen', controller.signal),
      readPublished(hanging, 'frozen', 1, controller.signal),
      fetchNumber(hanging, '+15550100', controller.signal),
    ];
    controller.abort();
    for (const read of await Promise.allSettled(reads)) {
      expect(read).toMatchObject({ status: 'rejected', reason: { name: 'AbortError' } });
    }
    hanging.client.destroy();
    await close();
  });
});

describe('hidden flows', () => {
  test('a hidden flow has no live version and is not listed; created again it goes on counting', async () => {
    const first = await save(table, greeting('phoenix'));
    await release(table, greeting('phoenix'));
    await hide(table, await needHead(table, 'phoenix'), at);
    expect(await readLiveVersion(table, 'phoenix')).toBeUndefined();
    const { items } = await listHeads(table, { limit: 100 });
    expect(items.map(({ id }) => id)).not.toContain('phoenix');
    await expect(takeNumber(table, 'phoenix')).rejects.toMatchObject({ code: 'flow-missing' });
    await expect(moveLive(table, first, { version: 1, language: 'x' }, at)).rejects.toMatchObject({
      code: 'publish-raced',
    });

    const again = await save(table, greeting('phoenix', 'Again.'));
    expect(again).toMatchObject({ lastVersion: 1, first: 2 });
    expect(again.live).toBeUndefined();
    expect(again.newest).toBeUndefined();
    expect(await fetchVersions(table, again)).toEqual({ items: [] });
    expect(await release(table, greeting('phoenix', 'Again.'))).toBe(2);
    expect(await fetchVersion(table, 'phoenix', 1)).toBeDefined();
  });

  test('a number bound since the head was read keeps a flow from being hidden', async () => {
    const head = await save(table, greeting('answering'));
    await noteBinding(table, 'answering');
    await expect(hide(table, head, at)).rejects.toMatchObject({ code: 'flow-bound' });
    await hide(table, await needHead(table, 'answering'), at);
    await expect(noteBinding(table, 'answering')).rejects.toMatchObject({ code: 'flow-missing' });
  });

  test('versions get their end and can be read until it comes', async () => {
    await save(table, greeting('ending'));
    await release(table, greeting('ending'));
    await release(table, greeting('ending'));
    await expireVersions(table, await needHead(table, 'ending'), at, 90);
    for (const version of [1, 2]) {
      const items = await partition(table, versionPk('ending', version));
      const ends = new Set(items.map(({ expiresAt }) => expiresAt?.N));
      expect([...ends]).toEqual([String(at.getTime() / 1000 + 90 * 86_400)]);
      expect(await readDocument(table, 'ending', version)).toEqual(greeting('ending'));
    }
  });
});

describe('an answer that is not of DynamoDB', () => {
  test.each([
    ['empty', ''],
    ['a page', '<html></html>'],
    ['an object', '{}'],
  ])('is no success, with the status 200: %s', async (_, text) => {
    const server = await startServer((_request, response) => response.writeHead(200).end(text));
    const table = openTable('branchline', {
      ...{ endpoint: server.url, region: 'us-east-1', credentials },
    });
    const foreign = expect.objectContaining({ code: 'table-foreign' });
    const key = { pk: 'a', sk: 'b' };
    await expect(put(table, key, {})).rejects.toThrow(foreign);
    await expect(get(table, key)).rejects.toThrow(foreign);
    table.client.destroy();
    await server.close();
  });
});
