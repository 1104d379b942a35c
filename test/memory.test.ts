import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callerDocument } from '../lib/calls/document.ts';
import { memoryIn, writeSealed } from '../lib/calls/memory.ts';
import type { Post, VoiceContext } from '../lib/calls/voice.ts';
import { begin, type Cursor, deepestStack, readCursor, writeCursor } from '../lib/flow/cursor.ts';
import { largestVariables, type Memory, noMemory, setVariable, type Variables } from '../lib/flow/memory.ts';
import type { Verb } from '../lib/flow/verbs.ts';

const memory: Memory = { variables: { Tier: { text: 'gold' } } };
const cursor: Cursor = { ...begin('desk', 3, 'en-US'), node: 'menu', waiting: 'keys', step: 2 };

/** A webhook with a query, as far as its memory goes. */
function post(query: string, { tokens = ['token'], callSid = 'CA1' } = {}): Post {
  return { query, tokens, fields: { CallSid: callSid } } as unknown as Post;
}

const written = writeSealed(post(''), { cursor, memory });
const query = writeCursor(cursor) + written;

test('a memory stands last in the query, sealed, and is found there', () => {
  expect(query).toMatch(/^cursor=2&flow=desk[A-Za-z0-9._~=&-]*&memory=[A-Za-z0-9_-]+$/);
  expect(query).not.toMatch(/gold|Tier/);
  expect(memoryIn(post(query), cursor)).toEqual({ memory, forgot: false });
});

test('a call without one remembers nothing, and has no longer URL', () => {
  expect(writeSealed(post(''), { cursor, memory: { variables: {} } })).toBe('');
  expect(memoryIn(post(writeCursor(cursor)), cursor)).toEqual({ memory: { variables: {} }, forgot: false });
});

test.each([
  ['of another call', post(query, { callSid: 'CA2' }), cursor],
  ['of another step', post(query), { ...cursor, step: 3 }],
  ['of another version', post(query), { ...cursor, version: 4 }],
  ['under a token that is not valid any more', post(query, { tokens: ['other'] }), cursor],
  ['that was touched', post(`${query.slice(0, -2)}AA`), cursor],
  ['that is empty', post(`${writeCursor(cursor)}&memory=`), cursor],
])('a memory %s counts as nothing, and that is told', (_, webhook, at) => {
  expect(memoryIn(webhook, at)).toEqual({ memory: { variables: {} }, forgot: true });
});

const id = 'a'.repeat(63);

/** Where a call stands with all ids and counts at their longest, this many flows deep. */
const farthest: Cursor = {
  ...begin(id, 999_999_999, `zh-${Array(4).fill('abcdefgh').join('-')}`, 'zh-CN'),
  node: 'N'.repeat(63),
  waiting: 'queue',
  counters: { errors: 10, timeouts: 10 },
  stack: Array.from({ length: deepestStack }, () => ({ flow: id, version: 999_999_999, node: id })),
  ...{ walked: 100, missed: 20, said: true, step: 1000, chosen: true },
};

/** The URLs of the documents that are answered while the call waits there, as they stand in the XML. */
function urlsAt(memory: Memory): string[] {
  const sealed = writeSealed(post(''), { cursor: farthest, memory });
  const enqueue: Verb = {
    ...({ verb: 'enqueue', skillGroup: 'g'.repeat(40), holdMusic: id } as const),
    ...({ maxWaitSeconds: 3600, announces: true, remembers: true } as const),
  };
  const gather: Verb = { verb: 'gather', sounds: [], timeoutSeconds: 5 };
  const config = { publicUrl: `https://${'host'.repeat(60)}.example`, audioUrl: '', queuePrefix: 'test' };
  return [enqueue, gather].flatMap((verb) => {
    const xml = callerDocument({ config } as unknown as VoiceContext, [verb], writeCursor(farthest), sealed);
    return xml.match(/https:[^"<]*/g) ?? [];
  });
}

/** As many variables as fit: named by their number, with these texts, spoken digit by digit. */
function fullOf(texts: readonly string[]): Variables {
  return texts.reduce<Variables>(
    (variables, text, place) =>
      setVariable(variables, { variable: `V${place}`, value: { text, spokenAs: 'digits' } }).variables,
    {},
  );
}

test('no URL is longer than 4,000 characters, five flows deep, with the longest ids and a full memory', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 256 }), { maxLength: 200 });
  const small = fc.array(fc.constant(''), { minLength: 200, maxLength: 200 });
  const wide = fc.array(fc.constant('数'.repeat(20)), { minLength: 40, maxLength: 40 });
  let longest = 0;
  fc.assert(
    fc.property(fc.oneof(texts, small, wide), (list) => {
      const variables = fullOf(list.map((text) => text.toWellFormed()));
      const urls = urlsAt({ variables, state: { typed: '1'.repeat(32), confirming: true } });
      expect(urls.length).toBeGreaterThanOrEqual(3);
      for (const url of urls) {
        const whole = url.replaceAll('&amp;', '&');
        expect(whole).toMatch(/^[A-Za-z0-9\-._~=&:/?]+$/);
        expect(whole.length).toBeLessThanOrEqual(4000);
        const path = whole.slice(whole.indexOf('?') + 1);
        expect(memoryIn(post(path), farthest).memory.variables).toEqual(variables);
        expect(readCursor(path)).toEqual(farthest);
        longest = Math.max(longest, whole.length);
      }
    }),
    { numRuns: 60 },
  );
  // It is what a full memory takes that was tried.
  expect(longest).toBeGreaterThan(2500);
});

test('a value more than fits leaves its name unset, and the others as they are', () => {
  const full = fullOf(['x'.repeat(250), 'x'.repeat(250), 'x'.repeat(250), 'x'.repeat(200)]);
  const size = (variables: Variables) =>
    Buffer.byteLength(
      JSON.stringify(Object.fromEntries(Object.entries(variables).map(([name, { text }]) => [name, text]))),
    );
  const room = largestVariables - size(full) - ',"V4":""'.length;
  const put = (length: number) => setVariable(full, { variable: 'V4', value: { text: 'y'.repeat(length) } });
  expect(put(room)).toMatchObject({ fits: true });
  expect(size(put(room).variables)).toBe(largestVariables);
  expect(put(room + 1)).toEqual({ fits: false, variables: full });
  expect(noMemory.variables).toEqual({});
});
