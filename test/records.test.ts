import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileLines } from '../lib/calls/filing.ts';
import type { CallSummary } from '../lib/journal/record.ts';
import { fetchCall } from '../lib/store/calls/calls.ts';
import { callPk } from '../lib/store/table/keys.ts';
import { query } from '../lib/store/table/table.ts';
import { underRole } from './kit/iam.ts';
import { cursorAt, later, line, orders, startedAt, wholeCall } from './kit/journallines.ts';
import { crashAfter, startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;

beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.close());

const retainDays = 90;
let count = 0;

/** Files batches of lines of a new call one after the other and answers its record. */
async function recordOf(
  batchesOf: (callSid: string) => (string | string[])[],
): Promise<CallSummary | undefined> {
  count += 1;
  const callSid = `CA${count}`;
  for (const batch of batchesOf(callSid))
    await fileLines(underRole(table, 'JournalRole'), [batch].flat(), retainDays);
  return fetchCall(table, callSid);
}

async function itemsOf(callSid: string) {
  const found = [];
  for await (const items of query(table, { where: '#pk = :pk', values: { pk: callPk(callSid) } }))
    found.push(...items);
  return found;
}

const whole = {
  from: '+15550123',
  to: '+15550100',
  flow: 'demo',
  version: 3,
  startedAt,
  endedAt: later(12),
  endReason: 'nobody-online',
  missing: [],
};

describe('the record is the same', () => {
  test.each(orders([0, 1, 2, 3]))('in the order %i %i %i %i, one batch a line', async (...order) => {
    const record = await recordOf((callSid) => order.map((place) => wholeCall(callSid)[place] ?? ''));
    expect(record).toMatchObject(whole);
  });

  test('in one batch, and where every line comes twice', async () => {
    expect(await recordOf((callSid) => [wholeCall(callSid)])).toMatchObject(whole);
    const twice = await recordOf((callSid) => [wholeCall(callSid), wholeCall(callSid).reverse()]);
    expect(twice).toMatchObject(whole);
    expect(await itemsOf(`CA${count}`)).toHaveLength(1 + wholeCall('').length);
  });

  test('where a webhook came twice: the first counts', async () => {
    const again = (callSid: string) =>
      line(callSid, 11, {
        cursor: cursorAt(2),
        entries: [{ node: 'menu', key: '1', exit: '1' }, { node: 'agents' }],
      });
    for (const early of [true, false]) {
      const record = await recordOf((callSid) =>
        early ? [again(callSid), wholeCall(callSid)] : [wholeCall(callSid), again(callSid)],
      );
      expect(record).toMatchObject(whole);
    }
  });

  test('where many file its lines at once', async () => {
    const record = await recordOf(() => []);
    expect(record).toBeUndefined();
    const callSid = `CA${count}`;
    await Promise.all(
      wholeCall(callSid).map((each) => fileLines(underRole(table, 'JournalRole'), [each], retainDays)),
    );
    expect(await fetchCall(table, callSid)).toMatchObject(whole);
  });

  test('where a batch fails after any of its writes and is handed over again', async () => {
    let crashes = 0;
    for (let landed = 0; ; landed += 1) {
      count += 1;
      const callSid = `CA${count}`;
      const lines = [...wholeCall(callSid), ...wholeCall(`${callSid}-b`)];
      const trouble = crashAfter(table, landed);
      const filed = await fileLines(underRole(trouble, 'JournalRole'), lines, retainDays).catch(
        (error: Error) => error,
      );
      trouble.destroy();
      if (!(filed instanceof Error)) break;
      crashes += 1;
      await fileLines(underRole(table, 'JournalRole'), lines, retainDays);
      expect(await fetchCall(table, callSid)).toMatchObject(whole);
      expect(await fetchCall(table, `${callSid}-b`)).toMatchObject(whole);
    }
    // The lines are one batch, the records one write each.
    expect(crashes).toBe(3);
  });
});

describe('what is missing is told', () => {
  test.each([
    [0, { missing: [0], startedAt: later(4), endReason: 'nobody-online' }],
    [1, { missing: [1], startedAt, endReason: 'nobody-online' }],
    [2, { missing: [], startedAt, endReason: 'hung-up-menu' }],
    [3, { missing: [], startedAt, endReason: 'nobody-online', endedAt: later(9) }],
  ])('without line %i', async (place, expected) => {
    const record = await recordOf((callSid) => [wholeCall(callSid).toSpliced(place, 1)]);
    expect(record).toMatchObject(expected);
    if (place === 0) expect(record).not.toHaveProperty('from');
  });

  test('of a line that is cut off anywhere', async () => {
    const [, cut = ''] = wholeCall('CAcut');
    for (let end = 0; end < cut.length; end += 1) {
      expect(await fileLines(underRole(table, 'JournalRole'), [cut.slice(0, end)], retainDays)).toBe(1);
    }
    const record = await recordOf((callSid) => {
      const [first = '', , ...rest] = wholeCall(callSid);
      return [[first, cut.slice(0, -2), ...rest]];
    });
    expect(record).toMatchObject({ ...whole, missing: [1] });
  });

  test.each([
    ['no JSON', 'START RequestId: 1'],
    ['no object', '[1]'],
    ['null', 'null'],
    ['not of the journal', JSON.stringify({ level: 'error', at: startedAt, callSid: 'CA1' })],
    ['without a time', JSON.stringify({ journal: 1, callSid: 'CA1' })],
    ['of no time', JSON.stringify({ journal: 1, callSid: 'CA1', at: 'yesterday' })],
    ['of no call', JSON.stringify({ journal: 1, at: startedAt, callSid: '' })],
    ['of what is no id', JSON.stringify({ journal: 1, at: startedAt, callSid: 'a#b' })],
  ])('a line that is %s is left out and counted', async (_, text) => {
    expect(await fileLines(underRole(table, 'JournalRole'), [text, line('CAfine', 0, {})], retainDays)).toBe(
      1,
    );
  });

  test('of a call whose end alone is known', async () => {
    const record = await recordOf((callSid) => [line(callSid, 5, { status: 'completed' })]);
    expect(record).toMatchObject({ startedAt: later(5), endedAt: later(5), missing: [0] });
    expect(record).not.toHaveProperty('endReason');
  });
});

describe('lines of other releases', () => {
  const changed = (text: string, change: (line: Record<string, unknown>) => object) =>
    JSON.stringify({ ...JSON.parse(text), ...change(JSON.parse(text)) });

  test('an older one, which wrote less', async () => {
    const record = await recordOf((callSid) => [
      wholeCall(callSid).map((text) =>
        changed(text.replace(',"lost":"nobody-online"', ''), () => ({ journal: 0 })),
      ),
    ]);
    expect(record).toMatchObject({ ...whole, endReason: 'finished' });
  });

  test('a newer one, which writes more', async () => {
    const record = await recordOf((callSid) => [
      wholeCall(callSid).map((text) => changed(text, () => ({ journal: 3, mood: 'good', more: { a: [1] } }))),
    ]);
    expect(record).toMatchObject(whole);
  });

  test('one whose fields have other shapes: its steps are missing', async () => {
    const record = await recordOf((callSid) => {
      const [first = '', second = '', ...rest] = wholeCall(callSid);
      const odd = {
        cursor: 'demo 3 menu',
        entries: { node: 'menu' },
        answers: 7,
        status: { status: 'x' },
        from: 5,
      };
      return [[first, changed(second, () => ({ journal: 3, ...odd })), ...rest]];
    });
    expect(record).toMatchObject({ ...whole, missing: [1] });
  });

  test('a step that no call can come to is not counted up to', async () => {
    const cursor = { ...cursorAt(1), step: 999_999_999 };
    const record = await recordOf((callSid) => [
      [...wholeCall(callSid), line(callSid, 20, { cursor, entries: [{ node: 'menu' }] })],
    ]);
    expect(record).toMatchObject({ ...whole, missing: [] });
  });
});

test('records and lines end together, on one day after the call', async () => {
  await recordOf((callSid) => [wholeCall(callSid)]);
  const days = (seconds: number) => String(Date.parse(later(seconds)) / 1000 + retainDays * 86_400);
  const ends = (await itemsOf(`CA${count}`)).map(({ sk, expiresAt }) => [sk?.S?.split('#')[0], expiresAt?.N]);
  expect(ends).toEqual([
    ['call', days(12)],
    ['note', days(12)],
    ['step', days(0)],
    ['step', days(4)],
    ['step', days(9)],
  ]);
});
