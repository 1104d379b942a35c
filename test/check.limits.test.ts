import { describe, expect, test } from 'vitest';
import { check, faulty, misshapen } from '../lib/engine/check.ts';
import { countProblems, maxProblems, reportProblems } from '../lib/engine/report.ts';
import type { Problem } from '../lib/flow/problem.ts';
import { deepestNesting, isNestedDeeper, jsonBytes } from '../lib/flow/size.ts';
import { greeting } from './kit/sampleflows.ts';

/** Unknown variables, no two alike. */
const unknowns = (count: number) =>
  Array.from({ length: count }, (_, place) => `\${${place.toString(36)}}`).join('');

describe('however many problems a document has', () => {
  test.each([
    ['unknown variables in one text', greeting('a', unknowns(130_000)), 130_000],
    [
      'invalid places',
      {
        ...greeting('a'),
        layout: Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`n${at}`, 0])),
      },
      60_000,
    ],
    [
      'nodes of no type',
      {
        ...greeting('a'),
        nodes: Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`n${at}`, {}])),
      },
      50_000,
    ],
  ])('500 are told, and how many more there are: %s', (_, document, least) => {
    const problems = check(document);
    expect(problems).toHaveLength(maxProblems);
    const last = problems.at(-1);
    expect(last).toMatchObject({ rule: 'more-problems', severity: 'error' });
    const { errors, warnings } = countProblems(problems);
    expect(errors).toBeGreaterThanOrEqual(least);
    expect(last?.message).toMatch(new RegExp(`^${errors + warnings - maxProblems + 1} more problems`));
    expect(JSON.stringify(problems).length).toBeLessThan(300_000);
  });

  test('those that keep it from being kept come first, then the other errors, then the warnings', () => {
    const nodes = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`n${at}`, { type: 'menu' }]));
    const problems = check({ ...greeting('a'), nodes, layout: { a: 'here' } });
    expect(problems[0]).toMatchObject({ rule: 'shape', field: 'layout.a' });
    expect([misshapen(problems), faulty(problems)]).toEqual([true, true]);
    expect(countProblems(problems)).toEqual({ errors: 601, warnings: 0 });
  });

  test('none is left out for being the last', () => {
    const problem = (severity: 'error' | 'warning'): Problem => ({ rule: 'r', severity, message: 'No.' });
    const of = (errors: number, warnings: number) => [
      ...Array.from({ length: warnings }, () => problem('warning')),
      ...Array.from({ length: errors }, () => problem('error')),
    ];
    expect(reportProblems(of(100, 400)).at(-1)).toEqual(problem('warning'));
    for (const [errors, warnings] of [
      [499, 2],
      [500, 1],
      [501, 0],
      [0, 501],
      [700, 700],
    ] as const) {
      const told = reportProblems(of(errors, warnings));
      expect(told).toHaveLength(500);
      expect(countProblems(told)).toEqual({ errors, warnings });
      expect(told.at(-1)?.severity).toBe(errors > 499 ? 'error' : 'warning');
    }
  });

  test('a key of any length is cut', () => {
    const [problem] = check({ ...greeting('a'), layout: { ['x'.repeat(500_000)]: 0 } });
    expect(problem?.field).toMatch(/^layout\.x+…$/);
    expect(JSON.stringify(problem).length).toBeLessThan(1500);
  });
});

describe('nesting', () => {
  const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

  test('is counted without a stack of its own depth', () => {
    expect(isNestedDeeper(nested(deepestNesting))).toBe(false);
    expect(isNestedDeeper(nested(deepestNesting + 1))).toBe(true);
    expect(isNestedDeeper(nested(200_000))).toBe(true);
    expect(isNestedDeeper({ a: { b: 1 } }, 1)).toBe(true);
  });

  test.each([101, 6000, 200_000])('of %d levels is one problem, and the flow is not kept', (levels) => {
    const problems = check({ ...greeting('a'), notes: nested(levels) });
    expect(problems).toEqual([
      { rule: 'shape', severity: 'error', message: expect.stringContaining('nests more than 100 levels') },
    ]);
  });
});

describe('the size of a document', () => {
  test('counts characters as UTF-8, however JSON would spell them', () => {
    const written = String.raw`{"a":"您é😀\n\u0001\\u0041\ud800"}`;
    const plain = '{"a":"您é😀'.length + 2 + 1 + 2 + '\\n'.length + 1 + '\\\\u0041'.length + 3 + '"}'.length;
    expect(jsonBytes(JSON.parse(written))).toBe(plain);
    expect(jsonBytes(JSON.parse('"\\u60a8"'))).toBe(Buffer.byteLength('"您"'));
    expect(jsonBytes(undefined)).toBe(0);
  });

  test('of more than 1 MB hides what else is wrong with its texts', () => {
    const problems = check(greeting('a', unknowns(200_000)));
    expect(problems.map(({ rule }) => rule)).toEqual(['bad-value', 'too-large']);
  });
});
