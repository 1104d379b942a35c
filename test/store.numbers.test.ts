import type { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  fetchNumber,
  fetchNumbers,
  fetchReached,
  isNumber,
  numberBoundTo,
  removeNumber,
  storeNumber,
} from '../lib/store/flows/numbers.ts';
import { flowKey } from '../lib/store/table/keys.ts';
import { openTable, put, putAll } from '../lib/store/table/table.ts';
import { at, partition } from './kit/flowstore.ts';
import { credentials, startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;

beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.close());

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
    expect(await fetchNumber(table, '+15550100')).toBeUndefined();
    await storeNumber(table, first, undefined);
    expect(await fetchNumber(table, '+15550100')).toEqual(first);
    const second = { ...bound('+15550100', 'two'), boundAt: new Date(at.getTime() + 1).toISOString() };
    await expect(storeNumber(table, second, undefined)).rejects.toMatchObject({ code: 'number-raced' });
    await storeNumber(table, second, first);
    await expect(removeNumber(table, first)).rejects.toMatchObject({ code: 'number-raced' });
    expect(await numberBoundTo(table, 'two')).toBe('+15550100');
    expect(await numberBoundTo(table, 'one')).toBeUndefined();
    await removeNumber(table, second);
    expect(await fetchNumber(table, '+15550100')).toBeUndefined();
  });

  test('what its callers get is read as of now, whatever flow it was bound to when last seen', async () => {
    const number = '+19990177';
    await put(table, flowKey('hidden'), { live: 4, language: 'en-US', hiddenAt: at.toISOString() });
    await put(table, flowKey('shown'), { live: 3, language: 'zh-CN' });
    expect(await fetchReached(table, number, 'shown')).toBeUndefined();
    await storeNumber(table, bound(number, 'shown'), undefined);
    const shown = { flow: 'shown', live: { version: 3, language: 'zh-CN' } };
    for (const guess of [undefined, 'shown', 'hidden', 'gone']) {
      expect(await fetchReached(table, number, guess)).toEqual(shown);
    }
    await storeNumber(table, bound(number, 'hidden'), bound(number, 'shown'));
    for (const guess of [undefined, 'shown', 'hidden']) {
      expect(await fetchReached(table, number, guess)).toEqual({ flow: 'hidden' });
    }
    await removeNumber(table, bound(number, 'hidden'));
  });

  test('pages go on behind the last entry, whatever is written meanwhile', async () => {
    for (const end of ['2', '4', '6']) await storeNumber(table, bound(`+1777000${end}`, 'paged'), undefined);
    const first = await fetchNumbers(table, { limit: 2 });
    expect(first).toMatchObject({
      items: [{ number: '+17770002' }, { number: '+17770004' }],
      next: expect.any(String),
    });
    for (const end of ['1', '5']) await storeNumber(table, bound(`+1777000${end}`, 'paged'), undefined);
    const second = await fetchNumbers(table, {
      limit: 2,
      ...(first.next === undefined ? {} : { after: first.next }),
    });
    expect(second.items.map(({ number }) => number)).toEqual(['+17770005', '+17770006']);
    expect(second.next).toBeUndefined();
  });
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
    expect((await partition(table, 'batch')).map(({ sk }) => sk?.S)).toEqual(['10', '11', '12', '13']);
    client.destroy();
  });

  test('more than a batch takes is written whole', async () => {
    await putAll(table, items);
    expect(await partition(table, 'batch')).toHaveLength(60);
  });
});
