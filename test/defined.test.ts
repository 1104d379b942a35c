import { expect, test } from 'vitest';
import { defined } from '../lib/flow/defined.ts';

test('keeps what there is, in its order, and no more', () => {
  const kept = defined({ b: 0, a: undefined, d: '', c: null, e: false });
  expect(JSON.stringify(kept)).toBe('{"b":0,"d":"","c":null,"e":false}');
  expect('a' in kept).toBe(false);
});
