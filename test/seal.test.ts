import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSealer } from '../lib/calls/seal.ts';
import { largestVariables, type Memory, noMemory, setVariable } from '../lib/flow/memory.ts';

const context = { callSid: 'CA1', flow: 'desk', version: 3, step: 7 };
const memory: Memory = {
  variables: { Tier: { text: 'gold' }, Account: { text: '8800', spokenAs: 'digits' } },
  state: { asked: 1 },
};
const sealer = createSealer(['token']);

describe('a sealed memory', () => {
  test('opens in the same context, and shows nothing', () => {
    const sealed = sealer.seal(memory, context);
    expect(sealed).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toMatch(/gold|8800|Tier/);
    expect(sealer.open(sealed, context)).toEqual(memory);
  });

  test('is the same for the same webhook, and another for any other', () => {
    const sealed = sealer.seal(memory, context);
    expect(sealer.seal(structuredClone(memory), { ...context })).toBe(sealed);
    expect(sealer.seal(memory, { ...context, step: 8 })).not.toBe(sealed);
    expect(sealer.seal({ ...memory, state: 2 }, context)).not.toBe(sealed);
  });

  test.each([
    ['call', { callSid: 'CA2' }],
    ['flow', { flow: 'desk-2' }],
    ['version', { version: 4 }],
    ['step', { step: 8 }],
    ['context that only runs together alike', { callSid: 'CA1\ndesk', flow: '3' }],
  ])('does not open in another %s', (_, other) => {
    expect(sealer.open(sealer.seal(memory, context), { ...context, ...other })).toBeUndefined();
  });

  test('opens after a rotation while the old token is listed, and not any more then', () => {
    const sealed = createSealer(['old']).seal(memory, context);
    expect(createSealer(['new', 'old']).open(sealed, context)).toEqual(memory);
    expect(createSealer(['new']).open(sealed, context)).toBeUndefined();
    expect(createSealer([]).open(sealed, context)).toBeUndefined();
  });

  test('that was touched anywhere, cut or made up does not open, and throws nothing', () => {
    const sealed = sealer.seal(memory, context);
    const bytes = Buffer.from(sealed, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const touched = Buffer.from(bytes);
      touched[at] = (touched[at] ?? 0) ^ 1;
      expect(sealer.open(touched.toString('base64url'), context)).toBeUndefined();
      expect(sealer.open(bytes.subarray(0, at).toString('base64url'), context)).toBeUndefined();
    }
    void fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        expect(sealer.open(text, context)).toBeUndefined();
      }),
    );
  });

  test('is nothing if there is nothing to remember', () => {
    expect(sealer.seal(noMemory, context)).toBe('');
    expect(sealer.open('', context)).toBeUndefined();
  });

  test('of any variables comes back as it was, within 2,000 characters of a URL', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ maxLength: 256 }));
    const name = fc.stringMatching(/^[A-RT-Z][A-Za-z0-9]{0,39}$/);
    void fc.assert(
      fc.property(fc.array(fc.tuple(name, text, fc.boolean()), { maxLength: 20 }), (values) => {
        let { variables } = noMemory;
        for (const [variable, text, digits] of values) {
          const value = { text: text.toWellFormed(), ...(digits ? { spokenAs: 'digits' as const } : {}) };
          variables = setVariable(variables, { variable, value }).variables;
        }
        const whole = { variables, state: { digits: '1'.repeat(32) } };
        const sealed = sealer.seal(whole, context);
        expect(sealer.open(sealed, context)).toEqual(whole);
        expect(sealed.length).toBeLessThan(2000);
      }),
    );
    expect(largestVariables).toBe(1024);
  });
});
