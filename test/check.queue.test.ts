import { expect, test } from 'vitest';
import { check } from '../lib/engine/check.ts';
import type { Facts } from '../lib/engine/facts.ts';

const end = { type: 'end', prompt: { text: 'Goodbye.' } };

function flowOf(nodes: object) {
  return {
    ...{ schema: 1, id: 'a', name: 'A' },
    nodes: { start: { type: 'start', exits: { next: 'n' } }, ...nodes },
  };
}

const rulesOf = (flow: object, facts: Facts) => check(flow, facts).map(({ rule }) => rule);

test('hold music takes 60 seconds at most', () => {
  const flow = flowOf({
    n: { type: 'transfer', skillGroup: 's', holdMusic: { audio: 'waltz' }, exits: { next: 'e' } },
    e: end,
  });
  expect(rulesOf(flow, { audio: new Map([['waltz', 60]]) })).not.toContain('hold-music-too-long');
  expect(rulesOf(flow, { audio: new Map([['waltz', 60.1]]) })).toContain('hold-music-too-long');
});

test('WaitNo, whose meaning has changed, is told of once a flow; QueuePosition is not', () => {
  const transfer = (text: string, next: string) => {
    return {
      type: 'transfer',
      skillGroup: 's',
      transferringPrompt: { text },
      failPrompt: { text },
      exits: { next },
    };
  };
  const of = (text: string) => flowOf({ n: transfer(text, 'm'), m: transfer(text, 'e'), e: end });
  const told = { rule: 'wait-number', severity: 'warning', node: 'n', field: 'transferringPrompt' };
  expect(check(of('${WaitNo} ahead.'))).toEqual([
    { ...told, message: expect.stringContaining('Write `${QueuePosition}`') },
  ]);
  expect(check(of('Number ${QueuePosition}.'))).toEqual([]);
});
