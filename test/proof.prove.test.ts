import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { drawing } from '../bench/drawing.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import { explore } from '../lib/proof/explore.ts';
import { proofLines } from '../lib/proof/prooftext.ts';
import { isProven, type Proof, prove } from '../lib/proof/prove.ts';
import { passed, playScript } from '../lib/proof/run.ts';
import { decidingIn } from '../lib/proof/trials.ts';
import { flowOf, menu, play, transfer } from './kit/testflows.ts';

const folder = new URL('../flows/', import.meta.url);
const read = (file: string): Flow => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

/** What fails, as `rule node`; the calls that show it must come out as they say. */
function failing(flow: Flow, options?: Parameters<typeof prove>[1]): string[] {
  const { failures } = prove(flow, options);
  for (const { script, waived } of failures) {
    if (waived !== undefined) continue;
    const { problems, calls } = playScript(flow, script, options?.find);
    expect([problems, calls.length, calls.flatMap(({ differences }) => differences)]).toEqual([[], 1, []]);
    expect(calls.every(passed)).toBe(true);
  }
  return failures.map(
    ({ rule, node, waived }) => `${rule} ${node}${waived === undefined ? '' : ` (${waived})`}`,
  );
}

const agents = transfer({ failPrompt: { text: 'Nobody is here.' } }, { next: 'bye' });
const spoken = { timeoutPrompt: { text: 'No key.' }, errorPrompt: { text: 'Wrong key.' } };

test.each(readdirSync(folder).filter((file) => file.endsWith('.flow.json')))('%s is proven', (file) => {
  const flow = read(file);
  const proof = prove(flow, { find: (id) => read(`${id}.flow.json`) });
  expect(proofLines(proof).filter((line) => line.includes('FAILS'))).toEqual([]);
  expect(isProven(proof)).toBe(true);
  expect(proof.unreached).toEqual([]);
});

describe('what fails is shown by a call that plays', () => {
  test.each<[string, Record<string, FlowNode>, string[]]>([
    ['nothing', { first: menu({ 1: 'agents' }, spoken), agents }, []],
    [
      'a menu that goes round for ever',
      { first: menu({ 1: 'first', timeout: 'first', errors: 'first' }, spoken), agents },
      ['kept-for-ever first'],
    ],
    [
      'a trap behind a key',
      {
        first: menu({ 1: 'agents', 2: 'trap' }, spoken),
        trap: menu({ 1: 'trap', timeout: 'trap', errors: 'trap' }, spoken),
        agents,
      },
      ['kept-for-ever trap'],
    ],
    ['an end without a word', { first: menu({ 1: 'agents' }), agents }, ['goodbye-only first']],
    ['nobody at all', { first: menu({ 1: 'bye' }, spoken) }, ['human-missing ']],
    [
      'nobody behind a key',
      { first: menu({ 1: 'agents', 2: 'info' }, spoken), info: menu({ 1: 'bye' }, spoken), agents },
      ['human-missing info'],
    ],
    [
      'a menu behind a talk needs nobody',
      {
        first: menu({ 1: 'agents' }, spoken),
        agents: { ...agents, exits: { next: 'rate', failed: 'bye' } },
        rate: menu({ 1: 'bye' }, spoken),
      },
      [],
    ],
    [
      'a node that is not there',
      { first: menu({ 1: 'agents', 2: 'nowhere' }, spoken), agents },
      ['fault-path nowhere'],
    ],
  ])('%s', (_, nodes, expected) => {
    expect(failing(flowOf(nodes))).toEqual(expected);
  });

  test('what is known of a group does not change within one event', () => {
    const second = transfer({ failPrompt: { text: 'Nobody at all.' } }, { next: 'second', failed: 'bye' });
    // Only if the group were there and not there at once, a call would end without a word.
    const flow = flowOf({
      first: transfer({}, { next: 'silent', failed: 'second' }),
      second,
      silent: { type: 'end' },
    });
    const { ways } = explore(flow);
    const facts = ways.map((way) => way.facts.join());
    expect(facts).toContain('available sales: no');
    expect(facts.filter((each) => each.includes(','))).toEqual([]);
  });

  test('a waiver says why, for one node or for all', () => {
    const flow = flowOf({ first: menu({ 1: 'bye' }, spoken) });
    const because = 'Tells the opening hours only';
    const waived = { ...flow, waive: [{ rule: 'human-missing', because }] };
    expect(failing(waived)).toEqual([`human-missing  (${because})`]);
    expect(isProven(prove(waived))).toBe(true);
    expect(isProven(prove(flow))).toBe(false);
  });
});

test('of numbers, values on both sides of each comparison are tried, and between two', () => {
  const when = [
    { variable: 'Balance', is: 'greater', value: '100' },
    { variable: 'Balance', is: 'less', value: '200' },
  ];
  const cases = [{ exit: 'some', when }];
  const flow = flowOf({ first: { type: 'condition', cases, exits: { some: 'bye', else: 'bye' } } });
  expect(decidingIn([flow]).trials('Balance')).toEqual(['99', '100', '200', '150', '201', 'other']);
  expect(decidingIn([flow]).decides('Balance')).toBe(true);
  expect(decidingIn([flow]).decides('Other')).toBe(false);
});

describe('conditions', () => {
  const asks = (cases: object[], exits: Record<string, string>): Flow =>
    flowOf({
      first: {
        type: 'collect',
        prompt: { text: 'Type.' },
        variable: 'Account',
        maxDigits: 4,
        ...spoken,
        exits: { next: 'who', timeout: 'agents', errors: 'agents' },
      },
      who: { type: 'condition', cases, exits },
      agents,
    });
  const one = (is: string, value: string) => ({ variable: 'Account', is, value });

  test('every case that can hold is tried', () => {
    const flow = asks(
      [
        { exit: 'exact', when: [one('equal', '1234')] },
        { exit: 'prefix', when: [one('starts-with', '77')] },
        { exit: 'range', when: [one('greater', '5000'), one('less', '6000')] },
      ],
      { exact: 'agents', prefix: 'agents', range: 'agents', else: 'agents' },
    );
    expect(prove(flow).unreached).toEqual([]);
  });

  test('a case that contradicts itself, or comes behind one that takes all, is reached by nobody', () => {
    const flow = asks(
      [
        { exit: 'never', when: [one('greater', '50'), one('less', '40')] },
        { exit: 'long', when: [one('at-least', '0')] },
      ],
      { never: 'bye', long: 'agents', else: 'bye' },
    );
    expect(prove(flow).unreached.map(({ node, exits }) => [node, exits])).toEqual([
      ['who', ['never', 'else']],
    ]);
  });

  test('withheld callers and callers from elsewhere are tried if they are told apart', () => {
    const caller = (is: string, value: string) => ({ variable: 'SystemCallerNumber', is, value });
    const flow = flowOf({
      first: {
        type: 'condition',
        cases: [
          { exit: 'withheld', when: [caller('equal', '')] },
          { exit: 'china', when: [caller('starts-with', '+86')] },
        ],
        exits: { withheld: 'agents', china: 'agents', else: 'agents' },
      },
      agents,
    });
    expect(prove(flow).unreached).toEqual([]);
  });
});

describe('what is said of all calls', () => {
  const line = (proof: Proof, start: string) =>
    proofLines(proof)
      .find((each) => each.trim().startsWith(start))
      ?.trim();

  test('the longest and the shortest, how far a person is, and the most choices', () => {
    const proof = prove(
      flowOf({
        first: menu({ 1: 'second', 2: 'bye' }, spoken),
        second: menu({ 3: 'agents', 9: 'first' }, spoken),
        agents,
      }),
    );
    expect(proof.calls.shortest.steps).toBe(2);
    expect(proof.persons).toMatchObject([{ person: { fromStart: { keys: 2 }, worst: { keys: 2 } } }]);
    expect(proof.deepest).toEqual({ node: 'agents', keys: 2 });
    expect(line(proof, 'a person')).toMatch(
      /^a person: 2 keys and \d+ s from the start; worst case 2 keys and \d+ s/,
    );
    expect(line(proof, 'longest call')).toMatch(
      /^longest call: \d+ steps, \d+ s, without coming back to a menu; shortest: 2 steps/,
    );
  });

  test('who goes in circles in silence or by wrong keys only', () => {
    const proof = prove(
      flowOf({
        first: menu({ 1: 'agents', timeout: 'more', errors: 'bye' }, spoken),
        more: play('Let us try again.', 'first'),
        agents,
      }),
    );
    expect(proof.loops).toEqual([{ by: 'silent', nodes: ['first'] }]);
    expect(line(proof, 'a caller who presses nothing')).toContain('first → first');
  });

  test('nothing, if there are more states than are looked at', () => {
    const proof = prove(drawing(50), { mostStates: 10 });
    expect(proof.leftOut).toMatch(/more than 10 states/);
    expect(isProven(proof)).toBe(false);
    expect(proof.failures).toEqual([]);
    expect(proofLines(proof)[0]).toContain('not proven');
  });
});

test('of 2,000 nodes no state is left out, and each node has a few', () => {
  const { states, leftOut } = prove(drawing(2000));
  expect(leftOut).toBeUndefined();
  expect(states).toBeGreaterThan(2000);
  expect(states).toBeLessThan(4000);
});
