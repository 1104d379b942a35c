import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawing, lastStep, sizes, steps } from '../bench/drawing.ts';
import { median, order, race, ratio, timed, timedSync } from '../bench/race.ts';
import { type Line, misses, pastLimits, rounded, table } from '../bench/report.ts';
import { check } from '../lib/engine/check.ts';
import { step } from '../lib/engine/step.ts';
import { readCursor } from '../lib/flow/cursor.ts';
import { noMemory } from '../lib/flow/memory.ts';

describe('medians and ratios', () => {
  test('the median is the middle value, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 2, 4, 6])).toBe(5);
    expect(median([7])).toBe(7);
    expect(median([])).toBeNaN();
  });

  test('half of the values lie on each side of the median, in whatever order they come', () => {
    void fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values);
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });

  test('ratios are taken round by round, so a slow round does not count', () => {
    const base = [10, 10, 500, 10, 10];
    const twice = [20, 20, 1000, 20, 20];
    expect(ratio(twice, base)).toBe(2);
    expect(ratio(base, base)).toBe(1);
    expect(ratio([1, 2, 3], [])).toBeNaN();
  });
});

describe('a race', () => {
  test.each([2, 3, 5])('every round lets all of %i take part, and each begins as often', (count) => {
    const names = Array.from({ length: count }, (_, place) => String(place));
    const rounds = Array.from({ length: 2 * count }, (_, round) => order(names, round));
    for (const round of rounds) expect(round.toSorted()).toEqual(names);
    expect(rounds.map(([first]) => first).toSorted()).toEqual([...names, ...names].toSorted());
  });

  test('the first round warms up and is dropped', async () => {
    let runs = 0;
    const runner = async () => {
      runs += 1;
      return runs;
    };
    const samples = await race({ a: runner, b: runner }, 3);
    expect(runs).toBe(8);
    expect([...samples.a, ...samples.b].toSorted()).toEqual([3, 4, 5, 6, 7, 8]);
  });

  test('work is done as often as was said', async () => {
    let done = 0;
    await timed(5, async () => {
      done += 1;
    })();
    await timedSync(7, () => {
      done += 1;
    })();
    expect(done).toBe(12);
  });
});

describe('the report', () => {
  const line: Line = { what: 'a step', measured: 30, unit: 'µs' };

  test('an aim is for the ratio where there is one, else for what was measured', () => {
    expect(misses({ ...line, ratio: 1.6, aim: { most: 1.5 } })).toBe(true);
    expect(misses({ ...line, ratio: 1.5, aim: { most: 1.5 } })).toBe(false);
    expect(misses({ ...line, aim: { most: 29 } })).toBe(true);
    expect(misses({ ...line, aim: { most: 30 } })).toBe(false);
    const within = { least: 29, most: 31 };
    expect([28, 29, 31, 32].map((measured) => misses({ ...line, measured, aim: within }))).toEqual([
      ...[true, false, false, true],
    ]);
  });

  test('no aim, or one for scale, is missed by nothing; a ratio of nothing is a miss', () => {
    expect(misses(line)).toBe(false);
    expect(misses({ ...line, ratio: 1000, aim: { about: 4 } })).toBe(false);
    expect(misses({ ...line, ratio: Number.NaN, aim: { most: 4 } })).toBe(true);
  });

  test('the table says measured, ratio, aim and misses', () => {
    const lines: Line[] = [
      { ...line, ratio: 1.625, beside: 'form', aim: { most: 1.5 } },
      { what: 'zip', measured: 114, unit: 'KB', aim: { most: 150 } },
      { what: 'pace', measured: 6, unit: 'a second', aim: { least: 5.9, most: 6.1 } },
      { what: 'tutorial', measured: 0.5, unit: 'ms', ratio: 4, beside: 'form', aim: { about: 4 } },
    ];
    const cells = table(lines)
      .split('\n')
      .map((row) => row.split('|').map((cell) => cell.trim()));
    expect(cells[0]?.slice(1, 6)).toEqual(['what', 'measured', 'ratio', 'beside', 'aim']);
    expect(cells[2]?.slice(1, 7)).toEqual(['a step', '30 µs', '1.63×', 'form', '≤ 1.5×', 'MISSED']);
    expect(cells[3]?.slice(1, 7)).toEqual(['zip', '114 KB', '', '', '≤ 150', 'ok']);
    expect(cells[4]?.slice(1, 7)).toEqual(['pace', '6 a second', '', '', '5.9–6.1', 'ok']);
    expect(cells[5]?.slice(1, 7)).toEqual(['tutorial', '0.5 ms', '4×', 'form', 'about 4×', '']);
  });

  test('three figures are kept', () => {
    expect([0.00245, 1.004, 12.345, 1234.5].map(rounded)).toEqual(['0.00245', '1', '12.3', '1,235']);
  });
});

describe.each(sizes)('the flow of %i nodes', (nodes) => {
  const flow = drawing(nodes);

  test('has as many nodes, and could be published', () => {
    expect(Object.keys(flow.nodes)).toHaveLength(nodes);
    expect(check(flow, {}).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('waits for a key again at each step that the bench takes', () => {
    const call = { callSid: 'CA0', from: '+15550123', to: '+15550100' };
    for (const at of [...steps(nodes), lastStep(nodes, 1)]) {
      const cursor = readCursor(at.slice(at.indexOf('?') + 1));
      if (cursor === undefined) throw new Error(`${at} holds no cursor.`);
      const taken = step(flow, cursor, noMemory, { event: 'pressed', keys: '9', call });
      expect(taken.wait?.cursor).toMatchObject({ node: 'menu0', waiting: 'keys' });
    }
  });
});

test('a ratio past its limit fails the gate, unless the noise that was measured beside it may be why', () => {
  const line = (ratio: number, more: Partial<Line> = {}): Line => ({
    ...{ what: 'a step', measured: 1, unit: 'µs', ratio },
    ...more,
  });
  const noise = (ratio: number) => line(ratio, { what: 'again', noise: true });
  expect(pastLimits([line(9), line(1.4, { limit: 1.4 })])).toEqual([]);
  expect(pastLimits([line(1.41, { limit: 1.4 })])).toEqual(['a step: 1.41×, at most 1.4× and 0 % of noise']);
  for (const off of [1.05, 1 / 1.05]) {
    expect(pastLimits([noise(off), line(1.46, { limit: 1.4 })])).toEqual([]);
    expect(pastLimits([noise(off), line(1.5, { limit: 1.4 })])).toHaveLength(1);
  }
  expect(pastLimits([line(Number.NaN, { limit: 1.4 })])).toHaveLength(1);
});
