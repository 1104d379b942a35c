import { describe, expect, test } from 'vitest';
import {
  begunAt,
  completed,
  fitting,
  placeIn,
  segmentsOf,
  writtenIn,
} from '../web/src/editor/form/completion.ts';

const called = (variable: string) => (variable === 'StaffNo' ? '客服工号' : '');

describe('a variable that is begun', () => {
  test.each(['$', '￥', '{', '｛', '${', '￥｛', '$ {'])(
    'by %s is completed, with what of its name is there',
    (sign) => {
      const text = `客服${sign}Sta`;
      const begun = begunAt(text, text.length);
      expect(begun).toEqual({ from: 2, to: text.length, name: 'Sta' });
      expect(begun && completed(text, begun, 'StaffNo')).toEqual({ text: '客服${StaffNo}', caret: 12 });
    },
  );

  test('takes along the brace that stands behind the caret', () => {
    expect(begunAt('￥｛Sta｝号', 5)).toEqual({ from: 0, to: 6, name: 'Sta' });
  });

  test('is none after a word, a closed variable or a price with cents', () => {
    for (const text of ['Sta', '${StaffNo}', '$5,00 ', ''])
      expect(begunAt(text, text.length)).toBeUndefined();
  });

  test('is sought in names and in what people call them, beginnings first', () => {
    const names = ['LastStaff', 'StaffNo', 'WaitNo'];
    expect(fitting(names, called, 'sta')).toEqual(['StaffNo', 'LastStaff']);
    expect(fitting(names, called, '工号')).toEqual(['StaffNo']);
    expect(fitting(names, called, '')).toEqual(names);
  });
});

describe('a text in stretches', () => {
  test('tells known variables from words', () => {
    expect(segmentsOf('客服${StaffNo}号 ${StaffNo:digits}', ['StaffNo'])).toEqual([
      { text: '客服', is: 'words' },
      { text: '${StaffNo}', is: 'variable' },
      { text: '号 ', is: 'words' },
      { text: '${StaffNo:digits}', is: 'variable' },
    ]);
  });

  test.each(['￥｛StaffNo｝', '{StaffNo}', '$StaffNo', '${StaffNo', '${Stafno}'])(
    'marks %s as wrong',
    (text) => {
      expect(segmentsOf(text, ['StaffNo'])).toEqual([{ text, is: 'wrong' }]);
    },
  );

  test('lets prices be', () => {
    expect(segmentsOf('It costs $5, or ￥30.', ['StaffNo'])).toEqual([
      { text: 'It costs $5, or ￥30.', is: 'words' },
    ]);
  });
});

test('a chip tells the name that was written, and whether it is read out digit by digit', () => {
  expect(writtenIn('${StaffNo}')).toEqual({ name: 'StaffNo', isSpelled: false });
  expect(writtenIn('${StaffNo:digits}')).toEqual({ name: 'StaffNo', isSpelled: true });
});

test.each([
  ['in the first words', 0, 1, 1],
  ['before a chip', 1, 0, 2],
  ['in a chip', 1, 3, 12],
  ['in the words behind it', 2, 1, 13],
  ['behind all', 3, 0, 13],
])('a press %s is a place in the text', (_, index, within, place) => {
  const stretches = segmentsOf('客服${StaffNo}号', ['StaffNo']);
  expect(placeIn(stretches, index, within)).toBe(place);
});
