import { describe, expect, test } from 'vitest';
import { goodbye } from '../lib/flow/goodbye.ts';
import { loadEngine } from './kit/nodetypes.ts';
import { arrived, continued, heard, pressed, takeAll } from './kit/steps.ts';
import { flowOf, play } from './kit/testflows.ts';

const { check, step } = await loadEngine();

describe('a node that says something first, then asks', () => {
  const flow = flowOf({
    first: { type: 'slow', prompt: { text: 'One moment.' }, exits: { next: 'last' } },
    last: play('Done.', 'bye'),
  });
  const ask = (skillGroup: string) => ({ ask: 'available', skillGroup }) as const;
  const online = { online: true, waiting: 0 };

  test('is heard in a document of its own, and entered again with what it kept', () => {
    const [first] = takeAll(step, flow, [arrived]);
    expect(heard(first)).toEqual(['< say One moment.', '< continue']);
    expect(first?.wait?.memory.state).toBe('said');
    expect(first?.wait?.cursor).not.toHaveProperty('waiting');
    expect(first?.journal.at(-1)).toMatchObject({ node: 'first', heard: ['prompt'] });
  });

  test('gets its answers by their order', () => {
    const both = ['one', 'two'].map((group) => ({ ask: ask(group), answer: online }));
    const asked = [0, 1, 2].map(
      (count) => takeAll(step, flow, [arrived, continued], [[], both.slice(0, count)])[1],
    );
    expect(asked.map((each) => each?.ask)).toEqual([ask('one'), ask('two'), undefined]);
    expect(heard(asked[2])).toEqual(['< say Done.', '< say Bye.', '< hangup']);
  });

  test('is no wait: nodes are counted on', () => {
    const round = flowOf({ first: { type: 'slow', exits: { next: 'first' } } });
    const answers = ['one', 'two'].map((group) => ({ ask: ask(group), answer: online }));
    let last = takeAll(step, round, [arrived])[0];
    let steps = 0;
    while (last?.wait !== undefined && steps < 1000) {
      last = step(round, last.wait.cursor, last.wait.memory, continued, answers);
      steps += 1;
    }
    expect(last?.journal.at(-1)).toMatchObject({ end: 'limit', fault: 'too-many-nodes' });
    // The start, then two turns a step but for the first.
    expect(steps).toBe(50);
  });

  test('counts as having said something only if it did', () => {
    const over = { ask: ask('one'), answer: { online: false, waiting: 0 } };
    const [, ended] = takeAll(step, flow, [arrived, continued], [[], [over]]);
    expect(heard(ended)).toEqual(['< hangup']);
    const mute = flowOf({ first: { type: 'slow', exits: { next: 'bye' } } });
    const [, silentEnd] = takeAll(step, mute, [arrived, continued], [[], [over]]);
    expect(silentEnd?.verbs[0]).toEqual(goodbye('en-US'));
  });
});

describe('what a node keeps', () => {
  const flow = flowOf({
    first: { type: 'typing', prompt: { text: 'Type.' }, exits: { next: 'told' } },
    told: play('You typed ${Typed}.', 'second'),
    second: { type: 'typing', prompt: { text: 'Again, ${Typed}.' }, exits: { next: 'bye' } },
  });

  test('comes back to it with its counts, is gone when it is left, and a value stays', () => {
    const [, one, two, three] = takeAll(step, flow, [arrived, pressed('8'), pressed('7'), pressed('6')]);
    expect(one?.wait).toMatchObject({ memory: { state: '8' }, cursor: { counters: { typed: 1 } } });
    expect(heard(two)).toEqual(['< gather 5s You typed 8 7. Again, 8 7.']);
    expect(two?.wait?.memory).toEqual({ variables: { Typed: { text: '87', spokenAs: 'digits' } } });
    expect(two?.wait?.cursor.counters).toEqual({});
    expect(three?.wait).toMatchObject({ memory: { state: '6' }, cursor: { counters: { typed: 1 } } });
  });

  test('of a value that does not fit, the name is left unset, and the journal says so', () => {
    const lines = (count: number) => {
      const [taken] = takeAll(
        step,
        flowOf({ first: { type: 'long', count, exits: { next: 'told' } }, told: play('<${Long}>', 'bye') }),
        [arrived],
      );
      return { said: heard(taken)[0], unset: taken?.journal[1]?.unset };
    };
    expect(lines(256)).toEqual({ said: `< say <${'x'.repeat(256)}>`, unset: undefined });
    expect(lines(257).unset).toEqual(['Long']);
    expect(lines(257).said).toBe('< say Bye.');
  });
});

describe('exits that follow from the settings', () => {
  const flow = (exits: Record<string, unknown>) =>
    flowOf({
      first: { type: 'choose', names: ['constructor', 'toString'], exits: exits as Record<string, string> },
    });
  const problems = (exits: Record<string, unknown>) =>
    check(flow(exits)).map(({ rule, field, message }) => [rule, field, message]);

  test('are checked by them', () => {
    expect(problems({ constructor: 'bye', toString: 'bye' })).toEqual([]);
    expect(problems({ constructor: 'bye' })).toEqual([
      ['unconnected-exit', 'exits.toString', 'The exit `toString` leads nowhere: connect it to a node.'],
    ]);
    expect(problems({ constructor: 'bye', toString: 'bye', more: 'bye' })).toEqual([
      [
        'unknown-exit',
        'exits.more',
        '`more` is not an exit of `choose` nodes: their exits are constructor toString.',
      ],
    ]);
    expect(problems({ constructor: 7, toString: 'bye' })).toEqual([
      ['shape', 'exits.constructor', '`exits.constructor` must be the id of a node.'],
    ]);
    expect(problems({ constructor: 'nowhere', toString: 'bye' })[0]?.[0]).toBe('exit-to-nowhere');
  });

  test('are taken', () => {
    const [taken] = takeAll(step, flow({ constructor: 'bye', toString: 'bye' }), [arrived]);
    expect(taken?.journal[1]).toMatchObject({ node: 'first', exit: 'constructor' });
  });
});
