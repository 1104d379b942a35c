import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Agent,
  fetchAgent,
  fetchAgents,
  removeAgent,
  stateOf,
  storeAgent,
  storePresence,
} from '../lib/store/queue/agents.ts';
import { fetchGroup, fetchGroups, noteEmpty, removeGroup, storeGroup } from '../lib/store/queue/groups.ts';
import { changeLease, freeAgent, holdAgent, type Lease } from '../lib/store/queue/leases.ts';
import { loseAnswers, startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table.close());

const noon = new Date('2026-07-01T12:00:00.000Z');
const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000);
const failure = (code: string) => ({ code });
const sales = { id: 'sales', name: 'Sales', ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100 };
const ann = { staffNo: '1001', name: 'Ann', endpoint: 'client:ann', skillGroups: ['sales', 'support'] };

async function needAgent(staffNo: string): Promise<Agent> {
  const found = await fetchAgent(table, staffNo);
  if (found === undefined) throw new Error(`there is no agent ${staffNo}`);
  return found;
}

async function held(staffNo: string, id: string): Promise<Lease> {
  const lease: Lease = {
    ...{ id, phase: 'ringing', entry: 'CA1#1', group: 'sales' },
    endsAt: later(35).toISOString(),
  };
  expect(await holdAgent(table, await needAgent(staffNo), lease)).toBe(true);
  return lease;
}

describe('skill groups', () => {
  test('are created, changed from what they were, and deleted', async () => {
    await storeGroup(table, { ...sales, confirm: false }, undefined);
    const first = await fetchGroup(table, 'sales');
    expect(first).toEqual({ ...sales, confirm: false, edit: 1 });
    await expect(storeGroup(table, sales, undefined)).rejects.toMatchObject(failure('group-raced'));
    await storeGroup(table, { ...sales, ringSeconds: 30 }, first);
    const second = await fetchGroup(table, 'sales');
    expect(second).toEqual({ ...sales, ringSeconds: 30, edit: 2 });
    await expect(storeGroup(table, sales, first)).rejects.toMatchObject(failure('group-raced'));
    if (first === undefined || second === undefined) throw new Error('there is no group');
    await expect(removeGroup(table, first)).rejects.toMatchObject(failure('group-raced'));
    await removeGroup(table, second);
    await removeGroup(table, second);
    expect(await fetchGroup(table, 'sales')).toBeUndefined();
  });

  test('note the newest time at which their queue was empty, unless they were deleted', async () => {
    await storeGroup(table, { ...sales, id: 'noted' }, undefined);
    await noteEmpty(table, 'noted', '2026-07-01T12:00:01.000Z');
    await noteEmpty(table, 'noted', '2026-07-01T12:00:00.000Z');
    expect(await fetchGroup(table, 'noted')).toMatchObject({ emptyAt: '2026-07-01T12:00:01.000Z' });
    await noteEmpty(table, 'nowhere', '2026-07-01T12:00:00.000Z');
    expect(await fetchGroup(table, 'nowhere')).toBeUndefined();
  });

  test('and agents are listed apart, page by page', async () => {
    for (const id of ['a1', 'a2', 'a3']) await storeGroup(table, { ...sales, id }, undefined);
    for (const staffNo of ['21', '22', '23', '24'])
      await storeAgent(table, { ...ann, staffNo }, undefined, noon);
    const groups = await fetchGroups(table, { limit: 2 });
    expect(groups).toMatchObject({ items: [{ id: 'a1' }, { id: 'a2' }], next: expect.any(String) });
    const rest = await fetchGroups(table, { limit: 2, after: groups.next ?? '' });
    expect(rest).toMatchObject({ items: [{ id: 'a3' }, { id: 'noted' }] });
    expect(rest.next).toBeUndefined();
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await fetchAgents(table, { limit: 3, ...(after === undefined ? {} : { after }) });
      seen.push(...page.items.map(({ staffNo }) => staffNo));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(['21', '22', '23', '24']);
  });

  test('and agents are what was written, though the answer got lost', async () => {
    const trouble = loseAnswers(table);
    await storeGroup(trouble, { ...sales, id: 'lost' }, undefined);
    await storeAgent(trouble, { ...ann, staffNo: '31' }, undefined, noon);
    trouble.destroy();
    expect(await fetchGroup(table, 'lost')).toMatchObject({ edit: 1 });
    expect(await needAgent('31')).toMatchObject({ edit: 1 });
  });
});

describe('an agent', () => {
  test('is created offline, and changed without losing presence or lease', async () => {
    await storeAgent(table, ann, undefined, noon);
    expect(await needAgent('1001')).toEqual({
      ...ann,
      ...{ edit: 1, presence: 'offline', freeAt: noon.toISOString(), misses: 0 },
    });
    await storePresence(table, '1001', 'online', later(1));
    const lease = await held('1001', 'L1');
    const before = await needAgent('1001');
    await storeAgent(table, { ...ann, name: 'Anna', user: 'anna' }, before, later(2));
    expect(await needAgent('1001')).toMatchObject({ name: 'Anna', user: 'anna', presence: 'online', lease });
    await expect(storeAgent(table, ann, before, later(3))).rejects.toMatchObject(failure('agent-raced'));
    await storeAgent(table, ann, await needAgent('1001'), later(4));
    expect((await needAgent('1001')).user).toBeUndefined();
  });

  test('is not deleted while a lease runs', async () => {
    const busy = await needAgent('1001');
    await expect(removeAgent(table, busy, later(34))).rejects.toMatchObject(failure('agent-busy'));
    await expect(removeAgent(table, { ...busy, edit: 1 }, later(36))).rejects.toMatchObject(
      failure('agent-raced'),
    );
    await removeAgent(table, busy, later(35));
    await removeAgent(table, busy, later(35));
    expect(await fetchAgent(table, '1001')).toBeUndefined();
  });

  test('who comes online is available from then on, and stays where they stand when they say it again', async () => {
    await storeAgent(table, { ...ann, staffNo: '41' }, undefined, noon);
    await storePresence(table, '41', 'online', later(1));
    await storePresence(table, '41', 'online', later(2));
    expect(await needAgent('41')).toMatchObject({ presence: 'online', freeAt: later(1).toISOString() });
    await expect(storePresence(table, '404', 'online', noon)).rejects.toMatchObject(failure('agent-missing'));
  });

  test('goes on a break after a last miss, but not where they have signed out', async () => {
    for (const [staffNo, presence] of [
      ['51', 'break'],
      ['52', 'offline'],
    ] as const) {
      await storeAgent(table, { ...ann, staffNo }, undefined, noon);
      await storePresence(table, staffNo, 'online', noon);
      await held(staffNo, 'L5');
      if (presence === 'offline') await storePresence(table, staffNo, 'offline', noon);
      const freed = { freeAt: later(9).toISOString(), misses: 3, rest: true };
      expect(await freeAgent(table, { staffNo, id: 'L5', entry: 'CA1#1' }, freed)).toBe(true);
      expect(await needAgent(staffNo)).toMatchObject({ presence, misses: 3, freeAt: later(9).toISOString() });
      expect((await needAgent(staffNo)).lease).toBeUndefined();
    }
  });
});

describe('a lease', () => {
  test('is held by one, changed only as it must be, and ended', async () => {
    await storeAgent(table, { ...ann, staffNo: '61' }, undefined, noon);
    const offline = await needAgent('61');
    const lease: Lease = { ...{ id: 'L6', phase: 'ringing', entry: 'p', group: 'g' }, endsAt: 'later' };
    expect(await holdAgent(table, offline, lease)).toBe(false);
    await storePresence(table, '61', 'online', noon);
    const online = await needAgent('61');
    const held = await Promise.all(
      ['L1', 'L2', 'L3'].map((id) => holdAgent(table, online, { ...lease, id })),
    );
    expect(held.filter((won) => won)).toHaveLength(1);
    const id = (await needAgent('61')).lease?.id ?? '';
    const of = { staffNo: '61', id };
    expect(await changeLease(table, { ...of, id: 'L9' }, { leg: 'x' })).toBe(false);
    expect(await changeLease(table, of, { leg: 'x' }, { phases: ['asked', 'talking'] })).toBe(false);
    expect(await changeLease(table, of, { leg: 'x' }, { entry: 'q' })).toBe(false);
    expect(await changeLease(table, of, { dropped: true }, { phases: ['ringing'], entry: 'p' })).toBe(true);
    expect(await changeLease(table, of, { leg: 'x' }, { kept: true })).toBe(false);
    expect(await changeLease(table, of, { dropped: false, checkedAt: '1' }, { checkedAt: undefined })).toBe(
      true,
    );
    expect(await changeLease(table, of, { leg: 'y' }, { kept: true, checkedAt: '1' })).toBe(true);
    expect(await freeAgent(table, { ...of, entry: 'q' }, {})).toBe(false);
    expect(await freeAgent(table, { ...of, entry: 'p' }, {})).toBe(true);
    // Over is over, no matter who ended it: nobody has to look again.
    expect(await freeAgent(table, { ...of, entry: 'p' }, {})).toBe(true);
  });
});

describe('the state of an agent', () => {
  const agent = { ...ann, edit: 1, presence: 'online', freeAt: noon.toISOString(), misses: 0 } as const;
  const lease = { id: 'L', endsAt: later(30).toISOString(), entry: 'p', group: 'sales' };
  test.each([
    ['available', agent, 0],
    ['wrap-up', { ...agent, freeAt: later(1).toISOString() }, 0],
    ['break', { ...agent, presence: 'break' }, 0],
    ['offline', { ...agent, presence: 'offline', freeAt: later(1).toISOString() }, 0],
    ['ringing', { ...agent, lease: { ...lease, phase: 'ringing' } }, 29],
    ['ringing', { ...agent, lease: { ...lease, phase: 'asked' } }, 29],
    ['talking', { ...agent, presence: 'offline', lease: { ...lease, phase: 'talking' } }, 29],
    ['talking', { ...agent, lease: { ...lease, phase: 'over' } }, 29],
    ['available', { ...agent, lease: { ...lease, phase: 'talking' } }, 30],
  ] as [string, Agent, number][])('is %s', (state, of, seconds) => {
    expect(stateOf(of, later(seconds))).toBe(state);
  });
});
