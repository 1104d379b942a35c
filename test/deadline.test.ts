import { expect, test } from 'vitest';
import { Deadline } from '../lib/calls/deadline.ts';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test('work with a deadline of its own does not count, and the time that is left goes on after it', async () => {
  const deadline = new Deadline(40);
  const answer = deadline.run(async () => {
    void deadline.signal;
    await deadline.pausedFor(deadline.until(1000), () => pause(80));
    return deadline.leftMs > 0 ? 'in time' : 'late';
  });
  expect(await answer).toBe('in time');
  const hanging = deadline.run(async () => {
    void deadline.signal;
    await new Promise(() => undefined);
  });
  await expect(hanging).rejects.toMatchObject({ code: 'too-slow' });
});

test('that deadline is counted from the same arrival, and ends its work', async () => {
  const deadline = new Deadline(1000, performance.now() - 500);
  const other = deadline.until(510);
  expect(other.leftMs).toBeLessThan(11);
  const hanging = deadline.pausedFor(other, (whole) => {
    void whole.signal;
    return new Promise(() => undefined);
  });
  await expect(hanging).rejects.toMatchObject({ code: 'too-slow' });
  expect(deadline.leftMs).toBeGreaterThan(400);
});
