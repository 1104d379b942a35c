import type { Answer } from '../flow/asks.ts';
import type { Cursor } from '../flow/cursor.ts';
import type { Event } from '../flow/events.ts';
import type { Flow } from '../flow/flow.ts';
import type { Memory } from '../flow/memory.ts';
import type { Sounds } from '../flow/sounds.ts';
import type { Step } from './result.ts';
import { WrongAnswer } from './turn.ts';
import { Walker } from './walker.ts';

/**
 * Moves a call on by one event: from the cursor's node over further nodes until it waits or ends. Pure: the same arguments give the
 * same result. Never throws: with a broken flow the caller hears the apology, and the call ends. The n-th ask of a step gets the n-th
 * answer. `sounds` are the recordings of the version.
 */
export function step(
  flow: Flow,
  cursor: Cursor,
  memory: Memory,
  event: Event,
  answers: readonly Answer[] = [],
  sounds?: Sounds,
): Step {
  const found = { flow, version: cursor.version, ...(sounds === undefined ? {} : { sounds }) };
  const walker = new Walker(found, cursor, memory, event, answers);
  try {
    return walker.run();
  } catch (thrown) {
    return { ...walker.fault(thrown instanceof WrongAnswer ? 'wrong-answer' : 'threw'), thrown };
  }
}
