import { describe, expect, test } from 'vitest';
import { check } from '../lib/engine/check.ts';
import { heardAt } from '../lib/engine/heard.ts';
import { step } from '../lib/engine/step.ts';
import type { FlowNode } from '../lib/flow/flow.ts';
import { arrived, heard, pressed, silent, takeAll } from './kit/steps.ts';
import { flowOf, play } from './kit/testflows.ts';
import { caller } from './kit/transcript.ts';

/** A flow that takes a number of two to four digits and says it. */
function asking(settings: object = {}, exits: Record<string, string> = {}) {
  const first: FlowNode = {
    type: 'collect',
    prompt: { text: 'Type.' },
    variable: 'Account',
    ...{ minDigits: 2, maxDigits: 4, timeoutSeconds: 5, maxErrors: 2, maxTimeouts: 2 },
    timeoutPrompt: { text: 'Nothing came.' },
    errorPrompt: { text: 'No.' },
    ...settings,
    exits: { next: 'told', ...exits },
  };
  return flowOf({ first, told: play('You typed ${Account}.', 'bye') });
}

const gather = '< gather 5s';
const said = (...happened: Parameters<typeof takeAll>[2]) => heard(takeAll(step, asking(), happened).at(-1));

describe('digits', () => {
  test.each(['12', '1234', '0000'])('%s are kept, and spoken one by one', (typed) => {
    const taken = takeAll(step, asking(), [arrived, pressed(typed)]);
    expect(heard(taken[1])).toEqual([`< say You typed ${[...typed].join(' ')}.`, '< say Bye.', '< hangup']);
    expect(taken[1]?.journal[0]).toMatchObject({ node: 'first', digits: typed.length, exit: 'next' });
    expect(JSON.stringify(taken[1]?.journal)).not.toContain(typed);
  });

  test.each(['1', '12345', '99999999999999999999999999999999999', '1*2', '１２', '12a', '#', '-1', '1 2'])(
    '%j is an error',
    (typed) => {
      expect(said(arrived, pressed(typed))).toEqual([`${gather} No. Type.`]);
    },
  );

  test('are gathered up to the finish key, the most digits or the time-out', () => {
    const verbs = (settings: object) => takeAll(step, asking(settings), [arrived])[0]?.verbs[0];
    expect(verbs({})).toMatchObject({ maxDigits: 4, finishKey: '#', timeoutSeconds: 5 });
    expect(verbs({ finishKey: '*' })).toMatchObject({ maxDigits: 4, finishKey: '*' });
    expect(verbs({ finishKey: 'none' })).not.toHaveProperty('finishKey');
  });

  test('an error and a time-out are counted apart, and give up as a branch does', () => {
    expect(said(arrived, pressed('1'), silent)).toEqual([`${gather} Nothing came. Type.`]);
    expect(said(arrived, pressed('1'), silent, pressed('1'))).toEqual(['< say No.', '< hangup']);
    expect(said(arrived, silent, silent)).toEqual(['< say Nothing came.', '< hangup']);
    const led = asking({}, { errors: 'bye', timeout: 'told' });
    expect(heard(takeAll(step, led, [arrived, pressed('1'), pressed('1')]).at(-1))).toEqual([
      ...['< say No.', '< say Bye.', '< hangup'],
    ]);
    const last = takeAll(step, led, [arrived, silent, silent]).at(-1);
    expect(heard(last)).toEqual(['< say Nothing came.', '< say You typed .', '< say Bye.', '< hangup']);
    expect(last?.journal.at(-1)).toMatchObject({ end: 'finished' });
  });

  test('after 20 waits in a row that brought nothing the call ends', () => {
    const patient = asking({ maxErrors: 10, maxTimeouts: 10 }, { errors: 'first', timeout: 'first' });
    const happened = Array.from({ length: 20 }, (_, place) => (place % 2 === 0 ? silent : pressed('1')));
    const taken = takeAll(step, patient, [arrived, ...happened]);
    expect(taken.at(-2)?.wait).toBeDefined();
    expect(taken.at(-1)?.journal.at(-1)).toMatchObject({ end: 'errors', goodbye: 'en-US' });
  });
});

describe('a confirmation', () => {
  const flow = asking({ confirmPrompt: { text: '${Account}? Press 1.' } });
  const confirming = [arrived, pressed('123')] as const;
  const last = (...happened: Parameters<typeof takeAll>[2]) =>
    takeAll(step, flow, [...confirming, ...happened]).at(-1);

  test('repeats the digits, which ride sealed and stand in no line of the journal', () => {
    const taken = last();
    expect(heard(taken)).toEqual([`${gather} 1 2 3? Press 1.`]);
    expect(taken?.wait?.memory).toEqual({ variables: {}, state: '123' });
    expect(taken?.journal).toMatchObject([{ node: 'first', digits: 3, heard: ['confirmPrompt'] }]);
    expect(JSON.stringify(taken?.journal)).not.toMatch(/123|1 2 3/);
    const [entry] = taken?.journal ?? [];
    expect(entry && heardAt(flow, entry, caller)).toMatchObject([{ text: '‹Account›? Press 1.' }]);
  });

  test('by 1 keeps them', () => {
    expect(heard(last(pressed('1')))[0]).toBe('< say You typed 1 2 3.');
  });

  test('by the finish key is asked for again, uncounted', () => {
    expect(heard(last(pressed('#')))).toEqual([`${gather} 1 2 3? Press 1.`]);
    expect(heard(last(pressed('#'), pressed('#'), pressed('#'), pressed('1')))[0]).toBe(
      '< say You typed 1 2 3.',
    );
    const forever = Array.from({ length: 25 }, () => pressed('#'));
    const ended = takeAll(step, flow, [...confirming, ...forever.slice(0, 20)]).at(-1);
    expect(ended?.wait).toBeUndefined();
  });

  test('by any other key is an error, by silence a time-out, and the digits are typed again', () => {
    expect(heard(last(pressed('2')))).toEqual([`${gather} No. Type.`]);
    expect(heard(last(silent))).toEqual([`${gather} Nothing came. Type.`]);
    expect(heard(last(pressed('2'), pressed('45'), pressed('1')))[0]).toBe('< say You typed 4 5.');
    expect(heard(last(pressed('2'), pressed('45'), pressed('3')))).toEqual(['< say No.', '< hangup']);
  });

  test('may name only what is typed there', () => {
    expect(check(flow)).toEqual([]);
  });
});

describe('a secret', () => {
  const secret = (more: Record<string, FlowNode>, settings: object = {}) => {
    const { nodes, ...head } = asking({ secret: true, ...settings }, { next: 'more' });
    return { ...head, nodes: { ...nodes, ...more } };
  };
  const uses: [string, Record<string, FlowNode>, string][] = [
    ['a text', { more: play('${Account}', 'bye') }, 'prompt.text'],
    ['a text, as digits', { more: play('${Account:digits}', 'bye') }, 'prompt.text'],
    [
      'a condition',
      {
        more: {
          type: 'condition',
          cases: [{ exit: 'yes', when: [{ variable: 'Account', is: 'set' }] }],
          exits: { yes: 'bye', else: 'bye' },
        },
      },
      'cases.0.when.0.variable',
    ],
    [
      'a set',
      { more: { type: 'set', values: [{ variable: 'Copy', value: '${Account}' }], exits: { next: 'bye' } } },
      'values.0.value',
    ],
  ];

  test.each(uses)('is an error in %s, and is nothing there', (_, more, field) => {
    const flow = secret(more);
    expect(check(flow)).toContainEqual(
      expect.objectContaining({ rule: 'secret-variable', node: 'more', field, severity: 'error' }),
    );
    const taken = takeAll(step, flow, [arrived, pressed('123')]).at(-1);
    expect(JSON.stringify(taken?.verbs)).not.toMatch(/1 ?2 ?3/);
    expect(taken?.wait?.memory.variables ?? {}).toEqual({});
  });

  test('may not be named by its own confirmation', () => {
    const flow = secret({ more: play('Thanks.', 'bye') }, { confirmPrompt: { text: '${Account}?' } });
    expect(check(flow)).toContainEqual(
      expect.objectContaining({ rule: 'secret-variable', node: 'first', field: 'confirmPrompt.text' }),
    );
    expect(heard(takeAll(step, flow, [arrived, pressed('123')]).at(-1))).toEqual([gather]);
  });

  test('is gone when the caller is next waited for', () => {
    const menu: FlowNode = { type: 'branch', prompt: { text: 'Press 1.' }, exits: { 1: 'bye' } };
    const [, waiting] = takeAll(step, secret({ more: menu }), [arrived, pressed('123')]);
    expect(waiting?.wait?.memory).toEqual({ variables: {} });
    const [, open] = takeAll(step, asking({}, { next: 'more' }), [arrived, pressed('123')]);
    expect(open?.journal[0]?.fault ?? 'none').toBe('none');
  });
});

describe('a secret that a request sends', () => {
  const sent: FlowNode = {
    ...{ type: 'request', connection: 'bank', body: { pin: '${Account}' }, waitPrompt: { text: 'Wait.' } },
    exits: { next: 'bye' },
  };
  /** The secret is collected, goes through the node `then`, and is sent by the node `sent`. */
  const through = (
    then: FlowNode,
    more: Record<string, FlowNode> = {},
    exits: Record<string, string> = {},
  ) => {
    const { nodes, ...head } = asking(
      { secret: true, confirmPrompt: { text: 'Press 1.' } },
      { next: 'then', ...exits },
    );
    return { ...head, nodes: { ...nodes, told: play('Told.', 'bye'), then, sent, ...more } };
  };
  const found = (flow: Parameters<typeof check>[0]) =>
    check(flow).flatMap(({ rule, node, field }) => (rule === 'maybe-unset' ? [`${node} ${field}`] : []));
  const again: FlowNode = {
    ...{ type: 'collect', prompt: { text: 'Type.' }, variable: 'Other', timeoutPrompt: { text: 'Hm.' } },
    ...{ errorPrompt: { text: 'No.' }, exits: { next: 'sent' } },
  };
  const secretly: FlowNode = { ...again, variable: 'Account', secret: true };
  const transfer: FlowNode = { type: 'transfer', skillGroup: 'sales', failPrompt: { text: 'No.' } };

  test.each<[string, FlowNode]>([
    ['a menu', { type: 'branch', prompt: { text: 'Press 1.' }, exits: { 1: 'sent' } }],
    ['further digits', again],
    ['a queue', { ...transfer, exits: { next: 'sent' } }],
    ['a dial', { type: 'dial', number: '+15550123', exits: { next: 'sent' } }],
    ['a recording', { type: 'voicemail', mailbox: 'sales', prompt: { text: 'x' }, exits: { next: 'sent' } }],
  ])('is gone after %s', (_, then) => {
    expect(found(through(then))).toEqual(['sent body.pin']);
    const [problem] = check(through(then)).filter(({ rule }) => rule === 'maybe-unset');
    expect(problem).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('ask for it last'),
    });
  });

  test.each<[string, FlowNode]>([
    ['a text', play('Thanks.', 'sent')],
    ['a set', { type: 'set', values: [{ variable: 'Other', value: 'x' }], exits: { next: 'sent' } }],
    ['a request', { ...sent, exits: { next: 'sent' } }],
    ['a flow', { type: 'flow', flow: 'other', exits: { next: 'sent' } }],
    ['the node that asks for it again', secretly],
  ])('is still there after %s', (_, then) => {
    expect(found(through(then))).toEqual([]);
  });

  test('is no secret where another node has set its name', () => {
    const then: FlowNode = {
      type: 'set',
      values: [{ variable: 'Account', value: '0' }],
      exits: { next: 'menu' },
    };
    const asks: FlowNode = { type: 'branch', prompt: { text: 'Press 1.' }, exits: { 1: 'sent' } };
    expect(found(through(then, { menu: asks }, { timeout: 'then' }))).toEqual([]);
    expect(found(through(then, { menu: asks }, { timeout: 'menu' }))).toEqual(['sent body.pin']);
  });

  test('rides to the request, or is gone, as the check says', () => {
    const asked = (then: FlowNode) => {
      const digits = then.type === 'branch' ? [pressed('1')] : [];
      const taken = takeAll(step, through(then), [arrived, pressed('123'), pressed('1'), ...digits]);
      return taken.at(-1)?.wait?.memory.variables.Account?.text;
    };
    expect(asked(play('Thanks.', 'sent'))).toBe('123');
    expect(asked({ type: 'branch', prompt: { text: 'Press 1.' }, exits: { 1: 'sent' } })).toBeUndefined();
  });
});

describe('the check', () => {
  test('says if the fewest digits are more than the most', () => {
    expect(check(asking({ minDigits: 5 }))).toMatchObject([
      {
        rule: 'bad-range',
        node: 'first',
        field: 'minDigits',
        message: '`minDigits` must not be greater than `maxDigits`.',
      },
    ]);
  });

  test('knows that only the exit `next` sets the variable', () => {
    expect(check(asking({}, { timeout: 'told' }))).toMatchObject([{ rule: 'maybe-unset', node: 'told' }]);
    expect(check(asking({}, { timeout: 'bye' }))).toEqual([]);
  });
});
