import { expect, test } from 'vitest';
import { rangesText, readRanges } from '../web/src/pages/hourstext.ts';

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
