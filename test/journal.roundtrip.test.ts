import fc from 'fast-check';
import { expect, test } from 'vitest';
import { begin, writeCursor } from '../lib/flow/cursor.ts';
import { callStatuses } from '../lib/flow/status.ts';
import { type JournalLine, writeJournalLine } from '../lib/journal/line.ts';
import { readLine } from '../lib/journal/read.ts';

const at = new Date('2026-01-01T09:00:00.000Z');
const maybe = { nil: undefined };
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const names = fc.array(fc.constantFrom('prompt', 'errorPrompt', 'timeoutPrompt'), { maxLength: 3 });

const entry = fc
  .record({
    flow: fc.constantFrom('desk', 'billing'),
    version: fc.nat(9999),
    node: fc.constantFrom('start', 'menu', 'constructor'),
    language: fc.constantFrom('en-US', 'zh-CN'),
    heard: names,
    key: fc.option(fc.constantFrom('1', '*', '?'), maybe),
    silent: fc.option(fc.constant(true as const), maybe),
    exit: fc.option(fc.constantFrom('next', '1', 'toString'), maybe),
    assumed: fc.option(fc.constant(true as const), maybe),
    kept: fc.option(fc.constant(true as const), maybe),
    digits: fc.option(fc.nat(32), maybe),
    lost: fc.option(fc.constantFrom('nobody-online' as const, 'waited-too-long' as const), maybe),
    end: fc.option(fc.constantFrom('finished' as const, 'fault' as const), maybe),
    waits: fc.option(fc.constantFrom('keys' as const, 'queue' as const), maybe),
    values: fc.option(fc.dictionary(fc.constantFrom('WaitNo', 'StaffNo'), text), maybe),
    goodbye: fc.option(fc.constantFrom('en-US' as const, 'zh-CN' as const), maybe),
    unset: fc.option(fc.array(fc.constantFrom('Tier', 'Account'), { minLength: 1, maxLength: 2 }), maybe),
  })
  .map(plain);

const line = fc
  .record({
    callSid: fc.stringMatching(/^[A-Za-z0-9:_.-]{1,40}$/),
    from: fc.option(text, maybe),
    to: fc.option(text, maybe),
    step: fc.nat(9999),
    next: fc.option(text, maybe),
    entries: fc.option(fc.array(entry, { minLength: 1, maxLength: 3 }), maybe),
    forgot: fc.option(fc.constant(true), maybe),
    code: fc.option(text, maybe),
    language: fc.option(text, maybe),
    status: fc.option(fc.constantFrom(...callStatuses), maybe),
    phase: fc.option(fc.constantFrom('waiting' as const, 'ringing' as const, 'talking' as const), maybe),
    ahead: fc.option(fc.nat(99), maybe),
    agent: fc.option(text, maybe),
    missed: fc.option(text, maybe),
    ring: fc.option(text, maybe),
  })
  .map(({ step, ...rest }) => plain({ ...rest, cursor: { ...begin('desk', 1, 'en-US'), step } }));

/** The same without the fields that hold nothing. */
function plain<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}

test('what a line is written with, it is read with', () => {
  fc.assert(
    fc.property(line, ({ cursor, ...rest }) => {
      const place = writeCursor(cursor);
      const written = writeJournalLine(at, { ...rest, cursor: place } as unknown as Omit<
        JournalLine,
        'journal' | 'at'
      >);
      expect(written).not.toContain('\n');
      const { text: kept, entry: told } = readLine(` ${written}\n`) ?? {};
      expect(kept).toBe(written);
      expect(told).toEqual({ ...rest, at: at.toISOString(), cursor, place });
    }),
  );
});
