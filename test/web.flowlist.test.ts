import { describe, expect, test } from 'vitest';
import { addressWrites } from '../web/src/pages/addresswrites.ts';
import { type ListedFlow, readView, shownFlows, writeView } from '../web/src/pages/flowlist.ts';
import { ago } from '../web/src/words/time.ts';

const row = (id: string, over: Partial<ListedFlow> = {}): ListedFlow => ({
  ...{ id, name: id, revision: 'r', savedAt: '2026-07-01T09:00:00.000Z', savedBy: 'ann', changed: false },
  ...{ numbers: [], errors: 0, ...over },
});

describe('the list of flows', () => {
  const flows = [
    row('b', { name: 'Line 10', live: 1, numbers: ['+1555'], savedAt: '2026-07-03T09:00:00.000Z' }),
    row('a', { name: 'Line 9', errors: 2, savedAt: '2026-07-02T09:00:00.000Z' }),
    row('c', { name: '客服', live: 2, changed: true }),
  ];
  const shown = (query: string) =>
    shownFlows(flows, readView(new URLSearchParams(query)), 'en-US').map(({ id }) => id);

  test.each([
    ['', ['b', 'a', 'c']],
    ['sort=changed', ['c', 'a', 'b']],
    ['sort=name', ['a', 'b', 'c']],
    ['sort=name:down', ['c', 'b', 'a']],
    ['sort=number:down', ['b', 'a', 'c']],
    ['status=live', ['b', 'c']],
    ['status=draft', ['a']],
    ['status=changed', ['c']],
    ['status=faulty', ['a']],
    ['q=LINE', ['b', 'a']],
    ['q=555&status=live', ['b']],
    // What an address says wrong counts for nothing.
    ['status=?&sort=colour:down', ['b', 'a', 'c']],
  ])('%s', (query, ids) => {
    expect(shown(query)).toEqual(ids);
  });

  test.each(['', 'q=0100', 'status=draft', 'sort=name', 'q=x&status=live&sort=number%3Adown'])(
    'the address ?%s leads to the view that wrote it',
    (query) => {
      const view = readView(new URLSearchParams(query));
      expect(new URLSearchParams(writeView(view)).toString()).toBe(query);
    },
  );
});

describe('how long ago', () => {
  const now = Date.parse('2026-07-08T09:00:00.000Z');
  test.each([
    ['2026-07-08T08:59:30.000Z', 'now', '现在'],
    ['2026-07-08T08:57:30.000Z', '2 minutes ago', '2分钟前'],
    ['2026-07-08T06:00:00.000Z', '3 hours ago', '3小时前'],
    ['2026-07-07T09:00:00.000Z', 'yesterday', '昨天'],
    ['2026-07-02T09:00:00.000Z', '6 days ago', '6天前'],
  ])('%s is %s', (at, english, chinese) => {
    expect(ago(at, 'en-US', now)).toBe(english);
    expect(ago(at, 'zh-CN', now)).toBe(chinese);
  });

  test('what is older than a week has its date, and what is no time stays as it is', () => {
    expect(ago('2026-07-01T09:00:00.000Z', 'en-US', now)).toMatch(/Jul 1, 2026/);
    expect(ago('soon', 'en-US', now)).toBe('soon');
  });
});

test('a page knows the writes of its address from what a link or the way back brings', () => {
  const writes = addressWrites(100);
  const [first, second, third] = [writes.mark(), writes.mark(), writes.mark()];
  // Several writes may arrive as one.
  expect([first, third].map((state) => writes.isOwn(state))).toEqual([true, true]);
  // The way back to what was typed once, in this visit or an earlier one, and a link.
  expect([second, third, { write: 99 }, null].map((state) => writes.isOwn(state))).not.toContain(true);
});
