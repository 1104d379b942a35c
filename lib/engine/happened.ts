import { defined } from '../flow/defined.ts';
import { type Event, isKey } from '../flow/events.ts';
import { shortestMessageSeconds } from '../flow/voicemail.ts';
import type { DefinedType, Going } from '../nodes/node.ts';
import type { Entry } from './result.ts';

/** Whether a call may end silently after an event: the caller has talked with someone, or has hung up. */
export function needsNoGoodbye(event: Event): boolean {
  if (event.event === 'dialled') return event.gone || event.how === 'talked';
  if (event.event === 'recorded') return event.gone;
  return event.event === 'leftQueue' && (event.gone || event.by === 'talked');
}

/**
 * Whether an event resets the count of missed waits in a row: keys, talks and messages do; silence, a dial without a talk and
 * an empty recording do not.
 */
export function resetsMissed(event: Event): boolean {
  if (event.event === 'dialled') return event.how === 'talked';
  if (event.event === 'recorded') return event.seconds >= shortestMessageSeconds;
  return event.event !== 'silent';
}

/** The part of a journal entry that an event gives. */
export type EventEntry = Pick<Entry, 'key' | 'digits' | 'silent'>;

/** The journal entry's part for an event at a node of this type. */
export function entryOfEvent(event: Event, { typesDigits = false }: DefinedType): EventEntry {
  if (event.event === 'pressed') {
    if (typesDigits) return { digits: event.keys.length };
    return { key: isKey(event.keys) ? event.keys : '?' };
  }
  return event.event === 'silent' ? { silent: true } : {};
}

/** The journal entry's part for an exit that was taken. */
export function leftBy(
  exit: string,
  { lost, kept, assumed }: Going,
  unset: readonly string[],
): Partial<Entry> {
  if ((lost ?? kept ?? assumed) === undefined && unset.length === 0) return { exit };
  return { exit, ...defined({ lost, kept, assumed, unset: unset.length === 0 ? undefined : unset }) };
}
