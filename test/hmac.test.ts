import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hmacSha1 } from '../lib/carrier/hmac.ts';

const oracle = (key: string, text: string) => createHmac('sha1', key).update(text).digest('base64');

test('is the HMAC that Node makes, for keys and texts of all kinds', () => {
  const key = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 90 }),
    fc.string({ minLength: 60, maxLength: 70 }),
  );
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('', '\uD800', '你好'));
  fc.assert(
    fc.property(key, text, text, (one, first, second) => {
      for (const each of [first, second, first]) expect(hmacSha1(one, each)).toBe(oracle(one, each));
      expect(hmacSha1(one, first, `:${second}`)).toBe(oracle(one, `${first}:${second}`));
    }),
    { numRuns: 500 },
  );
});

test.each([16_383, 16_384, 16_385, 100_000])('also for a text of %i characters', (length) => {
  for (const character of ['a', '你']) {
    const text = character.repeat(length);
    expect(hmacSha1('token', text)).toBe(oracle('token', text));
  }
});
