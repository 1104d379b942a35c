import { describe, expect, test } from 'vitest';
import { fileLines } from '../lib/calls/filing.ts';
import { keepEntry, listEntries, removeEntry } from '../lib/store/queue/entries.ts';
import { setUpApi } from './kit/api.ts';

const { ask, send, token, admin } = setUpApi();

/** All entries of a list, some at a time; between the pages something may be written. */
async function walk(path: string, limit: number, between: () => Promise<unknown> = async () => {}) {
  const found: Record<string, unknown>[] = [];
  for (let after = ''; ; ) {
    const mark = path.includes('?') ? '&' : '?';
    const { status, body } = await ask('GET', `${path}${mark}limit=${limit}${after}`);
    expect(status).toBe(200);
    expect(body.items.length).toBeLessThanOrEqual(limit);
    found.push(...body.items);
    if (body.next === undefined) return found;
    after = `&after=${encodeURIComponent(body.next)}`;
    await between();
  }
}

async function changesOf(what: string): Promise<string[]> {
  const changes = await walk('/api/audit', 100);
  return changes.filter((change) => change.what === what).map(({ who, did }) => `${who} ${did}`);
}

describe('numbers', () => {
  test('are bound, moved and unbound; the same again changes nothing', async () => {
    await ask('POST', '/api/flows', { name: 'One', id: 'one' });
    await ask('POST', '/api/flows', { name: 'Two', id: 'two' });
    const path = '/api/numbers/+15550100';
    expect((await ask('GET', path)).status).toBe(404);
    const bound = await ask('PUT', path, { flow: 'one' });
    expect([bound.status, bound.body]).toEqual([
      200,
      { number: '+15550100', flow: 'one', boundAt: expect.any(String), boundBy: 'ann' },
    ]);
    expect((await ask('PUT', path, { flow: 'one' })).body).toEqual(bound.body);
    expect((await ask('GET', '/api/numbers/%2B15550100')).body).toEqual(bound.body);
    expect((await ask('PUT', path, { flow: 'two' })).body.flow).toBe('two');
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('DELETE', path)).status).toBe(404);
    expect(await changesOf('number +15550100')).toEqual(['ann unbind', 'ann bind', 'ann bind']);
  });

  test('a flow or a number that cannot be is named', async () => {
    const nobody = await ask('PUT', '/api/numbers/+15550101', { flow: 'nobody' });
    expect(nobody).toMatchObject({ status: 422, body: { problems: [{ field: 'flow' }] } });
    const short = await ask('PUT', '/api/numbers/15550101', { flow: 'one' });
    expect(short).toMatchObject({ status: 422, body: { problems: [{ field: 'e164' }] } });
    expect((await ask('GET', '/api/numbers/15550101')).status).toBe(404);
  });

  test('two admins at once: the last one who is told 200 counts', async () => {
    const path = '/api/numbers/+15550102';
    const both = await Promise.all(['one', 'two'].map((flow) => ask('PUT', path, { flow })));
    const told = both.filter(({ status }) => status === 200).map(({ body }) => body.flow);
    expect(both.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect(told).toContain((await ask('GET', path)).body.flow);
  });
});

describe('skill groups', () => {
  test('take their defaults, are set as a whole, and go', async () => {
    const path = '/api/skill-groups/support';
    const unset = { ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100 };
    const made = await ask('PUT', path, { name: 'Support' });
    expect([made.status, made.body]).toEqual([200, { id: 'support', name: 'Support', ...unset }]);
    const all = { name: 'Help', ringSeconds: 5, wrapUpSeconds: 3600, maxQueue: 1, confirm: false };
    expect((await ask('PUT', path, all)).body).toEqual({ id: 'support', ...all });
    expect((await ask('PUT', path, all)).body).toEqual({ id: 'support', ...all });
    expect((await ask('GET', path)).body).toEqual({ id: 'support', ...all });
    expect((await ask('PUT', path, { name: 'Help' })).body).toEqual({
      id: 'support',
      name: 'Help',
      ...unset,
    });
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('GET', path)).status).toBe(404);
    expect((await ask('DELETE', path)).status).toBe(404);
    expect(await changesOf('skill-group support')).toEqual([
      ...['ann delete', 'ann change', 'ann change', 'ann create'],
    ]);
  });

  test.each([
    ['ringSeconds', 4],
    ['ringSeconds', 121],
    ['ringSeconds', 20.5],
    ['ringSeconds', '20'],
    ['wrapUpSeconds', -1],
    ['maxQueue', 0],
    ['maxQueue', 1001],
    ['confirm', 'yes'],
    ['name', ' '],
    ['name', 'x'.repeat(101)],
    ['size', 1],
  ])('%s is not %s', async (field, value) => {
    const { status, body } = await ask('PUT', '/api/skill-groups/wrong', { name: 'Wrong', [field]: value });
    expect([status, body.problems.map((problem: { field: string }) => problem.field)]).toEqual([
      422,
      [field],
    ]);
  });

  test('an id has its shape', async () => {
    for (const id of ['Sales', '-a', 'a'.repeat(41), 'a_b', 'ä']) {
      expect((await ask('PUT', `/api/skill-groups/${encodeURIComponent(id)}`, { name: 'x' })).status).toBe(
        422,
      );
    }
  });

  test('one that a flow transfers to is kept, and the answer names the flow', async () => {
    await ask('PUT', '/api/skill-groups/wanted', { name: 'Wanted' });
    const { headers, body } = await ask('POST', '/api/flows', { name: 'Wanting', id: 'wanting' });
    const transfer = { type: 'transfer', skillGroup: 'wanted', exits: {} };
    const draft = { ...body, nodes: { ...body.nodes, transfer } };
    await ask('PUT', '/api/flows/wanting', draft, { 'if-match': headers.get('etag') ?? '' });
    const refused = await ask('DELETE', '/api/skill-groups/wanted');
    expect([refused.status, refused.body.type]).toEqual([409, 'urn:branchline:error:group-used']);
    expect(refused.body.detail).toContain('wanting (draft)');
    expect((await ask('GET', '/api/skill-groups/wanted')).status).toBe(200);
    await ask('DELETE', '/api/flows/wanting');
    expect((await ask('DELETE', '/api/skill-groups/wanted')).status).toBe(204);
  });
});

describe('agents', () => {
  const bob = { name: 'Bob', endpoint: '+15550123', skillGroups: ['sales'] };

  test('are offline at first, say what they are, and keep it when they are changed', async () => {
    await ask('PUT', '/api/skill-groups/sales', { name: 'Sales' });
    const path = '/api/agents/1001';
    const made = await ask('PUT', path, { ...bob, user: 'bob' });
    const row = { staffNo: '1001', ...bob, user: 'bob', presence: 'offline', state: 'offline' };
    expect([made.status, made.body]).toEqual([200, row]);
    const online = await ask('PUT', `${path}/presence`, { presence: 'online' });
    expect([online.status, online.body]).toEqual([200, { ...row, presence: 'online', state: 'available' }]);
    const renamed = { ...bob, name: 'Robert', skillGroups: ['sales', 'sales'] };
    const changed = { staffNo: '1001', ...bob, name: 'Robert', presence: 'online', state: 'available' };
    expect((await ask('PUT', path, renamed)).body).toEqual(changed);
    expect((await ask('GET', path)).body).toEqual(changed);
    const queues = await ask('GET', '/api/queues');
    expect(queues.body.items).toContainEqual({
      ...{ group: 'sales', waiting: 0, longestWaitSeconds: 0, agents: { available: 1 } },
    });
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('PUT', `${path}/presence`, { presence: 'online' })).status).toBe(404);
    expect(await changesOf('agent 1001')).toEqual([
      ...['ann delete', 'ann change', 'ann set-presence', 'ann create'],
    ]);
  });

  test('what agents say of themselves is no change by an admin', async () => {
    await ask('PUT', '/api/agents/1002', { ...bob, user: 'eve' });
    const eve = await token(['agent'], 'eve');
    const said = { token: eve, body: { presence: 'break' } };
    expect((await send('PUT', '/api/agents/1002/presence', said)).body.state).toBe('break');
    expect(await changesOf('agent 1002')).toEqual(['ann create']);
  });

  test.each([
    ['endpoint', '5550123'],
    ['endpoint', 'http://example.com'],
    ['endpoint', 'sip:'],
    ['skillGroups', 'sales'],
    ['skillGroups', ['nobody']],
    ['user', ''],
  ])('%s is not %s', async (field, value) => {
    const { status, body } = await ask('PUT', '/api/agents/1', { ...bob, [field]: value });
    expect([status, body.problems.map((problem: { field: string }) => problem.field)]).toEqual([
      422,
      [field],
    ]);
  });

  test('a staff number has its shape, a presence is one of three', async () => {
    for (const staffNo of ['a1', '12345678901', '1.5']) {
      expect((await ask('PUT', `/api/agents/${staffNo}`, bob)).status).toBe(422);
    }
    for (const presence of ['available', 'Online', null]) {
      expect((await ask('PUT', '/api/agents/1002/presence', { presence })).status).toBe(422);
    }
  });
});

test('a queue tells who waits, and for how long', async () => {
  await ask('PUT', '/api/skill-groups/busy', { name: 'Busy' });
  const { table } = admin();
  const stay = { group: 'busy', to: '+15550100', cursor: '', step: 2 };
  await keepEntry(table, { ...stay, callSid: 'CA1', waitedSeconds: 31 }, new Date());
  await keepEntry(table, { ...stay, callSid: 'CA2', waitedSeconds: 5 }, new Date());
  await keepEntry(table, { ...stay, callSid: 'CA3', waitedSeconds: 60 }, new Date());
  const [place] = await listEntries(table, 'CA3');
  if (place !== undefined) await removeEntry(table, place, new Date());
  const { body } = await ask('GET', '/api/queues');
  const row = body.items.find(({ group }: { group: string }) => group === 'busy');
  expect(row).toMatchObject({ waiting: 2, agents: {} });
  expect(row.longestWaitSeconds).toBeGreaterThanOrEqual(31);
  expect(row.longestWaitSeconds).toBeLessThan(60);
});

describe('calls', () => {
  test('are listed newest first, found by number, flow and time, and told step by step', async () => {
    for (const [callSid, at] of [
      ['CA1', '2026-07-01T09:00:00.000Z'],
      ['CA2', '2026-07-01T10:00:00.000Z'],
    ] as const) {
      const line = { journal: 1, at, callSid, from: `+1555019${callSid.at(-1)}`, to: '+15550100' };
      await fileLines(admin().table, [JSON.stringify({ ...line, trouble: 'unknown-number' })], 10_000);
    }
    const sids = async (query: string) =>
      (await walk(`/api/calls${query}`, 50)).map(({ callSid }) => callSid);
    expect(await sids('')).toEqual(['CA2', 'CA1']);
    expect(await sids('?number=%2B15550191')).toEqual(['CA1']);
    expect(await sids('?number=+15550192')).toEqual(['CA2']);
    expect(await sids('?since=2026-07-01T09:30:00Z')).toEqual(['CA2']);
    expect(await sids('?since=2026-07-01T11:30:00+02:00')).toEqual(['CA2']);
    expect(await sids('?until=2026-07-01T09:30:00Z')).toEqual(['CA1']);
    expect(await sids('?flow=nobody')).toEqual([]);
    expect((await walk('/api/calls', 1)).length).toBe(2);
    const { status, body } = await ask('GET', '/api/calls/CA1');
    expect([status, body.callSid, body.from]).toEqual([200, 'CA1', '+15550191']);
    expect(Array.isArray(body.steps)).toBe(true);
    expect((await ask('GET', '/api/calls/CA3')).status).toBe(404);
    const callSid = `v3:T02ll.x_-${'a'.repeat(100)}`;
    const other = { journal: 1, at: '2026-07-02T09:00:00.000Z', callSid, status: 'completed' };
    await fileLines(admin().table, [JSON.stringify(other)], 10_000);
    for (const spelled of [callSid, encodeURIComponent(callSid)]) {
      expect((await ask('GET', `/api/calls/${spelled}`)).body).toMatchObject({ callSid });
    }
    expect((await ask('GET', '/api/calls?since=yesterday')).status).toBe(422);
  });
});

describe('pages', () => {
  test('whatever is written meanwhile, no entry that stays comes twice or is left out', async () => {
    const ids = Array.from({ length: 12 }, (_, at) => `page-${String(at).padStart(2, '0')}`);
    for (const id of ids) await ask('PUT', `/api/skill-groups/${id}`, { name: id });
    let round = 0;
    const found = await walk('/api/skill-groups', 5, async () => {
      round += 1;
      await ask('DELETE', `/api/skill-groups/page-0${round}`);
      await ask('PUT', `/api/skill-groups/page-00-${round}`, { name: 'behind' });
    });
    const kept = found.map(({ id }) => id).filter((id) => ids.includes(String(id)));
    expect(kept).toEqual(expect.arrayContaining(ids.filter((id) => !/page-0[1-9]$/.test(id))));
    expect(new Set(kept).size).toBe(kept.length);
  });

  test('every list pages: flows, numbers, agents, queues, audit', async () => {
    for (const id of ['a', 'b', 'c']) {
      await ask('POST', '/api/flows', { name: id, id: `list-${id}` });
      await ask('PUT', `/api/numbers/+1555020${id.charCodeAt(0) - 97}`, { flow: `list-${id}` });
      await ask('PUT', `/api/agents/20${id.charCodeAt(0)}`, {
        name: id,
        endpoint: 'client:x',
        skillGroups: [],
      });
    }
    for (const path of ['/api/flows', '/api/numbers', '/api/agents', '/api/queues', '/api/audit']) {
      // Somebody who waits has waited longer at the second look.
      const still = (rows: Awaited<ReturnType<typeof walk>>) =>
        rows.map(({ longestWaitSeconds: _, ...row }) => row);
      const whole = still(await walk(path, 100));
      expect(whole.length).toBeGreaterThanOrEqual(3);
      expect(still(await walk(path, 2))).toEqual(whole);
    }
  });
});
