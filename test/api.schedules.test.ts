import { describe, expect, test } from 'vitest';
import { main as schedules } from '../cli/schedules.ts';
import { saveDraft } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { publish } from '../lib/admin/publish.ts';
import { overrideSchedule, putSchedule } from '../lib/admin/schedules.ts';
import { setUpApi } from './kit/api.ts';
import { setUpVoice } from './kit/voice.ts';
import { call, hear } from './kit/webhook.ts';

const { ask, admin } = setUpApi();
const voice = setUpVoice();

const office = {
  name: 'Office',
  timeZone: 'Asia/Shanghai',
  weekly: { mon: [['09:00', '18:00']], tue: [['09:00', '24:00']] },
  holidays: [{ date: '2026-10-01', until: '2026-10-07', name: '国庆节' }],
};
const put = (body: unknown, id = 'office') => ask('PUT', `/api/schedules/${id}`, body);

describe('a schedule', () => {
  test('is created, read, listed, changed and deleted', async () => {
    const created = await put(office);
    expect(created.status).toBe(200);
    expect(created.body).toMatchObject({ id: 'office', ...office, usedBy: [], holidaysUntil: '2026-10-07' });
    expect(['open', 'closed', 'holiday']).toContain(created.body.state);
    expect((await ask('GET', '/api/schedules/office')).body).toEqual(created.body);
    const { body } = await ask('GET', '/api/schedules');
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual(['office']);
    const { holidays: _, ...without } = office;
    expect((await put(without)).body).not.toHaveProperty('holidays');
    expect((await ask('DELETE', '/api/schedules/office')).status).toBe(204);
    expect((await ask('GET', '/api/schedules/office')).status).toBe(404);
  });

  test('is refused if the audit could not hold it before and after a change', async () => {
    const holidays = Array.from({ length: 400 }, (_, day) => ({
      date: new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
      name: '節'.repeat(100),
    }));
    expect((await put({ ...office, holidays })).status).toBe(200);
    const wide = holidays.map((each) => ({ ...each, name: '😀'.repeat(100) }));
    const { status, body } = await put({ ...office, holidays: wide });
    expect([status, body.problems[0].field]).toEqual([422, 'holidays']);
    expect(body.detail).toMatch(/150000 at most/);
  });

  test('tells what a caller meets at a time', async () => {
    await put(office);
    const at = async (time: string) =>
      (await ask('GET', `/api/schedules/office/at?time=${encodeURIComponent(time)}`)).body;
    expect(await at('2026-09-21T10:00:00+08:00')).toEqual({
      time: '2026-09-21T02:00:00.000Z',
      state: 'open',
    });
    expect(await at('2026-10-01T10:00:00+08:00')).toMatchObject({ state: 'holiday', holiday: '国庆节' });
    expect(await at('2028-02-29T10:00:00+08:00')).toMatchObject({ time: '2028-02-29T02:00:00.000Z' });
    const unescaped = await ask('GET', '/api/schedules/office/at?time=2026-11-30T09:00:00+08:00');
    expect(unescaped.body).toMatchObject({ time: '2026-11-30T01:00:00.000Z', state: 'open' });
    for (const time of [
      'tomorrow',
      '2026-02-30T09:00:00Z',
      '2026-11-31T09:00:00+08:00',
      '2026-11-30T25:00:00Z',
    ]) {
      const { status, body } = await ask('GET', `/api/schedules/office/at?time=${time}`);
      expect([time, status, body.problems?.[0]?.field]).toEqual([time, 422, 'time']);
    }
  });

  test('is overridden until it is taken back; a change of the hours keeps that', async () => {
    await put(office);
    const force = (body: object) => ask('PUT', '/api/schedules/office/override', body);
    expect((await force({ state: 'closed' })).body).toMatchObject({
      state: 'closed',
      override: { state: 'closed' },
    });
    expect((await put({ ...office, name: 'New' })).body).toMatchObject({ state: 'closed', name: 'New' });
    expect((await force({ state: 'open', until: '2099-01-01T00:00:00+08:00' })).body).toMatchObject({
      state: 'open',
      changesAt: '2098-12-31T16:00:00.000Z',
      override: { state: 'open', until: '2098-12-31T16:00:00.000Z' },
    });
    expect((await force({ state: 'auto' })).body).not.toHaveProperty('override');
    expect((await force({ state: 'closed', until: '2001-01-01T00:00:00Z' })).status).toBe(422);
    expect((await force({ state: 'closed', until: '2099-02-30T00:00:00Z' })).status).toBe(422);
    expect((await force({ state: 'shut' })).status).toBe(422);
    const { body } = await ask('GET', '/api/audit');
    expect(body.items.map(({ did }: { did: string }) => did)).toContain('override');
  });

  test('is overridden although others save it at the same time', async () => {
    await put(office, 'raced');
    const { middlewareStack } = admin().table.client;
    let saves = 0;
    middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          // Each of the switch's first three writes comes just after a save.
          if (commandName === 'UpdateItemCommand' && saves < 3) {
            saves += 1;
            const seen = saves;
            saves = 3;
            await putSchedule(admin(), { ...office, id: 'raced', name: `Office ${seen}` } as never);
            saves = seen;
          }
          return await next(args);
        },
      { step: 'initialize', name: 'rival' },
    );
    const { override, name } = await overrideSchedule(admin(), 'raced', { state: 'closed' });
    middlewareStack.remove('rival');
    expect({ override, name }).toEqual({ override: { state: 'closed' }, name: 'Office 3' });
    const { body } = await ask('GET', '/api/audit');
    const changes = (body.items as { did: string; what: string }[]).filter(({ what }) =>
      what.endsWith(' raced'),
    );
    expect(changes.map(({ did }) => did).sort()).toEqual([
      'change',
      'change',
      'change',
      'create',
      'override',
    ]);
  });

  test.each([
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ weekly: { mon: [['9:00', '18:00']] } }, 'weekly.mon.0.0'],
    [{ weekly: { mon: [['09:00', '25:00']] } }, 'weekly.mon.0.1'],
    [{ weekly: { mon: [['09:00', '09:00']] } }, 'weekly.mon.0'],
    [{ weekly: { mon: Array(6).fill(['09:00', '10:00']) } }, 'weekly.mon'],
    [{ weekly: { mon: [['09:00', '12:00', '13:00', '18:00']] } }, 'weekly.mon.0.2'],
    [{ weekly: { mon: [['09:00']] } }, 'weekly.mon.0.1'],
    [{ weekly: { someday: [] } }, 'weekly.someday'],
    [{ weekly: [] }, 'weekly'],
    [{ weekly: 'mon' }, 'weekly'],
    [{ holidays: [[]] }, 'holidays.0'],
    [
      { holidays: [{ date: '2026-10-10', name: 'Work', open: [['09:00', '12:00', '13:00']] }] },
      'holidays.0.open.0.2',
    ],
    [{ holidays: [{ date: '2026-02-30', name: 'None' }] }, 'holidays.0.date'],
    [{ holidays: [{ date: '2026-10-03', until: '2026-10-01', name: 'Back' }] }, 'holidays.0.until'],
    [{ holidays: [...office.holidays, { date: '2026-10-05', name: 'Twice' }] }, 'holidays.1.date'],
    [{ name: '' }, 'name'],
  ])('%j is refused, with the field', async (wrong, field) => {
    const { status, body } = await put({ ...office, ...wrong }, 'wrong');
    expect([status, body.problems[0]?.field]).toEqual([422, field]);
    if ('weekly' in wrong) expect(body.problems[0].message).not.toContain('is missing');
    expect((await ask('GET', '/api/schedules/wrong')).status).toBe(404);
  });
});

test('whose last holiday is over is a warning in the flows that ask it', async () => {
  const flow = {
    ...{ schema: 1, id: 'asks', name: 'Asks' },
    nodes: {
      start: { type: 'start', exits: { next: 'hours' } },
      hours: { type: 'hours', schedule: 'past', exits: { open: 'end', closed: 'end' } },
      end: { type: 'end', prompt: { text: 'Goodbye.' } },
    },
  };
  const found = async () => (await ask('POST', '/api/flows/check', flow)).body.problems;
  await put({ ...office, holidays: [{ date: '2020-10-01', name: '国庆节' }] }, 'past');
  expect(await found()).toMatchObject([
    { rule: 'holidays-end', severity: 'warning', node: 'hours', field: 'schedule' },
  ]);
  await put({ ...office, holidays: [{ date: '2099-10-01', name: '国庆节' }] }, 'past');
  expect(await found()).toEqual([]);
});

describe('a call', () => {
  const flow = (schedule: string, exits: object) => ({
    ...{ schema: 1, id: 'asks-hours', name: 'Asks the hours' },
    nodes: {
      start: { type: 'start', exits: { next: 'hours' } },
      hours: { type: 'hours', schedule, exits: { open: 'open', closed: 'closed', ...exits } },
      open: { type: 'end', prompt: { text: 'Open.' } },
      closed: { type: 'end', prompt: { text: 'Closed.' } },
      holiday: { type: 'end', prompt: { text: 'Holiday.' } },
    },
  });
  const hearNow = async (schedule: string, exits: object = {}) => {
    await saveDraft(voice.admin(), flow(schedule, exits), { force: true });
    await publish(voice.admin(), 'asks-hours').catch(() => undefined);
    await bindNumber(voice.admin(), '+15550120', 'asks-hours');
    const xml = await hear(await voice.load(), '/voice/incoming', { ...call, To: '+15550120' });
    return /<Say[^>]*>([^<]*)/.exec(xml)?.[1];
  };

  test('goes by what the schedule says now, and by the switch at once', async () => {
    const admin = voice.admin();
    await putSchedule(admin, { id: 'night', name: 'Night', timeZone: 'UTC', weekly: {} });
    expect(await hearNow('night')).toBe('Closed.');
    await overrideSchedule(admin, 'night', { state: 'open' });
    expect(await hearNow('night')).toBe('Open.');
    await overrideSchedule(admin, 'night', { state: 'holiday' });
    expect(await hearNow('night')).toBe('Closed.');
    expect(await hearNow('night', { holiday: 'holiday' })).toBe('Holiday.');
    await expect(
      import('../lib/admin/schedules.ts').then(({ deleteSchedule }) => deleteSchedule(admin, 'night')),
    ).rejects.toMatchObject({ code: 'schedule-used' });
  });

  test('counts one that is not there as open, and its record says so', async () => {
    expect(await hearNow('nowhere')).toBe('Open.');
    const [line] = voice.journal();
    expect(line?.entries).toMatchObject([{}, { node: 'hours', exit: 'open', assumed: true }, {}]);
  });
});

test('the command tells how it is used', async () => {
  expect(await schedules(['shut'])).toBe(2);
  expect(await schedules(['close', 'office', '--until', 'noon'])).toBe(2);
  expect(await schedules(['close', 'office', '--until', '2099-02-30T00:00:00Z'])).toBe(2);
});
