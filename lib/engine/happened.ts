import { defined } from '../flow/defined.ts';
import { type Event, isKey } from '../flow/events.ts';
import { shortestMessageSeconds } from '../flow/voicemail.ts';
import type { DefinedType, Going } from '../nodes/node.ts';
import type { Entry } from './result.ts';

/** Whether an event leaves nothing to be said: the caller comes from a talk, or has gone. */
export function needsNoGoodbye(event: Event): boolean {
  if (event.event === 'dialled') return event.gone || event.how === 'talked';
  if (event.event === 'recorded') return event.gone;
  return event.event === 'leftQueue' && (event.gone || event.by === 'talked');
}

/**
 * Whether an event restarts the count of the waits in a row that brought nothing: keys, talks and messages do; silence, a
 * dial without a talk and a recording of nothing do not.
 */
export function countsAnew(event: Event): boolean {
  if (event.event === 'dialled') return event.how === 'talked';
  if (event.event === 'recorded') return event.seconds >= shortestMessageSeconds;
  return event.event !== 'silent';
}

/** What is journaled of an event. */
export type EventEntry = Pick<Entry, 'key' | 'digits' | 'silent'>;

/** What is journaled of an event that a node of a type waited for. */
export function entryOfEvent(event: Event, { typesDigits = false }: DefinedType): EventEntry {
  if (event.event === 'pressed') {
    if (typesDigits) return { digits: event.keys.length };
    return { key: isKey(event.keys) ? event.keys : '?' };
  }
  return event.event === 'silent' ? { silent: true } : {};
}

/** What is journaled of an exit that was taken. */
export function leftBy(
  exit: string,
  { lost, kept, assumed }: Going,
  unset: readonly string[],
): Partial<Entry> {
  if ((lost ?? kept ?? assumed) === undefined && unset.length === 0) return { exit };
  return { exit, ...defined({ lost, kept, assumed, unset: unset.length === 0 ? undefined : unset }) };
}
