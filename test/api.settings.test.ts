import { describe, expect, test } from 'vitest';
import { putGroup } from '../lib/admin/groups.ts';
import { setUpApi } from './kit/api.ts';

const { ask, admin } = setUpApi();

const none = { 'If-None-Match': '*' };
const settings = [
  ['/api/schedules/office', { name: 'Office', timeZone: 'UTC', weekly: { mon: [['09:00', '18:00']] } }],
  ['/api/skill-groups/sales', { name: 'Sales', ringSeconds: 25 }],
  ['/api/agents/1001', { name: 'Ann', endpoint: 'client:ann', skillGroups: [] }],
  ['/api/connections/crm', { name: 'CRM', url: 'https://crm.example.com', headers: { 'X-Key': 'one' } }],
] as const;

describe.each(settings)('a save of %s', (path, body) => {
  const save = (change: object, headers: Record<string, string> = {}) =>
    ask('PUT', path, { ...body, ...change }, headers);
  const told = async (answering: ReturnType<typeof ask>) => {
    const { status, body: problem } = await answering;
    return [status, problem.type?.split(':').at(-1)];
  };

  test('creates only, if it may replace nothing', async () => {
    expect((await save({}, none)).status).toBe(200);
    expect(await told(save({ name: 'Other' }, none))).toEqual([412, 'settings-taken']);
    expect((await ask('GET', path)).body.name).toBe(body.name);
    // The retry of a save whose answer was lost.
    expect((await save({}, none)).status).toBe(200);
  });

  test('replaces what was read, and nothing newer', async () => {
    await save({});
    const read = (await ask('GET', path)).headers.get('etag') ?? '';
    expect(read).toMatch(/^"[0-9a-f]{16}"$/);
    const theirs = await save({ name: 'Theirs' }, { 'If-Match': read });
    expect(theirs.status).toBe(200);
    const newer = theirs.headers.get('etag') ?? '';
    expect(newer).not.toBe(read);
    expect(await told(save({ name: 'Ours' }, { 'If-Match': read }))).toEqual([412, 'settings-stale']);
    expect((await ask('GET', path)).body.name).toBe('Theirs');
    expect((await save({ name: 'Theirs' }, { 'If-Match': read })).status).toBe(200);
    expect((await save({ name: 'Weak' }, { 'If-Match': `"other", W/${newer}` })).status).toBe(200);
    expect((await save({ name: 'Any' }, { 'If-Match': '*' })).status).toBe(200);
    expect((await save({ name: 'Plain' })).status).toBe(200);
  });

  test('does not create again what was deleted', async () => {
    await save({});
    const read = (await ask('GET', path)).headers.get('etag') ?? '';
    expect((await ask('DELETE', path)).status).toBe(204);
    for (const match of [read, '*'])
      expect(await told(save({}, { 'If-Match': match }))).toEqual([412, 'settings-stale']);
    expect((await ask('GET', path)).status).toBe(404);
  });
});

test('a presence and an override change no ETag', async () => {
  for (const [path, body] of settings) await ask('PUT', path, body);
  const tags = async () =>
    await Promise.all(settings.map(async ([path]) => (await ask('GET', path)).headers.get('etag')));
  const before = await tags();
  await ask('PUT', '/api/agents/1001/presence', { presence: 'break' });
  await ask('PUT', '/api/schedules/office/override', { state: 'closed' });
  expect(await tags()).toEqual(before);
});

test('a save that another one overtakes is refused, also if it has read the newest', async () => {
  const group = { id: 'race', name: 'Race', ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100 };
  await putGroup(admin(), group);
  const rival = async () => {
    await putGroup(admin(), { ...group, name: 'Theirs' });
    return true;
  };
  let asked = 0;
  const { middlewareStack } = admin().table.client;
  middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'UpdateItemCommand' && asked++ === 0) await rival();
        return await next(args);
      },
    { step: 'initialize', name: 'rival' },
  );
  const saving = putGroup(admin(), { ...group, name: 'Ours' }, () => true);
  await expect(saving).rejects.toMatchObject({ code: 'group-raced' });
  middlewareStack.remove('rival');
  expect((await ask('GET', '/api/skill-groups/race')).body.name).toBe('Theirs');
});
