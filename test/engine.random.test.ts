import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heardAt } from '../lib/engine/heard.ts';
import type { CallState, Step } from '../lib/engine/result.ts';
import { step } from '../lib/engine/step.ts';
import type { Answer, Ask } from '../lib/flow/asks.ts';
import { begin, writeCursor } from '../lib/flow/cursor.ts';
import type { Event } from '../lib/flow/events.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { noMemory } from '../lib/flow/memory.ts';
import { isSound, type Verb } from '../lib/flow/verbs.ts';
import { events, flows } from './kit/randomflows.ts';
import { throughUrl } from './kit/transcript.ts';

/** What of verbs is heard, in order. */
function soundsOf(verbs: readonly Verb[]): Verb[] {
  return verbs.flatMap((verb) => (verb.verb === 'gather' ? verb.sounds : isSound(verb) ? [verb] : []));
}

function answerTo(ask: Ask, online: boolean): Answer {
  if (ask.ask === 'schedule') return { ask, answer: { state: online ? 'open' : 'closed' } };
  if (ask.ask === 'request') return { ask, answer: online ? { status: 200, values: {} } : { failed: true } };
  if (ask.ask === 'flow') return { ask, answer: { missing: true } };
  if (ask.ask === 'send') return { ask, answer: { sent: online } };
  if (ask.ask === 'dial') return { ask, answer: { allowed: online } };
  if (ask.ask === 'keep') return { ask, answer: { kept: online } };
  return { ask, answer: { online, waiting: 3 } };
}

/** Takes a step, and takes it once more from copies of everything. */
function takeTwice(flow: Flow, { cursor, memory }: CallState, event: Event, online: boolean): Step {
  const answers: Answer[] = [];
  let taken = step(flow, cursor, memory, event, answers);
  while (taken.ask !== undefined) {
    expect(answers.length).toBeLessThan(100);
    answers.push(answerTo(taken.ask, online));
    taken = step(flow, cursor, memory, event, answers);
  }
  const copy = structuredClone({ flow, cursor, memory, event, answers });
  expect(step(copy.flow, copy.cursor, copy.memory, copy.event, copy.answers)).toEqual(taken);
  return taken;
}

test('whatever the flow and whatever happens: never throws, waits or ends, gives the same answer twice', () => {
  fc.assert(
    fc.property(flows, fc.array(events, { maxLength: 12 }), fc.boolean(), (flow, happened, online) => {
      let state: CallState | undefined = { cursor: begin('random', 1, 'en-US'), memory: noMemory };
      for (const event of happened) {
        if (state === undefined) break;
        const { verbs, journal, wait } = takeTwice(flow, state, event, online);
        // What the journal names is what was heard: the record tells it from the flow alone.
        const told = journal.map((entry) => heardAt(flow, entry, event.call));
        expect(told).not.toContain(undefined);
        expect(told.flat()).toEqual(soundsOf(verbs));
        const last = verbs.at(-1)?.verb;
        // An announcement is heard and nothing else.
        const announced = event.event === 'connected' || event.event === 'queued';
        const spoken = announced ? ['say', 'play', undefined] : [];
        if (wait === undefined) expect(last).toBe('hangup');
        else expect(['gather', 'continue', 'enqueue', ...spoken]).toContain(last);
        if (wait !== undefined) {
          expect(wait.cursor.step).toBe(state.cursor.step + 1);
          expect(writeCursor(wait.cursor)).toMatch(/^[A-Za-z0-9\-._~=&]+$/);
          const through = throughUrl(wait);
          expect(through && writeCursor(through.cursor)).toBe(writeCursor(wait.cursor));
          expect(through?.memory).toEqual(wait.memory);
        }
        expect(journal.filter((entry) => entry.end !== undefined)).toHaveLength(wait ? 0 : 1);
        state = wait;
      }
    }),
    { numRuns: 500 },
  );
});
