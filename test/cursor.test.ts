import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { begin, type Cursor, deepestStack, readCursor, writeCursor } from '../lib/flow/cursor.ts';
import { waitKinds } from '../lib/flow/events.ts';

const counter = fc.nat({ max: 999_999_999 });
const flowId = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,62}$/);
const nodeId = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/);
const cursors: fc.Arbitrary<Cursor> = fc
  .record({
    flow: flowId,
    version: counter,
    node: nodeId,
    waiting: fc.constantFrom(undefined, ...waitKinds),
    counters: fc.dictionary(
      fc.stringMatching(/^[a-z][A-Za-z]{0,19}$/),
      fc.integer({ min: 1, max: 999_999_999 }),
    ),
    stack: fc.array(fc.record({ flow: flowId, version: counter, node: nodeId }), { maxLength: deepestStack }),
    walked: counter,
    missed: counter,
    said: fc.boolean(),
    step: counter,
    language: fc.stringMatching(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$/),
    chosen: fc.boolean(),
    fallback: fc.constantFrom('en-US' as const, 'zh-CN' as const),
  })
  .map(({ waiting, ...rest }) => (waiting === undefined ? rest : { ...rest, waiting }));

test('a cursor comes back from its URL as it was, which holds no character that a proxy changes', () => {
  fc.assert(
    fc.property(cursors, (cursor) => {
      const query = writeCursor(cursor);
      expect(query).toMatch(/^[A-Za-z0-9\-._~=&]+$/);
      expect(readCursor(query)).toEqual(cursor);
    }),
  );
});

test('a usual cursor is read at one look as it is read field by field, also with a slip in it', () => {
  const usual = cursors.map((cursor) => {
    return writeCursor({
      ...cursor,
      waiting: 'keys',
      counters: {},
      stack: [],
      said: false,
      chosen: false,
      fallback: 'en-US',
    });
  });
  const slip = fc.constantFrom('', '&', '=', '0', 'x', '-', '~', 'A');
  fc.assert(
    fc.property(usual, fc.nat(), fc.nat({ max: 2 }), slip, (query, at, length, put) => {
      const place = at % query.length;
      const slipped = query.slice(0, place) + put + query.slice(place + length);
      // Behind an empty field it is not usual any more.
      for (const each of [query, slipped]) expect(readCursor(each)).toEqual(readCursor(`${each}&`));
    }),
    { numRuns: 1000 },
  );
});

test('a cursor begins before the first node', () => {
  const cursor = begin('office', 3, 'en-US');
  expect(writeCursor(cursor)).toBe('cursor=2&flow=office&version=3&step=0&language=en-US');
  expect(readCursor(writeCursor(cursor))).toEqual(cursor);
});

test('one of five flows with the longest ids takes less than 1,100 characters', () => {
  const flow = 'f'.repeat(63);
  const frame = { flow, version: 999_999_999, node: 'N'.repeat(63) };
  const cursor: Cursor = {
    ...begin(flow, 999_999_999, 'abc-12345678-12345678-12345678-12345678', 'zh-CN'),
    ...{
      node: frame.node,
      waiting: 'queue',
      stack: Array(deepestStack).fill(frame),
      chosen: true,
      said: true,
    },
    ...{ counters: { errors: 10, timeouts: 10 }, walked: 100, missed: 20, step: 1000 },
  };
  expect(writeCursor(cursor).length).toBeLessThan(1100);
  expect(readCursor(writeCursor(cursor))).toEqual(cursor);
});

describe('the format before this one', () => {
  test('is read: what it counted, what it waited for, and the language of the apology', () => {
    const query =
      'cursor=1&flow=office&version=7&node=menu&waiting=1&errors=2&timeouts=1&walked=3&said=1&step=4&language=zh-CN';
    expect(readCursor(query)).toEqual({
      ...begin('office', 7, 'zh-CN', 'zh-CN'),
      ...{
        node: 'menu',
        waiting: 'keys',
        counters: { errors: 2, timeouts: 1 },
        walked: 3,
        said: true,
        step: 4,
      },
    });
  });

  test('is read from a release that did not know what was said', () => {
    const query = 'cursor=1&flow=a&version=1&node=n&walked=7&step=2&language=en-US';
    const cursor = readCursor(query);
    expect(cursor).toMatchObject({ node: 'n', walked: 7, step: 2, said: false });
    expect(cursor).not.toHaveProperty('waiting');
  });

  test('of an invalid number of errors is refused', () => {
    expect(readCursor('cursor=1&flow=a&version=1&errors=9999999999&step=0')).toBeUndefined();
  });
});

const whole = 'cursor=2&flow=a&version=1&node=n&step=0&language=en-US';

test.each([
  ['nothing', ''],
  ['a format that is not known', whole.replace('cursor=2', 'cursor=3')],
  ['no format', whole.replace('cursor=2&', '')],
  ['no flow', whole.replace('flow=a&', '')],
  ['a flow id that is invalid', whole.replace('flow=a', 'flow=A%20b')],
  ['a node id that is invalid', whole.replace('node=n', 'node=__proto__')],
  ['a version that is no number', whole.replace('version=1', 'version=x')],
  ['a step that is no number', whole.replace('step=0', 'step=-1')],
  ['no language', whole.replace('&language=en-US', '')],
  ['a language that is invalid', whole.replace('en-US', 'en%20US')],
  ['a counter without a count', `${whole}&counters=errors`],
  ['a counter too large', `${whole}&counters=errors.9999999999`],
  ['a counter that stands twice', `${whole}&counters=errors.1~errors.2`],
  [
    'a stack too deep',
    `${whole}&stack=${Array(deepestStack + 1)
      .fill('a.1.n')
      .join('~')}`,
  ],
  ['a stack with a frame that is invalid', `${whole}&stack=a.1.n~b.1`],
  ['a stack with an id that is invalid', `${whole}&stack=A.1.n`],
  ['a stack with more in a frame', `${whole}&stack=a.1.n.m`],
])('no cursor is read from %s', (_, query) => {
  expect(readCursor(whole)).toBeDefined();
  expect(readCursor(query)).toBeUndefined();
});

test('any query is read or refused, never thrown at', () => {
  const tail = fc.oneof(fc.string({ unit: 'binary' }), fc.webQueryParameters());
  fc.assert(fc.property(tail, (query) => void readCursor(query)));
  fc.assert(fc.property(tail, (query) => void readCursor(`${whole}&counters=${query}&stack=${query}`)));
});
