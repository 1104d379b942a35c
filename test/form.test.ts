import { parse } from 'node:querystring';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signed } from '../bench/webhook.ts';
import { readForm } from '../lib/form.ts';

/** What querystring makes of a form, as a plain object. */
const oracle = (text: string) => ({ ...parse(text) });
const fieldsOf = (text: string) => ({ ...readForm(text).fields });

describe('a form is read as querystring reads it', () => {
  const names = fc.constantFrom(
    'CallSid',
    'From',
    'To',
    'Digits',
    'a',
    'a_b',
    '',
    '%41',
    'Ä',
    '__proto__',
    'constructor',
    '1',
  );
  const pieces = fc.constantFrom(
    'a',
    '1',
    '+',
    '%2B',
    '%20',
    '%E4%BD%A0',
    '%C3',
    '%',
    '%4',
    '%zz',
    '=',
    'é',
    '你',
    '\u0000',
    '😀',
    '"',
    '&',
    '&&',
  );
  const values = fc.array(pieces, { maxLength: 6 }).map((all) => all.join(''));
  const pairs = fc
    .tuple(names, values, fc.boolean())
    .map(([name, value, bare]) => (bare ? name : `${name}=${value}`));
  const forms = fc.array(pairs, { maxLength: 8 }).map((all) => all.join('&'));

  test('whatever was read before it', () => {
    fc.assert(
      fc.property(forms, forms, (one, other) => {
        for (const text of [one, other, one, other, `${one}&`, `&${one}`]) {
          expect(fieldsOf(text)).toEqual(oracle(text));
          const { fields, sorted } = readForm(text);
          if (sorted === undefined) continue;
          const names = Object.keys(fields).toSorted();
          expect(sorted).toBe(names.map((name) => `${name}${fields[name]}`).join(''));
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('if it is random text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fieldsOf(text)).toEqual(oracle(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('and a form as carriers post it', () => {
    const { body } = signed('/voice/step');
    for (let time = 0; time < 3; time += 1) expect(fieldsOf(body)).toEqual(oracle(body));
    expect(Object.getPrototypeOf({ ...readForm(body).fields })).toBe(Object.prototype);
  });

  test('also after more names than are remembered', () => {
    for (let form = 0; form < 200; form += 1) {
      const text = Array.from({ length: 30 }, (_, field) => `n${form}x${field}=${field}`).join('&');
      expect(fieldsOf(text)).toEqual(oracle(text));
    }
    expect(fieldsOf('n0x0=a&n0x1=b')).toEqual({ n0x0: 'a', n0x1: 'b' });
  });
});
