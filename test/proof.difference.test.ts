import { expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { difference } from '../lib/proof/difference.ts';
import { changeSentence, englishDifference } from '../lib/proof/sentences.ts';
import { flowOf, menuOf, play } from './kit/testflows.ts';

const before = flowOf({
  first: play('Hello.', 'menu'),
  menu: { type: 'branch', prompt: { text: 'Press 1.' }, exits: { 1: 'bye', timeout: 'bye' } },
});

/** The differences in English, as a terminal tells them. */
function sentences(after: Flow): string[] {
  return difference(before, after).map((change) => changeSentence(englishDifference, change, before, after));
}

test('differences are told by the ids of nodes, keys as keys', () => {
  const nodes = {
    ...before.nodes,
    first: play('Good day.', 'menu'),
    menu: { ...menuOf('Press 1.', { maxErrors: 5 }), exits: { 1: 'first', 2: 'bye' } },
  };
  expect(sentences({ ...before, name: 'Other', nodes })).toEqual([
    'Flow: name changed from “Test” to “Other”',
    'first says “Good day.” instead of “Hello.”',
    'menu: maxErrors changed from 3 to 5',
    'menu: key 1 now goes to first instead of bye',
    'menu: “timeout” no longer goes to bye',
    'menu: key 2 now goes to bye',
  ]);
});

test('what the flow waives is told, rule and reason', () => {
  const waive = [
    { rule: 'human-far', node: 'menu', because: 'Two keys are enough.' },
    { rule: 'one-try', because: 'Asked so.' },
  ];
  expect(sentences({ ...before, waive })).toEqual([
    'Flow: waives human-far (menu): “Two keys are enough.”; one-try: “Asked so.”',
  ]);
  const [first, last] = waive.map((waiver) => ({ ...before, waive: [waiver] }));
  if (first === undefined || last === undefined) throw new Error('There are two.');
  expect(difference(first, last)).toEqual([
    { change: 'waived', waivers: last.waive },
    { change: 'unwaived', waivers: first.waive },
  ]);
});

test('what lies outside a flow is told by its name, if that is known', () => {
  const agents = (skillGroup: string, audio: string) => ({
    type: 'transfer',
    ...{ skillGroup, holdMusic: { audio }, exits: { next: 'bye' } },
  });
  const from = flowOf({ first: agents('sales', 'hold-music') });
  const to = flowOf({ first: agents('service', 'waltz') });
  const names: Record<string, string> = { service: 'Customer service', waltz: 'A waltz' };
  const words = { ...englishDifference, resource: (_: string, id: string) => names[id] };
  expect(difference(from, to).map((change) => changeSentence(words, change, from, to))).toEqual([
    'first: skillGroup changed from “sales” to “Customer service”',
    'first: holdMusic changed from ♪ hold-music to ♪ A waltz',
  ]);
});

test('of a long text they show where it differs', () => {
  const long = 'We are open from nine to five. '.repeat(20);
  const from = { ...before, nodes: { ...before.nodes, first: play(`${long}Goodbye.`, 'menu') } };
  const to = { ...before, nodes: { ...before.nodes, first: play(`${long}Until soon.`, 'menu') } };
  const [change] = difference(from, to);
  if (change === undefined) throw new Error('There is no difference.');
  const text = changeSentence(englishDifference, change, from, to);
  expect(text).toContain('Until soon.');
  expect(text.length).toBeLessThan(300);
});
