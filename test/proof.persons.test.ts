import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { proveFlows } from '../cli/proof/prove.ts';
import { usesOf } from '../lib/engine/uses.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { type Holiday, type OpeningHours, weekdays } from '../lib/flow/schedule.ts';
import { datesText } from '../lib/proof/dates.ts';
import { explore } from '../lib/proof/explore.ts';
import { proofLines } from '../lib/proof/prooftext.ts';
import { isProven, prove } from '../lib/proof/prove.ts';
import { walkScript } from '../lib/proof/walk.ts';
import { flowOf, menu, transfer } from './kit/testflows.ts';

const folder = new URL('../flows/', import.meta.url);
const read = (file: string): Flow => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
const find = (id: string) => read(`${id}.flow.json`);
const put = new Set(['enqueue', 'dial', 'record']);

const agents = transfer({ failPrompt: { text: 'Nobody is here.' } }, { next: 'bye' });

test('the nearest person and the worst case come with calls that lead there', () => {
  const flow = flowOf({
    first: menu({ 1: 'second', 0: 'agents' }),
    second: menu({ 1: 'third' }),
    third: menu({ 2: 'agents' }),
    agents,
  });
  const [told] = prove(flow).persons;
  expect(told?.person).toMatchObject({ fromStart: { keys: 1 }, worst: { keys: 2, keysAt: 'second' } });
  const route = (script = '') =>
    walkScript(flow, script).map(({ event, passed }) => [event, ...passed.map(({ node }) => node)]);
  expect(route(told?.person?.script)).toEqual([
    ['arrived', 'start', 'first'],
    ['pressed 0', 'first', 'agents'],
  ]);
  expect(route(told?.person?.worst.script)).toEqual([
    ['arrived', 'start', 'first'],
    ['pressed 1', 'first', 'second'],
    ['pressed 1', 'second', 'third'],
    ['pressed 2', 'third', 'agents'],
  ]);
});

test.each(readdirSync(folder).filter((file) => file.endsWith('.flow.json')))(
  '%s: both calls end at a person',
  (file) => {
    const flow = read(file);
    for (const { person } of prove(flow, { find }).persons) {
      if (person === undefined) continue;
      for (const script of [person.script, person.worst.script]) {
        const steps = walkScript(flow, script, find);
        expect(script.split('\n').filter((line) => line.startsWith('>'))).toHaveLength(steps.length);
        expect(put.has(steps.at(-1)?.verbs.at(-1)?.verb ?? '')).toBe(true);
      }
    }
  },
);

test('ways that cost nothing do not lead round', () => {
  const flow = flowOf({
    first: menu({ 1: 'agents' }),
    agents: transfer({ failPrompt: { text: 'Nobody is here.' } }, { next: 'first', failed: 'agents2' }),
    agents2: transfer({ skillGroup: 'others' }, { next: 'first', failed: 'first' }),
  });
  const { states } = explore(flow);
  const [told] = prove(flow).persons;
  expect(walkScript(flow, told?.person?.worst.script ?? '').length).toBeLessThan(states.length);
  expect(told?.person?.fromStart.keys).toBe(1);
});

describe('a person by hours of the week', () => {
  const flow = read('opening-hours.flow.json');
  const [id = ''] = usesOf(flow).schedules ?? [];
  const week = (weekly: OpeningHours['weekly'], name = id) =>
    prove(flow, { find, schedules: new Map([[name, { timeZone: 'UTC', weekly }]]) }).week.map(
      ({ hours, person }) => [hours, person?.fromStart.keys],
    );

  test('puts days with equal hours together; a night and a Sunday go past midnight', () => {
    const usual = [['09:00', '17:00']] as const;
    expect(week({ mon: usual, tue: usual, wed: usual, sun: [['22:00', '02:00']] })).toEqual([
      ['mon 00:00–02:00 and 09:00–17:00, tue–wed 09:00–17:00, sun 22:00–24:00', 0],
      [
        'mon 02:00–09:00 and 17:00–24:00, tue–wed 00:00–09:00 and 17:00–24:00, thu–sat 00:00–24:00, sun 00:00–22:00',
        undefined,
      ],
    ]);
    expect(week(Object.fromEntries(weekdays.map((day) => [day, [['00:00', '24:00'] as const]])))).toEqual([
      ['mon–sun 00:00–24:00', 0],
    ]);
  });

  test('is told of dates with other hours: holidays, make-up workdays and the night after one', () => {
    const weekly = { thu: [['09:00', '17:00']], fri: [['22:00', '02:00']] } as const;
    const dates = (holidays: readonly Holiday[], now?: string) => {
      const schedules = new Map([[id, { timeZone: 'Asia/Shanghai', weekly, holidays }]]);
      const { dates: found } = prove(flow, { find, schedules, ...(now && { now: Date.parse(now) }) });
      return found.map((each) => [
        datesText(each, (count) => `and ${count} more`),
        each.person?.fromStart.keys,
      ]);
    };
    expect(dates([])).toEqual([]);
    // 2026-10-01 is a Thursday: the range of Friday evening is left out, and so is its rest on Saturday.
    const golden = { date: '2026-10-01', until: '2026-10-02', name: 'National Day' };
    const makeUp = { date: '2026-10-10', name: 'Make-up day', open: [['10:00', '12:00']] } as const;
    const single = ['2026-12-25', '2026-12-31', '2027-01-01'].map((date) => ({ date, name: date.slice(5) }));
    const all = [golden, makeUp, ...single];
    const closed = '2026-10-01–2026-10-02 National Day, 2026-12-25 12-25, 2026-12-31 12-31, and 1 more';
    expect(dates(all)).toEqual([
      [closed, undefined],
      ['2026-10-03, 2026-12-26, 2027-01-02', undefined],
      ['2026-10-10 Make-up day, 00:00–02:00 and 10:00–12:00', 0],
      ['2026-10-10 Make-up day, 02:00–10:00 and 12:00–24:00', undefined],
    ]);
    // From a day on, in the schedule's time zone: it is the 26th there.
    expect(dates(all, '2026-12-25T16:00:00Z')).toEqual([
      ['2026-12-26, 2027-01-02', undefined],
      ['2026-12-31 12-31, 2027-01-01 01-01', undefined],
    ]);
    // What lies more than 400 days ahead is left out, however long it is.
    expect(dates([{ date: '2028-01-01', until: '9999-12-31', name: 'Far' }], '2026-01-01T00:00:00Z')).toEqual(
      [],
    );
    expect(
      dates([{ date: '2026-01-01', until: '9999-12-31', name: 'Long' }], '2026-01-01T00:00:00Z'),
    ).toEqual([['2026-01-01–2027-02-04 Long', undefined]]);
  });

  test('is not told of schedules in several time zones, which have no common clock', () => {
    const exits = { open: 'second', closed: 'bye', holiday: 'bye' };
    const two = flowOf({
      first: { type: 'hours', schedule: 'east', exits },
      second: { type: 'hours', schedule: 'west', exits: { ...exits, open: 'agents' } },
      agents: transfer({ failPrompt: { text: 'Nobody is here.' } }, { next: 'bye' }),
    });
    const hours = (timeZone: string) => ({ timeZone, weekly: { mon: [['09:00', '17:00']] } }) as const;
    const told = (west: string) =>
      prove(two, {
        schedules: new Map([
          ['east', hours('Asia/Tokyo')],
          ['west', hours(west)],
        ]),
      });
    expect(told('Asia/Tokyo').week).toHaveLength(2);
    const proof = told('America/New_York');
    expect([proof.week, proof.dates, isProven(proof)]).toEqual([[], [], true]);
    expect(proofLines(proof)).toContain(
      '  a person hour by hour: not told, as the schedules have several time zones (America/New_York, Asia/Tokyo)',
    );
  });

  test('is told of schedules that decide only, by the command, too', () => {
    expect(week({ mon: [['09:00', '17:00']] }, 'another')).toEqual([]);
    const folder = mkdtempSync(join(tmpdir(), 'schedules-'));
    const holidays = [{ date: '2026-12-25', name: 'Christmas' }];
    const weekly = { mon: [['09:00', '17:00']] };
    const schedule = { id, name: 'Hours', timeZone: 'Europe/Berlin', weekly, holidays };
    writeFileSync(join(folder, 'hours.json'), JSON.stringify(schedule));
    const { text } = proveFlows(['flows/opening-hours.flow.json'], {
      schedules: folder,
      now: Date.parse('2026-11-01T00:00:00Z'),
    });
    expect(text).toContain('  a person, mon 09:00–17:00: 0 keys and 6 s from the start;');
    expect(text).toContain('\n  a person, 2026-12-25 Christmas: out of reach');
    rmSync(folder, { recursive: true });
  });
});
