import { expect, test } from 'vitest';
import { memoryIn, writeSealed } from '../lib/calls/memory.ts';
import type { Post } from '../lib/calls/voice.ts';
import { begin, type Cursor, writeCursor } from '../lib/flow/cursor.ts';
import type { Memory } from '../lib/flow/memory.ts';

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
