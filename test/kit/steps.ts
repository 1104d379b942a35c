import type { CallState, Step } from '../../lib/engine/result.ts';
import type { step as takeStep } from '../../lib/engine/step.ts';
import type { Answer } from '../../lib/flow/asks.ts';
import { begin } from '../../lib/flow/cursor.ts';
import type { Event } from '../../lib/flow/events.ts';
import type { Flow } from '../../lib/flow/flow.ts';
import { noMemory } from '../../lib/flow/memory.ts';
import { caller, throughUrl, writeVerb } from './transcript.ts';

/** The event of a call that has just come in. */
export const arrived: Event = { event: 'arrived', call: caller };

/** The event of a call that goes on after its prompts. */
export const continued: Event = { event: 'continued', call: caller };

/** The event of a caller who pressed nothing in time. */
export const silent: Event = { event: 'silent', call: caller };

/** The event of a caller who pressed keys. */
export function pressed(keys: string): Event {
  return { event: 'pressed', keys, call: caller };
}

/** Where a call stands that has just arrived. */
export function begun({ id, language = 'en-US' }: Flow): CallState {
  return { cursor: begin(id, 1, language), memory: noMemory };
}

/** Takes steps one after the other, the call's state going through its URL between them. */
export function takeAll(
  step: typeof takeStep,
  flow: Flow,
  happened: readonly Event[],
  answers: readonly Answer[][] = [],
): Step[] {
  let state: CallState | undefined = begun(flow);
  return happened.map((event, place) => {
    if (state === undefined) throw new Error('the call is over');
    const taken = step(flow, state.cursor, state.memory, event, answers[place]);
    state = taken.wait === undefined ? undefined : throughUrl(taken.wait);
    return taken;
  });
}

/** What the phone is told to do, as a transcript writes it. */
export function heard(taken: Step | undefined): string[] {
  return taken?.verbs.map(writeVerb) ?? [];
}
