import { describe, expect, test } from 'vitest';
import { measureCalls } from '../lib/proof/measure.ts';

describe('the longest call', () => {
  const way = (from: number, to?: number) =>
    ({
      from,
      ...(to === undefined ? {} : { to }),
      happening: { word: 'silent' },
      facts: [],
      verbs: [],
      keys: 0,
      seconds: 10,
      person: false,
      missed: 'kept',
      served: false,
    }) as const;

  test('is found whatever the order of the ways', () => {
    // 0 → 1 → 2, 0 → 2 → 1, and both end.
    const out = [[way(0, 1), way(0, 2)], [way(1, 2)], [way(2, 1), way(2)]];
    const { longest, shortest, count, atLeast } = measureCalls({ out, into: [] });
    expect([longest, shortest, count, atLeast]).toEqual([
      { steps: 3, seconds: 30 },
      { steps: 2, seconds: 20 },
      2n,
      false,
    ]);
  });

  test('is a bound if there are too many calls to walk', () => {
    const states = 14;
    const out = Array.from({ length: states }, (_, from) => [
      ...Array.from({ length: states }, (_, to) => way(from, to)),
      way(from),
    ]);
    expect(measureCalls({ out, into: [] }).atLeast).toBe(true);
  });
});
