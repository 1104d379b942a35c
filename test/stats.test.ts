import { afterAll, beforeAll, expect, test } from 'vitest';
import { listCalls } from '../lib/admin/calls.ts';
import { createFlow } from '../lib/admin/flows.ts';
import { readStats, readTraffic } from '../lib/admin/stats.ts';
import { fileLines } from '../lib/calls/filing.ts';
import { begin, type Cursor } from '../lib/flow/cursor.ts';
import { mostCounted } from '../lib/store/calls/passages.ts';
import { toItem } from '../lib/store/table/item.ts';
import { callKey, callPlace, callsList, callsListKey } from '../lib/store/table/keys.ts';
import { putAll, type Table } from '../lib/store/table/table.ts';
import { openFloor, serving } from './kit/floor.ts';
import { underRole } from './kit/iam.ts';
import { cursorAt, later, line, startedAt, wholeCall } from './kit/journallines.ts';
import { countingTable } from './kit/scheduler.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();

  for (const id of ['demo', 'billing']) await createFlow(adminOf(table), { id, name: id });
  await fileLines(
    underRole(table, 'JournalRole'),
    [...wholeCall('CA1'), ...talk('CA2', 100), ...call('CA3', 200)],
    90,
  );
});
afterAll(() => table.close());

const span = { since: startedAt, until: later(3600) };

function adminOf(over: Table) {
  return { table: over, who: 'test', now: () => new Date(later(3600)), retainDays: 90 };
}

const menu: Cursor = cursorAt(1);

/** A call that waits 30 s for agent 1002, after 1001 missed its ring, which two lines tell of, and is still on. */
function talk(callSid: string, at: number): string[] {
  const missed = { missed: '1001', ring: 'L1' };
  return [
    line(callSid, at, {
      ...{ from: '+15550124', to: '+15550100', cursor: cursorAt(0) },
      entries: [{ node: 'start', exit: 'next' }, { node: 'menu' }],
    }),
    line(callSid, at + 5, {
      cursor: menu,
      entries: [
        { node: 'menu', key: '1', exit: '1' },
        { node: 'agents', waits: 'queue' },
      ],
    }),
    line(callSid, at + 25, missed),
    line(callSid, at + 26, missed),
    line(callSid, at + 35, { phase: 'talking', agent: '1002' }),
  ];
}

/** A call that enters another flow, comes to its menu twice, and is hung up there. */
function call(callSid: string, at: number): string[] {
  const other = { ...begin('billing', 1, 'en-US'), node: 'menu', waiting: 'keys' as const };
  return [
    line(callSid, at, {
      ...{ from: '+15550125', to: '+15550100', cursor: cursorAt(0) },
      entries: [
        { node: 'start', exit: 'next' },
        { node: 'menu', flow: 'billing', version: 1 },
      ],
    }),
    line(callSid, at + 5, {
      cursor: { ...other, step: 1 },
      entries: [
        { node: 'menu', flow: 'billing', version: 1, key: '*', exit: 'back' },
        { node: 'menu', flow: 'billing', version: 1 },
      ],
    }),
    line(callSid, at + 9, { status: 'completed' }),
  ];
}

test('statistics count calls, their ends, their waiting and missed rings', async () => {
  expect(await readStats(adminOf(table), span)).toEqual({
    ...{ complete: true, since: startedAt, calls: 3, now: 1, waiting: 0 },
    byFlow: [{ flow: 'demo', calls: 3, now: 1 }],
    byEndReason: { 'nobody-online': 1, 'hung-up-menu': 1 },
    busiestExits: [
      { flow: 'demo', node: 'menu', exit: '1', calls: 2 },
      { flow: 'billing', node: 'menu', exit: 'back', calls: 1 },
    ],
    ...{ queued: 1, answered: 1, answeredWithin20: 0, answeredWithin180: 1 },
    ...{ missedRings: 1, missedBy: { 1001: 1 } },
  });
});

test('a call whose end was never told is not on for longer than a call can last', async () => {
  const late = { ...adminOf(table), now: () => new Date(later(5 * 3600)) };
  expect(await readStats(late, span)).toMatchObject({ calls: 3, now: 0, byFlow: [{ flow: 'demo', now: 0 }] });
});

test('traffic counts calls, not visits, in the flow that was asked for and in one version', async () => {
  const admin = adminOf(table);
  expect(await readTraffic(admin, 'demo', span)).toMatchObject({
    calls: 3,
    nodes: {
      start: { entered: 3, ended: 0, exits: { next: 3 } },
      menu: { entered: 2, ended: 0, exits: { 1: 2 } },
      agents: { entered: 2, ended: 0, exits: { next: 1 } },
      end: { entered: 1, ended: 1, exits: {} },
    },
  });
  expect(await readTraffic(admin, 'billing', { ...span, version: 1 })).toEqual({
    ...{ calls: 1, complete: true, since: startedAt },
    nodes: { menu: { entered: 1, ended: 1, exits: { back: 1 } } },
  });
  expect(await readTraffic(admin, 'billing', { ...span, version: 2 })).toMatchObject({ calls: 0, nodes: {} });
  await expect(readTraffic(admin, 'nowhere', span)).rejects.toMatchObject({ code: 'flow-missing' });
});

test.each([
  ['an exit', { flow: 'demo', node: 'menu', exit: '1' }, ['CA2', 'CA1']],
  ['an exit of another version', { flow: 'demo', node: 'menu', exit: '1', version: 4 }, []],
  ['an end', { flow: 'demo', node: 'end', ended: true }, ['CA1']],
  ['a node that was left', { flow: 'demo', node: 'menu', ended: true }, []],
  ['a node of a flow that the call entered', { flow: 'billing', node: 'menu', ended: true }, ['CA3']],
  ['a version', { flow: 'demo', version: 3 }, ['CA3', 'CA2', 'CA1']],
  ['a missed ring', { missedBy: '1001' }, ['CA2']],
])('calls are listed by %s', async (_, wanted, expected) => {
  const { items } = await listCalls(adminOf(table), wanted);
  expect(items.map(({ callSid }) => callSid)).toEqual(expected);
});

test('a span that ends before it begins is refused', async () => {
  const turned = { since: span.until, until: span.since };
  const refusal = {
    code: 'bad-input',
    message: expect.stringContaining('`until` must be later than `since`'),
  };
  await expect(readStats(adminOf(table), turned)).rejects.toMatchObject(refusal);
  await expect(readTraffic(adminOf(table), 'demo', turned)).rejects.toMatchObject(refusal);
});

test('what says more of a node or a flow is refused without it', async () => {
  for (const wanted of [{ exit: '1' }, { ended: true }, { version: 3 }, { node: 'menu' }]) {
    await expect(listCalls(adminOf(table), wanted)).rejects.toMatchObject({ code: 'bad-input' });
  }
});

test('a record of the release before this one is found by the nodes that it lists', async () => {
  const at = later(4000);
  const row = { callSid: 'CAold', startedAt: at, flow: 'demo', version: 3, nodes: ' start menu ' };
  await putAll(table, [
    toItem({ ...callKey('CAold'), ...row, list: callsList, place: callPlace(at, 'CAold') }),
  ]);
  const found = async (node: string) =>
    (await listCalls(adminOf(table), { flow: 'demo', node, since: at })).items.map(({ callSid }) => callSid);
  expect(await found('menu')).toEqual(['CAold']);
  expect(await found('men')).toEqual([]);
});

test('of very many calls the newest 5,000 are counted, in a bounded number of reads', async () => {
  const rows = Array.from({ length: mostCounted + 200 }, (_, place) => {
    const callSid = `CB${place}`;
    const began = later(10_000 + place);
    const exits = JSON.stringify({ 'demo@3': { start: ['next'], menu: ['1'] } });
    const row = { ...callKey(callSid), callSid, startedAt: began, flow: 'demo', version: 3, exits };
    return toItem({ ...row, list: callsListKey(callSid), place: callPlace(began, callSid) });
  });
  await putAll(table, rows);
  const many = { since: startedAt, until: later(20_000) };
  const counts = new Map<string, number>();
  const counted = countingTable(table, counts);
  const oldest = { calls: mostCounted, complete: false, since: later(10_200) };
  expect(await readStats(adminOf(counted), many)).toMatchObject(oldest);
  expect(counts.get('reads')).toBe(11);
  counts.clear();
  expect(await readTraffic(adminOf(counted), 'demo', many)).toMatchObject(oldest);
  expect(counts.get('reads')).toBe(10);
  counted.destroy();
  // As many as there are, and not one more.
  expect(await readStats(adminOf(table), { ...many, since: later(10_200) })).toMatchObject({
    ...oldest,
    complete: true,
  });
});

test('the ring that an agent does not answer is one that they missed, in the record of the caller', async () => {
  const floor = await openFloor();
  await floor.presence('1001', 'online');
  floor.agent('1001', {});
  floor.at(10, () => floor.presence('1002', 'online'));
  floor.agent('1002', serving(floor, 5, 10));
  const { sid, ended } = floor.caller('ann');
  await ended;
  await floor.presence('1001', 'offline');
  await floor.over();
  await fileLines(table, floor.lines, 90);
  const found = await listCalls(adminOf(table), { missedBy: '1001', since: '2026-07-01' });
  expect(found.items.map(({ callSid }) => callSid)).toEqual([sid]);
  const day = { since: '2026-07-01', until: '2026-07-02' };
  expect(await readStats(adminOf(table), day)).toMatchObject({
    ...{ calls: 1, queued: 1, answered: 1, answeredWithin20: 0, answeredWithin180: 1 },
    missedBy: { 1001: 1 },
  });
});
