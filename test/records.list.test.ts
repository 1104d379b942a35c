import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listCalls as listAdmin } from '../lib/admin/calls.ts';
import { fileLines } from '../lib/calls/filing.ts';
import { type CallFilter, fetchCalls } from '../lib/store/calls/calls.ts';
import { toItem } from '../lib/store/table/item.ts';
import { callKey, callPlace, callsList, callsListKey, callsListKeys } from '../lib/store/table/keys.ts';
import { putAll } from '../lib/store/table/table.ts';
import { underRole } from './kit/iam.ts';
import { cursorAt, later, line } from './kit/journallines.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;

/** Files the first lines of calls: seconds after the start, from, to and flow. */
async function file(
  calls: readonly { at: number; from?: string; to?: string; flow?: string }[],
): Promise<void> {
  const lines = calls.map(({ at, from = '+15550123', to = '+15550100', flow = 'demo' }) =>
    line(`CA${at}`, at, { from, to, cursor: { ...cursorAt(0), flow }, entries: [{ node: 'menu' }] }),
  );
  await fileLines(underRole(table, 'JournalRole'), lines, 90);
}

/** All pages, each with the ids of its calls. */
async function pages(wanted: CallFilter): Promise<string[][]> {
  const found: string[][] = [];
  for (let after: string | undefined; ; ) {
    const { items, next } = await fetchCalls(table, { ...wanted, ...(after === undefined ? {} : { after }) });
    found.push(items.map(({ callSid }) => callSid));
    if (next === undefined) return found;
    after = next;
  }
}

describe('a few calls', () => {
  beforeAll(async () => {
    table = await startTestTable();
    await file([
      { at: 0 },
      { at: 60, from: '+15550124' },
      { at: 120, to: '+15550124', flow: 'office' },
      { at: 3600, flow: 'office' },
      { at: 90_000 },
    ]);
  });
  afterAll(() => table.close());

  test.each<[string, CallFilter, string[][]]>([
    ['newest first', {}, [['CA90000', 'CA3600', 'CA120', 'CA60', 'CA0']]],
    ['in pages', { limit: 2 }, [['CA90000', 'CA3600'], ['CA120', 'CA60'], ['CA0']]],
    ['in full pages', { limit: 5 }, [['CA90000', 'CA3600', 'CA120', 'CA60', 'CA0']]],
    ['of a number, by any caller', { number: '+15550124' }, [['CA120', 'CA60']]],
    ['of a flow', { flow: 'office' }, [['CA3600', 'CA120']]],
    ['of a flow in pages', { flow: 'office', limit: 1 }, [['CA3600'], ['CA120']]],
    ['of a number and a flow', { number: '+15550100', flow: 'office' }, [['CA3600']]],
    ['of who called', { from: '+15550124' }, [['CA60']]],
    ['of a flow that came to a node', { flow: 'demo', node: 'menu' }, [['CA90000', 'CA60', 'CA0']]],
    ['of a flow that came to no such node', { flow: 'demo', node: 'men' }, [[]]],
    ['of an end', { endReason: 'finished' }, [[]]],
    ['of nobody', { number: '+15559999' }, [[]]],
    ['since a time', { since: later(120) }, [['CA90000', 'CA3600', 'CA120']]],
    ['until a time, which is not in', { until: later(120) }, [['CA60', 'CA0']]],
    ['in between', { since: later(60), until: later(3600), limit: 1 }, [['CA120'], ['CA60']]],
    ['of no time at all', { since: later(3600), until: later(60) }, [[]]],
  ])('%s', async (_, wanted, expected) => {
    expect(await pages(wanted)).toEqual(expected);
  });

  test('pages go on behind the last call, whatever is written meanwhile', async () => {
    const first = await fetchCalls(table, { limit: 2 });
    await file([{ at: 90_001 }, { at: 61 }]);
    const rest = await fetchCalls(table, { limit: 100, ...(first.next ? { after: first.next } : {}) });
    expect(rest.items.map(({ callSid }) => callSid)).toEqual(['CA120', 'CA61', 'CA60', 'CA0']);
  });

  test('a page that nobody gave and invalid times are refused', async () => {
    const admin = { table, who: 'test', now: () => new Date(0), retainDays: 90 };
    await expect(listAdmin(admin, { after: 'x' })).rejects.toMatchObject({ code: 'cursor-foreign' });
    for (const wanted of [
      { since: 'yesterday' },
      { until: '2026-13-01' },
      { since: '2026-02-30' },
      { since: '2026-02-29T24:00:01Z' },
      { since: '7' },
      { since: '2026-01-01T09:00' },
      { since: '2026-01-02', until: '2026-01-01' },
      { since: '2026-01-01', until: '2026-01-01T01:00:00+01:00' },
    ]) {
      await expect(listAdmin(admin, wanted)).rejects.toMatchObject({ code: 'bad-input' });
    }
    const { items } = await listAdmin(admin, { since: '2026-01-01T10:00:00+01:00', until: '2026-01-02' });
    expect(items.map(({ callSid }) => callSid)).toEqual(['CA3600', 'CA120', 'CA61', 'CA60', 'CA0']);
  });

  test('of a number, whichever way the carrier wrote it; of another address, only as it is written', async () => {
    const [since, until] = [later(200), later(300)];
    await file([
      { at: 201, from: 'sip:+15550221@pbx.example' },
      { at: 202, from: '15550221' },
      { at: 203, from: 'sip:15550221@pbx.example', to: 'sip:+15550100@pbx.example' },
      { at: 204, from: 'client:+15550221' },
      { at: 205, from: '+15550221' },
    ]);
    const of = async (wanted: CallFilter) => (await pages({ ...wanted, since, until })).flat();
    expect(await of({ from: '+15550221' })).toEqual(['CA205', 'CA203', 'CA202', 'CA201']);
    expect(await of({ number: '+15550221' })).toEqual(['CA205', 'CA203', 'CA202', 'CA201']);
    expect(await of({ from: '15550221' })).toEqual(['CA202']);
    expect(await of({ from: 'client:+15550221' })).toEqual(['CA204']);
    expect(await of({ number: '+15550100' })).toEqual(['CA205', 'CA204', 'CA203', 'CA202', 'CA201']);
  });
});

describe('five hundred calls', () => {
  beforeAll(async () => {
    table = await startTestTable();
    await file(
      Array.from({ length: 500 }, (_, place) => ({ at: place, flow: place === 7 ? 'rare' : 'demo' })),
    );
  });
  afterAll(() => table.close());

  test('are listed once each, in order', async () => {
    const found = await pages({ limit: 100 });
    expect(found).toHaveLength(5);
    expect(found.flat()).toEqual(Array.from({ length: 500 }, (_, place) => `CA${499 - place}`));
  });

  test('one that is rare among them is found', async () => {
    expect((await pages({ flow: 'rare', limit: 1 })).flat()).toEqual(['CA7']);
  });

  test('where a filter fits few of very many, a page ends early and the next one goes on', async () => {
    const rows = Array.from({ length: 5000 }, (_, place) => {
      const callSid = `CA${1000 + place}`;
      const startedAt = later(1000 + place);
      return toItem({
        ...callKey(callSid),
        callSid,
        startedAt,
        // As this release lists it, and as the one before did.
        list: place % 4 === 0 ? callsList : callsListKey(callSid),
        place: callPlace(startedAt, callSid),
      });
    });
    await putAll(table, rows);
    const found = await pages({ flow: 'rare' });
    expect(found).toEqual([[], ['CA7']]);
  });
});

test('calls are spread evenly over the keys of the index, each always at the same one', () => {
  const counts = new Map<string, number>();
  for (let call = 0; call < 8000; call += 1) {
    const sid = `CA${String(call * 7919).padStart(32, '0')}`;
    expect(callsListKey(sid)).toBe(callsListKey(sid));
    counts.set(callsListKey(sid), (counts.get(callsListKey(sid)) ?? 0) + 1);
  }
  expect([...counts.keys(), callsList].toSorted()).toEqual(callsListKeys.toSorted());
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
