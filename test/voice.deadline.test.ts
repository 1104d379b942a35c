import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Deadline, TooSlow, within, withinOnceAsked } from '../lib/calls/deadline.ts';
import { createMemory } from '../lib/store/memory.ts';
import { greeting } from './kit/drawings.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new Promise<never>(() => undefined);

describe('work that is watched from the start', () => {
  test('is answered for when it is late, though it asks for no signal', async () => {
    const answer = within(2000, () => never);
    const late = expect(answer).rejects.toThrow(new TooSlow(2000));
    await vi.advanceTimersByTimeAsync(1999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await late;
  });

  test.each([
    ['done', async () => 'done'],
    ['failed', async () => Promise.reject(new Error('down'))],
  ])('leaves no timer when it has %s', async (_, work) => {
    await within(2000, work).catch(() => undefined);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('work that is watched once it asks for the signal', () => {
  test('has no timer where it does not ask', async () => {
    const timers: number[] = [];
    const answer = await withinOnceAsked(2000, async () => {
      timers.push(vi.getTimerCount());
      return 'from memory';
    });
    expect([answer, ...timers, vi.getTimerCount()]).toEqual(['from memory', 0, 0]);
  });

  test('has one timer however often it asks, and always the same signal', async () => {
    const answer = withinOnceAsked(2000, async (deadline) => {
      const { signal } = deadline;
      return deadline.signal === signal && vi.getTimerCount() === 1;
    });
    expect(await answer).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is answered for when it is late, though it does not heed the signal', async () => {
    let signal: AbortSignal | undefined;
    const answer = withinOnceAsked(2000, (deadline) => {
      signal = deadline.signal;
      return never;
    });
    const late = expect(answer).rejects.toThrow(new TooSlow(2000));
    await vi.advanceTimersByTimeAsync(1999);
    expect(signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await late;
    expect(signal?.aborted).toBe(true);
  });

  test('has its time from the beginning, not from the asking', async () => {
    const asks = Promise.withResolvers<void>();
    const answer = withinOnceAsked(2000, async (deadline) => {
      await asks.promise;
      return await aborted(deadline);
    });
    const late = expect(answer).rejects.toThrow(TooSlow);
    await vi.advanceTimersByTimeAsync(1500);
    asks.resolve();
    await vi.advanceTimersByTimeAsync(499);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await late;
  });

  test('is late at once where it asks when the time is up', async () => {
    const asks = Promise.withResolvers<void>();
    const answer = withinOnceAsked(2000, async (deadline) => {
      await asks.promise;
      return await aborted(deadline);
    });
    const late = expect(answer).rejects.toThrow(TooSlow);
    await vi.advanceTimersByTimeAsync(5000);
    asks.resolve();
    await vi.advanceTimersByTimeAsync(1);
    await late;
  });

  test('keeps its own failure', async () => {
    const answer = withinOnceAsked(2000, async ({ signal }) => {
      throw new Error(`down, aborted: ${signal.aborted}`);
    });
    await expect(answer).rejects.toThrow('down, aborted: false');
    expect(vi.getTimerCount()).toBe(0);
  });
});

/** Rejects when the signal fires, as a read of the table does. */
function aborted({ signal }: Deadline): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

test('a flow in memory is had without asking for the signal; one that is not, with it', async () => {
  const memory = createMemory(async (id) => greeting(id));
  const timersOf = (flow: string) =>
    withinOnceAsked(2000, async (deadline) => {
      const found = memory(flow, 1, deadline);
      const timers = vi.getTimerCount();
      await found;
      return timers;
    });
  expect([await timersOf('a'), await timersOf('a'), await timersOf('b')]).toEqual([1, 0, 1]);
});
