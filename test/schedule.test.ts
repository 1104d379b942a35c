import { describe, expect, test } from 'vitest';
import { changesAt, isTimeZone, type OpeningHours, stateAt } from '../lib/flow/schedule.ts';

const office: OpeningHours = {
  timeZone: 'Asia/Shanghai',
  weekly: {
    mon: [
      ['09:00', '12:00'],
      ['13:00', '18:00'],
    ],
    tue: [['09:00', '18:00']],
    fri: [['20:00', '02:00']],
    sat: [['00:00', '24:00']],
  },
  holidays: [
    { date: '2026-10-01', until: '2026-10-07', name: '国庆节' },
    { date: '2026-10-10', name: '国庆节补班', open: [['10:00', '16:00']] },
  ],
};
const at = (time: string, hours = office) => stateAt(hours, Date.parse(time));
const state = (time: string, hours = office) => at(time, hours).state;

describe('the hours of a week', () => {
  test.each([
    ['2026-09-21T08:59:59+08:00', 'closed'],
    ['2026-09-21T09:00:00+08:00', 'open'],
    ['2026-09-21T11:59:59+08:00', 'open'],
    ['2026-09-21T12:00:00+08:00', 'closed'],
    ['2026-09-21T13:00:00+08:00', 'open'],
    ['2026-09-21T18:00:00+08:00', 'closed'],
    ['2026-09-23T10:00:00+08:00', 'closed'],
    // In the zone of the schedule, no matter in which zone the time is written.
    ['2026-09-21T01:00:00Z', 'open'],
    // Past midnight: it belongs to the day on which it begins.
    ['2026-09-25T19:59:00+08:00', 'closed'],
    ['2026-09-25T23:59:00+08:00', 'open'],
    ['2026-09-26T01:59:00+08:00', 'open'],
    ['2026-09-26T23:59:59+08:00', 'open'],
    ['2026-09-27T00:00:00+08:00', 'closed'],
  ])('%s: %s', (time, expected) => {
    expect(state(time)).toBe(expected);
  });

  test('of a Thursday without any are closed', () => {
    expect(at('2026-09-24T12:00:00+08:00')).toEqual({ state: 'closed' });
  });
});

describe('holidays', () => {
  test('are told by name, over several days', () => {
    expect(at('2026-10-01T10:00:00+08:00')).toEqual({ state: 'holiday', holiday: '国庆节' });
    expect(at('2026-10-07T23:59:00+08:00')).toEqual({ state: 'holiday', holiday: '国庆节' });
    expect(at('2026-10-08T10:00:00+08:00')).toEqual({ state: 'closed' });
  });

  test('that are worked are days of other hours: outside them it is closed', () => {
    expect(at('2026-10-10T09:59:00+08:00')).toEqual({ state: 'closed', holiday: '国庆节补班' });
    expect(at('2026-10-10T10:00:00+08:00')).toEqual({ state: 'open', holiday: '国庆节补班' });
    expect(at('2026-10-10T16:00:00+08:00')).toEqual({ state: 'closed', holiday: '国庆节补班' });
  });

  test('replace only ranges that begin on them: one of their eve runs on', () => {
    const hours: OpeningHours = { ...office, holidays: [{ date: '2026-09-26', name: 'Day off' }] };
    expect(state('2026-09-26T01:59:00+08:00', hours)).toBe('open');
    expect(state('2026-09-26T02:00:00+08:00', hours)).toBe('holiday');
  });
});

describe('the switch', () => {
  const closed: OpeningHours = { ...office, override: { state: 'closed' } };
  const until: OpeningHours = { ...office, override: { state: 'open', until: '2026-09-24T04:00:00.000Z' } };

  test('holds whatever the hours are, until its end', () => {
    expect(state('2026-09-21T10:00:00+08:00', closed)).toBe('closed');
    expect(state('2026-09-24T11:59:59+08:00', until)).toBe('open');
    expect(state('2026-09-24T12:00:00+08:00', until)).toBe('closed');
  });

  test('tells when it ends', () => {
    expect(changesAt(until, Date.parse('2026-09-24T11:00:00+08:00'))).toBe('2026-09-24T04:00:00.000Z');
    expect(changesAt(closed, Date.parse('2026-09-24T11:00:00+08:00'))).toBeUndefined();
  });
});

describe('clocks that are set forward and back', () => {
  const night = (timeZone: string): OpeningHours => ({ timeZone, weekly: { sun: [['02:30', '03:30']] } });

  test('in Berlin: a range in the skipped hour begins with the next minute, a repeated hour counts twice', () => {
    // 2026-03-29 02:00 becomes 03:00; 2026-10-25 03:00 becomes 02:00.
    const berlin = night('Europe/Berlin');
    expect(state('2026-03-29T00:59:00Z', berlin)).toBe('closed');
    expect(state('2026-03-29T01:00:00Z', berlin)).toBe('open');
    expect(state('2026-03-29T01:30:00Z', berlin)).toBe('closed');
    expect(changesAt(berlin, Date.parse('2026-03-29T00:00:00Z'))).toBe('2026-03-29T01:00:00.000Z');
    for (const time of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'])
      expect(state(time, berlin)).toBe('open');
    expect(state('2026-10-25T01:10:00Z', berlin)).toBe('closed');
  });

  test('in New York', () => {
    // 2026-03-08 02:00 becomes 03:00; 2026-11-01 02:00 becomes 01:00.
    const city: OpeningHours = { timeZone: 'America/New_York', weekly: { sun: [['01:30', '02:30']] } };
    expect(state('2026-03-08T06:45:00Z', city)).toBe('open');
    expect(state('2026-03-08T07:00:00Z', city)).toBe('closed');
    for (const time of ['2026-11-01T05:45:00Z', '2026-11-01T06:45:00Z', '2026-11-01T07:15:00Z'])
      expect(state(time, city)).toBe('open');
    expect(state('2026-11-01T06:15:00Z', city)).toBe('closed');
  });
});

describe('the next change', () => {
  const next = (time: string, hours = office) => changesAt(hours, Date.parse(time));

  test.each([
    ['2026-09-21T10:00:00+08:00', '2026-09-21T04:00:00.000Z'],
    ['2026-09-22T20:00:00+08:00', '2026-09-25T12:00:00.000Z'],
    ['2026-09-25T23:00:00+08:00', '2026-09-26T16:00:00.000Z'],
    ['2026-09-30T23:00:00+08:00', '2026-09-30T16:00:00.000Z'],
    ['2026-10-01T10:00:00+08:00', '2026-10-07T16:00:00.000Z'],
  ])('after %s comes at %s', (time, expected) => {
    expect(next(time)).toBe(expected);
  });

  test('is none if it never changes', () => {
    const days = Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
    );
    expect(next('2026-01-01T00:00:00Z', { timeZone: 'UTC', weekly: days as never })).toBeUndefined();
    expect(next('2026-01-01T00:00:00Z', { timeZone: 'UTC', weekly: {} })).toBeUndefined();
  });
});

test('an unknown time zone is refused, and so is an offset', () => {
  const names = ['Asia/Shanghai', 'UTC', 'Mars/Olympus', '', '+01:00', '-0330'];
  expect(names.filter(isTimeZone)).toEqual(['Asia/Shanghai', 'UTC']);
});
