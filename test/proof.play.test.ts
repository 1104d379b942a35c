import { describe, expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { Coverage, untakenText } from '../lib/proof/coverage.ts';
import { passed, playScript, rewritten } from '../lib/proof/run.ts';
import { flowOf, menu, menuOf, quietFlow, transfer } from './kit/testflows.ts';

const office = quietFlow({
  first: menu({ 1: 'agents', 2: 'bye' }, { maxErrors: 2, errorPrompt: { text: 'Wrong.' } }),
  agents: transfer({ failPrompt: { text: 'Nobody is here.' } }, { next: 'bye' }),
  bye: { type: 'end', prompt: { text: 'Goodbye.' } },
});

/** The differences of a script of one call, as `line: message`. */
function differences(flow: Flow, ...lines: string[]): string[] {
  const { calls, problems } = playScript(flow, ['# A call', ...lines].join('\n'));
  expect(problems).toEqual([]);
  return calls.flatMap((call) => call.differences.map(({ line, message }) => `${line}: ${message}`));
}

describe('a call is played', () => {
  test('and what the script says holds', () => {
    const script = [
      '? available sales: yes',
      '> arrived',
      '< gather 8s Menu.',
      '> pressed 1',
      '< …',
      '> connected 1001',
      '> talked',
      '< say Goodbye.',
      '< hangup',
      '= ends finished at bye',
    ];
    expect(differences(office, ...script)).toEqual([]);
  });

  test.each<[string, string[], RegExp[]]>([
    [
      'another text',
      ['> arrived', '< gather 8s List.'],
      [/^3: after `> arrived`, `gather 8s List.` was expected, but the caller hears `gather 8s Menu.`/],
    ],
    [
      'more than was expected',
      ['> arrived', '> pressed 2', '< say Goodbye.'],
      [/^3: after `> pressed 2`, the caller also hears `hangup`/],
    ],
    [
      'less than was expected',
      ['> arrived', '< gather 8s Menu.', '< hangup'],
      [/`hangup` was expected, but it was not heard/],
    ],
    [
      'another end',
      ['> arrived', '> pressed 2', '= ends errors'],
      [/`= ends errors` was expected, but the call ended: finished at `bye`/],
    ],
    [
      'another place of the end',
      ['> arrived', '> pressed 2', '= ends finished at first'],
      [/finished at `bye`/],
    ],
    ['a call that goes on', ['> arrived', '= ends finished'], [/but the call still waits at `first`/]],
    ['a call that has ended', ['> arrived', '> pressed 2', '= goes on'], [/but the call ended/]],
    [
      'something after the end',
      ['> arrived', '> pressed 2', '> silent'],
      [/^4: The call has ended before this/],
    ],
    [
      'a fact that is not said',
      ['> arrived', '> pressed 1'],
      [/asks `available sales`.*write `\? available sales: …` before it, `yes`, `no` or `3 waiting`/],
    ],
    [
      'keys before the call arrives',
      ['> pressed 1'],
      [/cannot happen here: the call has not arrived yet. What can: `> arrived`/],
    ],
    [
      'an agent at a menu',
      ['> arrived', '> connected 1'],
      [/`connected` cannot happen here: the call waits for keys at `first`/],
    ],
    ['several keys at a menu', ['> arrived', '> typed 12'], [/1 key is taken. Write `> pressed 1`/]],
    ['a recording where nothing records', ['> arrived', '> recorded 3s'], [/`recorded` cannot happen here/]],
  ])('and it is told: %s', (_, lines, expected) => {
    const found = differences(office, ...lines);
    expect(found).toHaveLength(expected.length);
    for (const [place, pattern] of expected.entries()) expect(found[place]).toMatch(pattern);
  });

  test.each([
    [['? available sales: no', '> arrived', '> pressed 1'], 'nobody-online at bye'],
    [['? available sales: yes', '> arrived', '> pressed 1', '> left empty'], 'nobody-online at bye'],
    [['? available sales: yes', '> arrived', '> pressed 1', '> left full'], 'nobody-online at bye'],
    [['? available sales: yes', '> arrived', '> pressed 1', '> left too-long'], 'waited-too-long at bye'],
    [['? available sales: yes', '> arrived', '> pressed 1', '> hung up'], 'hung-up-waiting at agents'],
    [
      ['? available sales: 4 waiting', '> arrived', '> pressed 1', '> connected 7', '> hung up'],
      'hung-up-talking at agents',
    ],
    [['> arrived', '> pressed 9', '> pressed 9'], 'errors at first'],
    [['> arrived', '> silent'], 'timeout at first'],
    [['> arrived', '> hung up'], 'hung-up-menu at first'],
  ])('and ends as its record says: %j', (lines, end) => {
    expect(differences(office, ...lines, `= ends ${end}`)).toEqual([]);
  });

  test('a caller whom the second group has served was served, though the first one was not there', () => {
    const flow = quietFlow({
      first: transfer({ failPrompt: { text: 'Nobody.' } }, { next: 'second' }),
      second: { ...transfer({}, { next: 'bye' }), skillGroup: 'service' },
      bye: { type: 'end', prompt: { text: 'Goodbye.' } },
    });
    const facts = ['? available sales: no', '? available service: yes'];
    expect(
      differences(flow, ...facts, '> arrived', '> connected 7', '> talked', '= ends finished at bye'),
    ).toEqual([]);
    expect(differences(flow, ...facts, '> arrived', '> left empty', '= ends nobody-online')).toEqual([]);
  });

  test('what is said first in a queue is heard by itself, with the number of then', () => {
    const flow = quietFlow({ first: transfer({ transferringPrompt: { text: 'Number ${QueuePosition}.' } }) });
    const lines = ['? available sales: 3 waiting', '> arrived', '< enqueue …', '< say Number 4.'];
    expect(differences(flow, ...lines)).toEqual([]);
  });

  test('a thousand lines within a second', () => {
    const flow = flowOf({ first: menuOf('Menu.', { maxErrors: 10 }) });
    const call = [
      '# A call',
      '> arrived',
      '< gather 8s Menu.',
      '> pressed 9',
      '< …',
      '> pressed 1',
      '< …',
      '= ends finished at bye',
    ];
    const script = Array.from({ length: 130 }, () => call.join('\n')).join('\n\n');
    const before = performance.now();
    expect(playScript(flow, script).calls.every(passed)).toBe(true);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

test('a script is rewritten as its calls come out; what holds stays as it is written', () => {
  const script = '# One\n> arrived\n< gather 8s M…\n> pressed 2\n< say Bye.\n= goes on\n\n# Two\n> arrived\n';
  const { calls } = playScript(office, script);
  const text = rewritten(calls);
  expect(text).toBe(
    '# One\n> arrived\n< gather 8s M…\n> pressed 2\n< say Goodbye.\n< hangup\n= ends finished at bye\n\n# Two\n> arrived\n< gather 8s Menu.\n= goes on\n',
  );
  const again = playScript(office, text);
  expect(again.calls.every(passed)).toBe(true);
  expect(rewritten(again.calls)).toBe(text);
});

test('nodes and exits that no call takes are told in words', () => {
  const coverage = new Coverage();
  playScript(office, '# A\n> arrived\n> pressed 2\n', undefined, coverage);
  expect(coverage.untaken(office).map(untakenText)).toEqual([
    'silent: no call comes here',
    'first: `1` is never taken',
    'agents: no call comes here',
  ]);
  expect(untakenText({ node: 'menu', visited: true, exits: ['*', 'timeout'] })).toBe(
    'menu: `*` and timeout are never taken',
  );
});
