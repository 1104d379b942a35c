import { describe, expect, test } from 'vitest';
import { step } from '../lib/engine/step.ts';
import type { Answer } from '../lib/flow/asks.ts';
import type { Event } from '../lib/flow/events.ts';
import { goodbye } from '../lib/flow/goodbye.ts';
import { arrived, begun, heard, pressed, silent, takeAll } from './kit/steps.ts';
import { flowOf, menuOf } from './kit/testflows.ts';
import { writeVerb } from './kit/transcript.ts';

describe('20 waits in a row that bring nothing', () => {
  const prompts = { timeoutPrompt: { text: 'Silence.' }, errorPrompt: { text: 'Wrong.' } };
  // Two menus that lead to each other for ever.
  const flow = flowOf({
    first: { ...menuOf('One.', prompts), exits: { 1: 'first', timeout: 'second', errors: 'second' } },
    second: {
      ...menuOf('Two.', { ...prompts, maxErrors: 1 }),
      exits: { 1: 'first', timeout: 'first', errors: 'first' },
    },
  });
  const times = (count: number, event: Event) => Array<Event>(count).fill(event);

  test.each([
    ['silence', silent, 'Silence.', 'timeout'],
    ['a wrong key', pressed('9'), 'Wrong.', 'errors'],
  ] as const)(
    'end the call over all nodes, with the last prompt and a goodbye: %s',
    (_, event, text, end) => {
      const steps = takeAll(step, flow, [arrived, ...times(20, event)]);
      expect(steps.at(-2)?.wait?.cursor.missed).toBe(19);
      const last = steps.at(-1);
      expect(heard(last)).toEqual([`< say ${text}`, writeVerb(goodbye('en-US')), '< hangup']);
      expect(last?.journal).toHaveLength(1);
      expect(last?.journal[0]).toMatchObject({
        end,
        heard: [end === 'errors' ? 'errorPrompt' : 'timeoutPrompt'],
        goodbye: 'en-US',
      });
    },
  );

  test('a valid key starts the count again', () => {
    const steps = takeAll(step, flow, [arrived, ...times(19, silent), pressed('1'), ...times(19, silent)]);
    expect(steps.at(-1)?.wait?.cursor.missed).toBe(19);
  });

  test('so does being put into a queue', () => {
    const queue = flowOf({
      first: { ...menuOf('One.', prompts), exits: { 1: 'first', timeout: 'agents' } },
      agents: { type: 'transfer', skillGroup: 'sales', exits: { next: 'first' } },
    });
    const { cursor, memory } = begun(queue);
    const near = { ...cursor, node: 'first', waiting: 'keys', missed: 12, step: 3 } as const;
    const online: Answer = {
      ask: { ask: 'available', skillGroup: 'sales' },
      answer: { online: true, waiting: 0 },
    };
    expect(step(queue, near, memory, silent, [online]).wait?.cursor).toMatchObject({
      waiting: 'queue',
      missed: 0,
    });
    const nobody: Answer = { ...online, answer: { online: false, waiting: 0 } };
    expect(step(queue, near, memory, silent, [nobody]).wait?.cursor).toMatchObject({
      waiting: 'keys',
      missed: 13,
    });
  });
});
