import { describe, expect, test } from 'vitest';
import { listedHolidays } from '../lib/calendar/holidays.ts';
import { calendarDays } from '../lib/flow/calendar.ts';
import { holidaysEndSoon, holidaysUntil } from '../lib/flow/holidayend.ts';
import { proposedHolidays, publicDays } from '../lib/flow/proposal.ts';
import type { OpeningHours } from '../lib/flow/schedule.ts';

const weekly: OpeningHours['weekly'] = { tue: [['09:00', '18:00']], fri: [['20:00', '02:00']] };

describe('proposed holidays', () => {
  test('of China have its make-up workdays, with the hours of the first workday', async () => {
    const listed = await listedHolidays('cn', '2026-09-20', 'zh-CN');
    expect(proposedHolidays({ weekly }, listed)).toEqual([
      { date: '2026-09-20', name: '国庆节', open: [['09:00', '18:00']] },
      { date: '2026-09-25', until: '2026-09-27', name: '中秋' },
      { date: '2026-10-01', until: '2026-10-07', name: '国庆节' },
      { date: '2026-10-10', name: '国庆节', open: [['09:00', '18:00']] },
    ]);
    const [first] = await listedHolidays('CN', '2026-10-01', 'en');
    expect(first).toEqual({ date: '2026-10-01', name: 'National Day', isWorked: false });
  });

  test('leave out what the schedule has, and workdays where no hours are known', async () => {
    const listed = await listedHolidays('CN', '2026-09-26', 'zh');
    const holidays = [{ date: '2026-10-03', until: '2026-10-05', name: 'Ours' }];
    expect(proposedHolidays({ weekly: {}, holidays }, listed)).toEqual([
      { date: '2026-09-26', until: '2026-09-27', name: '中秋' },
      { date: '2026-10-01', until: '2026-10-02', name: '国庆节' },
      { date: '2026-10-06', until: '2026-10-07', name: '国庆节' },
    ]);
  });

  test('of other countries are the public ones, of a part of them its own', async () => {
    const names = async (region: string) =>
      (await listedHolidays(region, '2027-03-01', 'en'))
        .slice(0, 3)
        .map(({ date, name }) => `${date} ${name}`);
    expect(await names('DE')).toEqual([
      '2027-03-26 Good Friday',
      '2027-03-29 Easter Monday',
      '2027-05-01 Labour Day',
    ]);
    expect((await names('DE-BE'))[0]).toBe("2027-03-08 International Women's Day");
    await expect(listedHolidays('XX', '2027-01-01', 'en')).rejects.toThrow('no list of holidays of "XX"');
    await expect(listedHolidays('DE-XX', '2027-01-01', 'en')).rejects.toThrow('parts of DE are BB, BE');
  });

  test('are whole days: not one that begins at noon, each of several, two of one date together', () => {
    const day = (date: string, hours: number, name: string, type = 'public') => {
      const start = new Date(`${date.slice(0, 10)}T00:00:00Z`);
      return { date, name, type, start, end: new Date(start.getTime() + hours * 3_600_000) };
    };
    const found = publicDays([
      day('2027-05-16 00:00:00 -0600', 42, 'Feast'),
      day('2027-05-16 00:00:00', 23, 'Sunday'),
      day('2027-12-24 14:00:00', 10, 'Eve'),
      day('2027-02-14 00:00:00', 24, 'Hearts', 'observance'),
      day('2027-01-01 00:00:00', 48, 'Two days'),
    ]);
    expect(found).toEqual([
      { date: '2027-01-01', name: 'Two days' },
      { date: '2027-01-02', name: 'Two days' },
      { date: '2027-05-16', name: 'Feast · Sunday' },
    ]);
  });
});

test('the last holiday is told 60 days before it ends, and after', () => {
  const last = holidaysUntil([
    { date: '2026-10-01', until: '2026-10-07', name: 'Long' },
    { date: '2026-10-05', name: 'Short' },
  ]);
  expect(last).toBe('2026-10-07');
  const soon = (day: string) => holidaysEndSoon(last, Date.parse(`${day}T00:00:00Z`));
  expect([soon('2026-08-08'), soon('2026-08-09'), soon('2027-01-01')]).toEqual([false, true, true]);
  expect([holidaysUntil(), holidaysEndSoon(undefined, 0)]).toEqual([undefined, false]);
});

describe('the calendar', () => {
  const hours: OpeningHours = {
    timeZone: 'Asia/Shanghai',
    weekly: {
      ...weekly,
      sat: [
        ['01:00', '03:00'],
        ['22:00', '00:00'],
      ],
    },
    holidays: [
      { date: '2026-09-27', name: 'Off' },
      { date: '2026-09-28', name: 'Worked', open: [['10:00', '16:00']] },
    ],
  };
  const now = Date.parse('2026-09-26T12:00:00+08:00');
  const days = (override?: OpeningHours['override']) =>
    calendarDays({ ...hours, ...(override === undefined ? {} : { override }) }, '2026-09-25', 4, now);

  test('has what counts: holidays, other hours, and what runs on past midnight', () => {
    expect(days()).toEqual([
      { date: '2026-09-25', ranges: [['20:00', '24:00']], otherwise: 'closed' },
      {
        date: '2026-09-26',
        ranges: [
          ['00:00', '03:00'],
          ['22:00', '24:00'],
        ],
        otherwise: 'closed',
      },
      { date: '2026-09-27', ranges: [], holiday: 'Off', otherwise: 'holiday' },
      { date: '2026-09-28', ranges: [['10:00', '16:00']], holiday: 'Worked', otherwise: 'closed' },
    ]);
  });

  test('has the override from today to its last day', () => {
    const overrides = (override: OpeningHours['override']) =>
      days(override).map(({ override: each }) => each);
    expect(overrides({ state: 'closed' })).toEqual([undefined, 'closed', 'closed', 'closed']);
    expect(overrides({ state: 'open', until: '2026-09-27T16:00:00Z' })).toEqual([
      undefined,
      'open',
      'open',
      undefined,
    ]);
    expect(overrides({ state: 'open', until: '2026-09-26T03:00:00Z' })).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test('the names of public holidays are in the language of a whole tag, too', async () => {
  const names = async (language: string) =>
    (await listedHolidays('DE', '2027-01-01', language)).map(({ name }) => name)[0];
  expect([await names('en-US'), await names('de-DE')]).toEqual(["New Year's Day", 'Neujahr']);
});
