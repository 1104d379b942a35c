import { expect, test } from 'vitest';
import { isProven, prove } from '../lib/proof/prove.ts';
import { playScript } from '../lib/proof/run.ts';
import { flowOf, menu, transfer } from './kit/testflows.ts';

const prompts = { timeoutPrompt: { text: 'No key.' }, errorPrompt: { text: 'Wrong key.' } };
const agents = transfer({ failPrompt: { text: 'Nobody is here.' } }, { next: 'bye' });

/** A menu that goes on after this number of time-outs, and ends the call after one wrong key. */
const waiting = (maxTimeouts: number, timeout: string, keys: Record<string, string> = {}) =>
  menu({ ...keys, timeout }, { ...prompts, maxTimeouts, maxErrors: 1 });

/** Two menus in a row that a caller leaves by silence alone. */
const silences = (first: number, second: number, keys: Record<string, string> = {}) =>
  flowOf({ first: waiting(first, 'second'), second: waiting(second, 'agents', keys), agents });

const failures = (flow: Parameters<typeof prove>[0]) =>
  prove(flow).failures.map(({ rule, node }) => [rule, node]);

/** How the call of a silent caller ends or goes on. */
function silent(flow: Parameters<typeof prove>[0], times: number, end: string): readonly unknown[] {
  const events = Array.from({ length: times }, () => '> silent\n< …\n').join('');
  return playScript(flow, `# Silent\n? available sales: yes\n> arrived\n< …\n${events}= ${end}\n`).calls;
}

test('a person whom a caller reaches only by 20 silences in a row is not reached: the 20th ends the call', () => {
  expect(failures(silences(10, 10))).toEqual([['human-missing', '']]);
  expect(failures(silences(10, 9))).toEqual([]);
  expect(isProven(prove(silences(10, 9)))).toBe(true);
});

test('the engine agrees: 19 silences reach the person, and 20 end the call', () => {
  expect(silent(silences(10, 9), 19, 'goes on')).toMatchObject([{ differences: [] }]);
  expect(silent(silences(10, 10), 20, 'ends timeout at second')).toMatchObject([{ differences: [] }]);
});

test('a key starts the count again', () => {
  const third = waiting(10, 'agents');
  const flow = flowOf({ ...silences(10, 10, { 1: 'third' }).nodes, third });
  expect(failures(flow)).toEqual([]);
});

test('a state that only 20 silences would reach is not reported', () => {
  const flow = flowOf({
    first: waiting(10, 'second', { 1: 'agents' }),
    second: waiting(10, 'trap', { 1: 'agents' }),
    trap: menu({ 1: 'trap', timeout: 'trap', errors: 'trap' }, prompts),
    agents,
  });
  expect(failures(flow)).toEqual([]);
});
