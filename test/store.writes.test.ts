import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLine } from '../lib/journal/read.ts';
import { keepLines, removeCall, writeCall } from '../lib/store/calls/calls.ts';
import { expireDrafts, keepDraft, nextRevision, writeDraft } from '../lib/store/flows/drafts.ts';
import {
  type FlowHead,
  hide,
  moveLive,
  noteBinding,
  noteSwept,
  noteUnswept,
  readHead,
  takeNumber,
  unhide,
} from '../lib/store/flows/flows.ts';
import { removeNumber, storeNumber } from '../lib/store/flows/numbers.ts';
import { dropVersion, expireVersions, keepVersions, writeVersion } from '../lib/store/flows/versions.ts';
import { fetchAgent, removeAgent, storeAgent, storePresence } from '../lib/store/queue/agents.ts';
import { writeDeparture } from '../lib/store/queue/departures.ts';
import * as entries from '../lib/store/queue/entries.ts';
import { fetchGroup, noteEmpty, removeGroup, storeGroup } from '../lib/store/queue/groups.ts';
import { changeLease, freeAgent, holdAgent } from '../lib/store/queue/leases.ts';
import { putSealed } from '../lib/store/queue/sealed.ts';
import { withdrawChange, writeChange } from '../lib/store/settings/audit.ts';
import { keyOf, versionPk } from '../lib/store/table/keys.ts';
import { expireItems, keepItems } from '../lib/store/table/pieces.ts';
import { remove, type Table } from '../lib/store/table/table.ts';
import { agent, at, binding, departure, entry, flow, group, lease } from './kit/samples.ts';
import { scriptWrites } from './kit/scriptwrites.ts';
import { type Case, settingWrites } from './kit/settingwrites.ts';
import { filesWithCommands, storeWriters } from './kit/storewriters.ts';
import { loseAnswers, scan, startTestTable, type TestTable } from './kit/table.ts';
import { watchTable } from './kit/tablestate.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.close());

const clear = async () => Promise.all((await scan(table)).map((item) => remove(table, keyOf(item))));

const line = readLine(
  JSON.stringify({ journal: 1, at: at.toISOString(), callSid: 'CA1', status: 'completed' }),
);
const change = { at: at.toISOString(), who: 'ann', did: 'save', what: 'flow desk' };
const passage = { exits: { 'demo@1': { start: ['next'] } }, queued: true, missedBy: ['1001'] };
const call = { callSid: 'CA1', startedAt: at.toISOString(), missing: [] };

async function need<T>(found: Promise<T | undefined>): Promise<T> {
  const there = await found;
  if (there === undefined) throw new Error('It is not there.');
  return there;
}
const head = () => need(readHead(table, 'desk'));
const readAgent1 = () => need(fetchAgent(table, '1'));
const place = () => need(entries.listEntries(table).then(([first]) => first));
const known = { errors: 0, uses: {} };
const draft = (over: Table, seen?: FlowHead) =>
  writeDraft(over, flow, { head: seen, revision: nextRevision(seen), by: 'ann', at, ...known });
const hidden = async () => hide(table, await head().catch(() => draft(table).then(head)), at);
const versionOne = { where: '#pk = :pk', values: { pk: versionPk('desk', 1) } };
/** A hidden flow whose draft and version have their end. */
const swept = async () => {
  await draft(table);
  await takeNumber(table, 'desk');
  await writeVersion(table, flow, 1, { at, by: 'ann' });
  await hide(table, await head(), at);
  await expireDrafts(table, 'desk', { upTo: (await head()).draft.revision, at, days: 1 });
  await expireVersions(table, await head(), at, 1);
  await noteSwept(table, await head(), at);
};
const online = async () => {
  await storeAgent(table, agent, undefined, at);
  await storePresence(table, '1', 'online', at);
};
const ringing = async () => {
  await online();
  await holdAgent(table, await readAgent1(), lease);
};
const waiting = () => entries.keepEntry(table, { ...entry, waitedSeconds: 0 }, at);

/** Every function of the store that writes. */
const cases: Readonly<Record<string, Case | readonly Case[]>> = {
  ...settingWrites(() => table),
  putSealed: { write: (over) => putSealed(over, { callSid: 'CA1', step: 2 }, 'c2VhbGVk', at) },
  storeAgent: [
    { write: (over) => storeAgent(over, agent, undefined, at) },
    {
      before: online,
      write: async (over) => storeAgent(over, { ...agent, user: 'ann' }, await readAgent1(), at),
    },
  ],
  removeAgent: { before: online, write: async (over) => removeAgent(over, await readAgent1(), at) },
  storePresence: [
    { before: online, write: (over) => storePresence(over, '1', 'break', at) },
    // The wrap-up ends.
    {
      async before() {
        await ringing();
        await freeAgent(
          table,
          { staffNo: '1', id: 'L1', entry: 'CA1#1' },
          { freeAt: new Date(at.getTime() + 60_000).toISOString() },
        );
      },
      write: (over) => storePresence(over, '1', 'online', at),
    },
  ],
  writeChange: { write: (over) => writeChange(over, change).then(({ pk }) => pk) },
  withdrawChange: {
    write: (over) => withdrawChange(over, { pk: 'audit', sk: `${at.toISOString()}#00000000` }),
  },
  keepLines: { write: (over) => keepLines(over, line === undefined ? [] : [line], 10) },
  removeCall: {
    before: () => writeCall(table, call, { lines: 1, expiresAt: 1, passage }),
    write: (over) => removeCall(over, 'CA1'),
  },
  writeCall: { write: (over) => writeCall(over, call, { lines: 1, expiresAt: 1, passage }) },
  writeDeparture: { write: (over) => writeDeparture(over, departure) },
  writeDraft: [
    { write: (over) => draft(over).then(({ savedAt }) => savedAt) },
    {
      before: () => draft(table),
      write: async (over) => draft(over, await head()).then(({ savedAt }) => savedAt),
    },
  ],
  expireDrafts: {
    before: () => draft(table),
    write: async (over) => expireDrafts(over, 'desk', { upTo: (await head()).draft.revision, at, days: 1 }),
  },
  ...scriptWrites(() => table),
  takeNumber: {
    before: () => draft(table),
    write: (over) => takeNumber(over, 'desk').then((number) => number > 0),
  },
  moveLive: {
    before: () => draft(table),
    write: async (over) => moveLive(over, await head(), { version: 1, language: 'en-US' }, at),
  },
  noteBinding: { before: () => draft(table), write: (over) => noteBinding(over, 'desk') },
  hide: { before: () => draft(table), write: async (over) => hide(over, await head(), at) },
  noteUnswept: { before: swept, write: async (over) => noteUnswept(over, await head()) },
  unhide: [
    { before: hidden, write: async (over) => unhide(over, await head()) },
    { before: hidden, write: async (over) => unhide(over, await head(), { version: 1, digest: 'x' }) },
  ],
  keepDraft: { before: swept, write: async (over) => keepDraft(over, await head()) },
  keepItems: { before: swept, write: (over) => keepItems(over, versionOne) },
  keepVersions: { before: swept, write: async (over) => keepVersions(over, await head()) },
  noteSwept: { before: hidden, write: async (over) => noteSwept(over, await head(), at) },
  storeGroup: [
    { write: (over) => storeGroup(over, group, undefined) },
    {
      before: () => storeGroup(table, group, undefined),
      write: async (over) => storeGroup(over, { ...group, confirm: true }, await fetchGroup(table, 'sales')),
    },
  ],
  removeGroup: {
    before: () => storeGroup(table, group, undefined),
    write: async (over) => removeGroup(over, await need(fetchGroup(table, 'sales'))),
  },
  noteEmpty: {
    before: () => storeGroup(table, group, undefined),
    write: (over) => noteEmpty(over, 'sales', at.toISOString()),
  },
  holdAgent: { before: online, write: async (over) => holdAgent(over, await readAgent1(), lease) },
  changeLease: [
    {
      before: ringing,
      write: (over) =>
        changeLease(over, { staffNo: '1', id: 'L1' }, { phase: 'asked' }, { phases: ['ringing'] }),
    },
    {
      before: ringing,
      write: (over) =>
        changeLease(over, { staffNo: '1', id: 'L1' }, { entry: 'CA2#1' }, { entry: 'CA1#1', kept: true }),
    },
    {
      before: ringing,
      write: (over) =>
        changeLease(over, { staffNo: '1', id: 'L1' }, { checkedAt: '1' }, { checkedAt: undefined }),
    },
    {
      before: ringing,
      write: (over) =>
        changeLease(over, { staffNo: '1', id: 'L1' }, { phase: 'over' }, { phases: ['talking'] }),
    },
  ],
  freeAgent: [
    {
      before: ringing,
      write: (over) => freeAgent(over, { staffNo: '1', id: 'L1', entry: 'CA1#1' }, { misses: 1 }),
    },
    {
      before: ringing,
      write: (over) => freeAgent(over, { staffNo: '1', id: 'L1', entry: 'CA1#1' }, { misses: 3, rest: true }),
    },
    { before: ringing, write: (over) => freeAgent(over, { staffNo: '1', id: 'L1', entry: 'CA9#1' }, {}) },
  ],
  storeNumber: { write: (over) => storeNumber(over, binding, undefined) },
  removeNumber: {
    before: () => storeNumber(table, binding, undefined),
    write: (over) => removeNumber(over, binding),
  },
  expireItems: {
    before: () => writeVersion(table, flow, 1, { at, by: 'ann' }),
    write: (over) => expireItems(over, { where: '#pk = :pk', values: { pk: versionPk('desk', 1) } }, 1),
  },
  keepEntry: [
    { write: (over) => entries.keepEntry(over, entry, at) },
    { before: waiting, write: (over) => entries.keepEntry(over, entry, at) },
    // The row of tries in vain goes on.
    {
      async before() {
        await waiting();
        await entries.noteUnable(table, { ...entry, waitedSeconds: 0 }, 1, at);
      },
      write: (over) => entries.keepEntry(over, entry, at),
    },
    // Who has left before does not come back.
    { before: () => writeDeparture(table, departure), write: (over) => entries.keepEntry(over, entry, at) },
  ],
  noteUnable: { before: waiting, write: (over) => entries.noteUnable(over, entry, 2, at) },
  claimEntry: [
    { before: waiting, write: async (over) => entries.claimEntry(over, await place(), 'L1', at) },
    {
      async before() {
        await waiting();
        await entries.claimEntry(table, await place(), 'L1', at);
      },
      write: async (over) => entries.claimEntry(over, await place(), 'L2', at),
    },
  ],
  releaseEntry: {
    async before() {
      await waiting();
      await entries.claimEntry(table, await place(), 'L1', at);
    },
    write: (over) => entries.releaseEntry(over, 'CA1#1', 'L1'),
  },
  removeEntry: {
    async before() {
      await waiting();
      await entries.claimEntry(table, await place(), 'L1', at);
    },
    write: async (over) => entries.removeEntry(over, await place(), at),
  },
  removeEntries: { before: waiting, write: async (over) => entries.removeEntries(over, [await place()]) },
  writeVersion: { write: (over) => writeVersion(over, flow, 1, { at, by: 'ann' }) },
  dropVersion: {
    before: () => writeVersion(table, flow, 1, { at, by: 'ann' }),
    write: (over) => dropVersion(over, 'desk', 1, at),
  },
  expireVersions: {
    async before() {
      await draft(table);
      await takeNumber(table, 'desk');
      await writeVersion(table, flow, 1, { at, by: 'ann' });
    },
    write: async (over) => expireVersions(over, await head(), at, 1),
  },
};

const tableState = watchTable(() => table);

async function outcome({ before, write }: Case, over: Table) {
  await clear();
  await before?.();
  return { answer: await write(over), tableState: await tableState.read() };
}

describe('a write whose first answer is lost', () => {
  const all = Object.entries(cases).flatMap(([name, some]) =>
    [some].flat().map((each, index) => [index === 0 ? name : `${name} (${index + 1})`, each] as const),
  );
  test.each(all)('comes to the same as over a good line: %s', async (_, each) => {
    const good = await outcome(each, table);
    // A client of its own: the SDK gives up repeating after some losses.
    const losing = loseAnswers(table);
    expect(await outcome(each, losing)).toEqual(good);
    losing.destroy();
  });
});

test('every attribute that is written above stands in a past table: test/past/README.md says how one is added', () => {
  expect(tableState.unknown()).toEqual([]);
});

test('every function of the store that writes has its case above, and nothing else writes', () => {
  expect(storeWriters()).toEqual(Object.keys(cases).toSorted());
  expect(filesWithCommands()).toEqual([]);
});
