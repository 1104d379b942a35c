import { expect, test } from 'vitest';
import { keepAnswer, valueInLastAnswer } from '../web/src/api/lastanswer.ts';

test('a pointer tells what it would get of the last answer, as a call would', () => {
  expect(valueInLastAnswer('bank', '/state')).toBeUndefined();
  keepAnswer('bank', { state: 'open', balance: 5678, lines: [{ id: 'a' }], none: null });
  const got = (from: string) => valueInLastAnswer('bank', from)?.value;
  expect(['/state', '/balance', '/lines/0/id', '/none', '/lines', '/missing'].map(got)).toEqual([
    ...['open', '5678', 'a'],
    ...[undefined, undefined, undefined],
  ]);
  expect(valueInLastAnswer('crm', '/state')).toBeUndefined();
  keepAnswer('bank', { state: 'closed' });
  expect(got('/state')).toBe('closed');
  keepAnswer('bank', undefined);
  expect(valueInLastAnswer('bank', '/state')).toBeUndefined();
});
