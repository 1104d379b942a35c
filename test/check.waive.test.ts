import { expect, test } from 'vitest';
import { check } from '../lib/engine/check.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { menu, quietFlow } from './kit/testflows.ts';

const flow = quietFlow({ first: menu({ 1: 'nowhere' }), lost: { type: 'end' } });
const waiving = (...waive: NonNullable<Flow['waive']>) =>
  check({ ...flow, waive }).map(({ rule, node = '' }) => `${rule} ${node}`);

test('a warning that is waived is not told; one of another node, and errors, are', () => {
  expect(waiving()).toContain('unreachable lost');
  const because = 'Kept for the summer';
  expect(waiving({ rule: 'unreachable', node: 'lost', because })).not.toContain('unreachable lost');
  expect(waiving({ rule: 'unreachable', because })).not.toContain('unreachable lost');
  expect(waiving({ rule: 'unreachable', node: 'first', because })).toContain('unreachable lost');
  expect(waiving({ rule: 'exit-to-nowhere', because })).toContain('exit-to-nowhere first');
});

test('a waiver has a rule and a reason', () => {
  const broken = { ...flow, waive: [{ rule: 'Not a rule' }] };
  expect(check(broken).map(({ field }) => field)).toEqual(
    expect.arrayContaining(['waive.0.rule', 'waive.0.because']),
  );
  for (const because of ['', ' ', '\u200b']) {
    const unexplained = { ...flow, waive: [{ rule: 'unreachable', because }] };
    expect(check(unexplained)).toMatchObject([{ rule: 'shape', field: 'waive.0.because' }]);
  }
});
