import { describe, expect, test } from 'vitest';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import { proofLines } from '../lib/proof/prooftext.ts';
import { isProven, prove } from '../lib/proof/prove.ts';
import { passed, playScript } from '../lib/proof/run.ts';
import { flowOf, menu, play, transfer } from './kit/testflows.ts';

const spoken = { timeoutPrompt: { text: 'No key.' }, errorPrompt: { text: 'Wrong key.' } };
const agents = transfer({ failPrompt: { text: 'Nobody is here.' } }, { next: 'bye' });
const trap = menu({ 1: 'trap', timeout: 'trap', errors: 'trap' }, spoken);

function request(exits: Record<string, string>, ...take: readonly string[]): FlowNode {
  const taken = take.map((name) => ({ variable: name, from: `/${name.toLowerCase()}` }));
  return { type: 'request', connection: 'crm', path: '/', take: taken, exits };
}

function condition(
  cases: Record<string, readonly (readonly [variable: string, is: string, value?: string])[]>,
  exits: Record<string, string>,
): FlowNode {
  const told = Object.entries(cases).map(([exit, when]) => ({
    exit,
    when: when.map(([variable, is, value]) => ({ variable, is, ...(value === undefined ? {} : { value }) })),
  }));
  return { type: 'condition', cases: told, exits };
}

function collect(variable: string, digits: number, exits: Record<string, string>, least = digits): FlowNode {
  const prompts = { prompt: { text: 'Type it.' }, ...spoken };
  return { type: 'collect', ...prompts, variable, minDigits: least, maxDigits: digits, exits };
}

const typed = (when: readonly (readonly [string, string, string])[], digits: number) => ({
  first: collect('Code', digits, { next: 'which', timeout: 'agents', errors: 'agents' }, 1),
  which: condition({ x: when }, { x: 'trap', else: 'agents' }),
});

const trapped: Record<string, Record<string, FlowNode>> = {
  'a request that fails, and then does not': {
    first: request({ next: 'agents', failed: 'again' }),
    again: request({ next: 'trap', failed: 'agents' }),
  },
  'two answers of one connection': {
    first: request({ next: 'second', failed: 'agents' }, 'Tier'),
    second: request({ next: 'which', failed: 'agents' }, 'Open'),
    which: condition(
      {
        x: [
          ['Tier', 'equal', 'gold'],
          ['Open', 'equal', 'yes'],
        ],
      },
      { x: 'trap', else: 'agents' },
    ),
  },
  'a message that fails, and one that does not': {
    first: { type: 'message', text: 'Hello.', exits: { next: 'agents', failed: 'again' } },
    again: { type: 'message', text: 'Hello.', to: '+15550199', exits: { next: 'trap', failed: 'agents' } },
  },
  'two values of one answer': {
    first: request({ next: 'which', failed: 'agents' }, 'Tier', 'Region'),
    which: condition(
      {
        both: [
          ['Tier', 'equal', 'gold'],
          ['Region', 'equal', 'north'],
        ],
        gold: [['Tier', 'equal', 'gold']],
      },
      { both: 'agents', gold: 'trap', else: 'agents' },
    ),
  },
  'one value without the other': {
    first: request({ next: 'which', failed: 'agents' }, 'Tier', 'Region'),
    which: condition(
      {
        x: [
          ['Tier', 'set'],
          ['Region', 'unset'],
        ],
      },
      { x: 'trap', else: 'agents' },
    ),
  },
  'an empty value': {
    first: request({ next: 'which', failed: 'agents' }, 'Tier'),
    which: condition(
      { has: [['Tier', 'set']], none: [['Tier', 'unset']] },
      { has: 'agents', none: 'agents', else: 'trap' },
    ),
  },
  'one digit': typed([['Code', 'equal', '4']], 1),
  'a number with zeros before it': {
    ...typed([['Code', 'less', '500']], 4),
    first: collect('Code', 4, { next: 'which', timeout: 'agents', errors: 'agents' }),
  },
  'the last of many values': {
    first: collect('Code', 3, { next: 'which0', timeout: 'agents', errors: 'agents' }),
    ...Object.fromEntries(
      [0, 1, 2, 3, 4].map((at) => {
        const cases = Array.from({ length: 8 }, (_, place) => String(100 + at * 8 + place));
        const exits = Object.fromEntries(
          cases.map((each) => [`x${each}`, each === '139' ? 'trap' : 'agents']),
        );
        const told = Object.fromEntries(
          cases.map((each) => [`x${each}`, [['Code', 'equal', each]] as const]),
        );
        return [`which${at}`, condition(told, { ...exits, else: at === 4 ? 'agents' : `which${at + 1}` })];
      }),
    ),
  },
  'a number between others': typed(
    [
      ['Code', 'greater', '10'],
      ['Code', 'less', '20'],
      ['Code', 'not-equal', '11'],
      ['Code', 'not-equal', '15'],
    ],
    2,
  ),
  'two parts': typed(
    [
      ['Code', 'contains', '12'],
      ['Code', 'contains', '99'],
    ],
    4,
  ),
  'what a service says': {
    first: request({ next: 'asked', failed: 'agents' }, 'Pin'),
    asked: collect('Typed', 4, { next: 'which', timeout: 'agents', errors: 'agents' }),
    which: condition({ x: [['Typed', 'equal', '${Pin}']] }, { x: 'trap', else: 'agents' }),
  },
  'the number of a service': {
    first: request({ next: 'ring', failed: 'agents' }, 'Manager'),
    ring: {
      ...{ type: 'dial', number: '${Manager}', prompt: { text: 'One moment.' } },
      exits: { next: 'bye', busy: 'trap', failed: 'agents' },
    },
  },
  'a part of a number from a service': {
    first: request({ next: 'sends', failed: 'agents' }, 'Mobile'),
    sends: { type: 'message', text: 'Hello.', to: '+44${Mobile}', exits: { next: 'trap', failed: 'agents' } },
  },
  'an entry that is kept, and is 0': {
    first: {
      ...collect('Code', 4, { next: 'which', timeout: 'agents', errors: 'agents' }, 1),
      confirmPrompt: { text: 'To keep ${Code}, press 1.' },
    },
    which: condition({ x: [['Code', 'equal', '0']] }, { x: 'trap', else: 'agents' }),
  },
  'a number above another one': {
    first: request({ next: 'which', failed: 'agents' }, 'Balance', 'Limit'),
    which: condition({ x: [['Balance', 'greater', '${Limit}']] }, { x: 'trap', else: 'agents' }),
  },
  'the caller’s number at a service': {
    first: request({ next: 'which', failed: 'agents' }, 'Owner'),
    which: condition(
      {
        x: [
          ['Owner', 'set'],
          ['SystemCallerNumber', 'equal', '${Owner}'],
        ],
      },
      { x: 'trap', else: 'agents' },
    ),
  },
  'what two entries make together': {
    first: collect('Area', 3, { next: 'branch', timeout: 'agents', errors: 'agents' }),
    branch: collect('Branch', 2, { next: 'key', timeout: 'agents', errors: 'agents' }),
    key: { type: 'set', values: [{ variable: 'Key', value: '${Area}-${Branch}' }], exits: { next: 'which' } },
    which: condition({ x: [['Key', 'equal', '212-07']] }, { x: 'trap', else: 'agents' }),
  },
  'a part of the caller’s number': {
    first: condition({ x: [['SystemCallerNumber', 'contains', '888']] }, { x: 'trap', else: 'agents' }),
  },
  'the number that was called': {
    first: condition(
      { x: [['SystemCalleeNumber', 'equal', '+442071838750']] },
      { x: 'trap', else: 'agents' },
    ),
  },
  'the only key that leads nowhere': {
    first: menu(
      {
        ...Object.fromEntries(
          ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*'].map((key) => [key, 'agents']),
        ),
        ...{ timeout: 'agents', errors: 'trap' },
      },
      spoken,
    ),
  },
};

function failures(flow: Flow) {
  const proof = prove(flow);
  for (const { script } of proof.failures) {
    const { problems, calls } = playScript(flow, script);
    expect([problems, calls.map(passed)]).toEqual([[], [true]]);
  }
  return proof.failures.map(({ rule, node }) => [rule, node]);
}

describe('a trap is found behind', () => {
  test.each(Object.entries(trapped))('%s', (_, nodes) => {
    expect(failures(flowOf({ ...nodes, trap, agents }))).toEqual([['kept-for-ever', 'trap']]);
  });
});

test('a row of nodes that is too long is found across a number that does not answer', () => {
  const dial = { type: 'dial', number: '+15550199', ringSeconds: 20, prompt: { text: 'One moment.' } };
  const flow = flowOf({ first: { ...dial, exits: { next: 'bye', failed: 'first' } } });
  expect(failures(flow)).toContainEqual(['fault-path', 'first']);
});

describe('what was not looked at is said, and nothing is claimed', () => {
  const many = Array.from({ length: 30 }, (_, at) => [
    `h${at}`,
    { type: 'hours', schedule: `s${at}`, exits: { open: `h${at + 1}`, closed: `h${at + 1}` } },
  ]);

  test.each([
    [
      'another flow',
      { first: { type: 'flow', flow: 'elsewhere', exits: { next: 'bye', failed: 'agents' } }, agents },
      'flow elsewhere was not found',
    ],
    [
      'too many combinations',
      { ...Object.fromEntries(many), first: play('Welcome.', 'h0'), h30: agents },
      'combinations of answers',
    ],
    [
      'too many answers',
      {
        first: request({ next: 'which', failed: 'agents' }, 'A', 'B', 'C', 'D', 'E', 'F'),
        which: condition(
          { x: ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => [name, 'equal', 'x'] as const) },
          { x: 'agents', else: 'agents' },
        ),
        agents,
      },
      'crm can give more than 2000 different answers',
    ],
  ])('%s', (_, nodes, said) => {
    const proof = prove(flowOf(nodes as Record<string, FlowNode>));
    expect(proof.leftOut).toContain(said);
    expect(isProven(proof)).toBe(false);
    expect([proof.unreached, proof.persons, proof.loops]).toEqual([[], [], []]);
    expect(proofLines(proof)).toEqual([expect.stringContaining(`not proven: ${proof.leftOut}`)]);
  });
});

test('a trap is found beside a flow that was not found, but not behind it', () => {
  const enters: FlowNode = { type: 'flow', flow: 'elsewhere', exits: { next: 'bye', failed: 'agents' } };
  const back = menu({ 1: 'enters', timeout: 'back', errors: 'back' }, spoken);
  const proof = prove(flowOf({ first: menu({ 1: 'trap', 2: 'back' }, spoken), trap, back, enters, agents }));
  expect(proof.leftOut).toContain('flow elsewhere was not found');
  expect(proof.failures.map(({ rule, node }) => [rule, node])).toEqual([['kept-for-ever', 'trap']]);
  expect(proofLines(proof)).toHaveLength(3);
});

test('a waiver of a node covers that of its own flow', () => {
  const rate = menu({ 1: 'rate', timeout: 'rate', errors: 'rate' }, spoken);
  const entered: Flow = { ...flowOf({ first: play('Welcome.', 'rate'), rate }), id: 'entered' };
  const enters: FlowNode = { type: 'flow', flow: 'entered', exits: { next: 'bye', failed: 'agents' } };
  const flow = flowOf(
    { first: enters, agents },
    { waive: [{ rule: 'kept-for-ever', node: 'rate', because: 'Its own.' }] },
  );
  const { failures: found } = prove(flow, { find: (id) => (id === 'entered' ? entered : undefined) });
  expect(found.map(({ rule, flow: of, waived }) => [rule, of, waived])).toEqual([
    ['kept-for-ever', 'entered', undefined],
  ]);
});

test('a person behind an outage is near only if there is no other', () => {
  const info = menu({ 1: 'agents' }, spoken);
  const { persons } = prove(flowOf({ first: request({ next: 'info', failed: 'agents' }), info, agents }));
  expect(persons[0]?.person?.fromStart.keys).toBe(1);
});
