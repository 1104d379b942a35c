import { expect, test } from 'vitest';
import { rangesText, readRanges } from '../web/src/pages/hourstext.ts';
import { dateTime } from '../web/src/words/time.ts';
import { timeInZone } from '../web/src/words/zone.ts';

test.each([
  [
    '09:00–12:00, 13:00–18:00',
    [
      ['09:00', '12:00'],
      ['13:00', '18:00'],
    ],
  ],
  ['9:00-17:00', [['09:00', '17:00']]],
  ['２０：００～０２：００', [['20:00', '02:00']]],
  ['00:00 至 24:00；', undefined],
  ['00:00 至 24:00', [['00:00', '24:00']]],
  [' ', []],
  ['9-17', undefined],
  ['09:00–25:00', undefined],
  ['09:00–09:00', undefined],
  ['closed', undefined],
])('%j is read', (text, expected) => {
  expect(readRanges(text)).toEqual(expected);
});

test('ranges are written as they are read', () => {
  const ranges = [
    ['09:00', '12:00'],
    ['13:00', '18:00'],
  ] as const;
  expect(readRanges(rangesText(ranges))).toEqual(ranges);
  expect(rangesText()).toBe('');
});

test.each([
  ['Asia/Shanghai', '2026-10-01T09:00', '2026-10-01T01:00:00.000Z'],
  ['America/New_York', '2026-07-01T09:00', '2026-07-01T13:00:00.000Z'],
  ['Asia/Kathmandu', '2026-01-01T00:00', '2025-12-31T18:15:00.000Z'],
  // The clock shows it twice: the first. It leaves it out: an hour on.
  ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
  ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
  ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
  // Half an hour, and a day that there was not.
  ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45:00.000Z'],
  ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T22:00:00.000Z'],
  ['UTC', '', undefined],
  ['UTC', 'soon', undefined],
])('%s: a clock that shows %j', (zone, text, time) => {
  expect(timeInZone(zone, text)).toBe(time);
});

test('a time is shown by the clock of a schedule', () => {
  expect(dateTime('2026-10-01T01:00:00Z', 'en-US', 'Asia/Shanghai')).toMatch(/^Oct 1, 2026, 9:00/);
});
