import { expect, test } from 'vitest';
import { createToasts } from '../web/src/shell/toast.ts';

test('a toast takes the place of one with its key or its text, and the oldest gives way to a fifth', () => {
  const toasts = createToasts();
  let told = 0;
  const stop = toasts.subscribe(() => {
    told += 1;
  });
  toasts.info('Moved', { key: 'canvas' });
  toasts.error('No network');
  const [first] = toasts.shown();
  toasts.warning('Deleted', { key: 'canvas' });
  toasts.error('No network');
  expect(toasts.shown()).toMatchObject([
    { tone: 'warning', text: 'Deleted', seconds: 5 },
    { tone: 'error', text: 'No network', seconds: 8 },
  ]);
  // What is said again is a new toast: it is shown for its whole time, and read out.
  expect(toasts.shown().map(({ id }) => id)).not.toContain(first?.id);
  for (const text of ['a', 'b', 'c']) toasts.success(text);
  expect(toasts.shown().map(({ text }) => text)).toEqual(['No network', 'a', 'b', 'c']);
  toasts.close(toasts.shown()[1]?.id ?? 0);
  expect(toasts.shown().map(({ text }) => text)).toEqual(['No network', 'b', 'c']);
  stop();
  toasts.success('d');
  expect(told).toBe(8);
});
