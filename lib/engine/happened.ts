import { defined } from '../flow/defined.ts';
import { type Event, isKey } from '../flow/events.ts';
import type { DefinedType, Going } from '../nodes/node.ts';
import type { Entry } from './result.ts';

/** Whether an event leaves nothing to be said: the caller comes from a talk, or has gone. */
export function needsNoGoodbye(event: Event): boolean {
  if (event.event === 'dialled') return event.gone || event.how === 'talked';
  return event.event === 'leftQueue' && (event.gone || event.by === 'talked');
}

/** Whether an event begins the count anew of the waits in a row that brought nothing: keys and talks do, silence and a dial without a talk do not. */
export function countsAnew(event: Event): boolean {
  return event.event === 'dialled' ? event.how === 'talked' : event.event !== 'silent';
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
export function leftBy(exit: string, { lost, assumed }: Going, unset: readonly string[]): Partial<Entry> {
  if (lost === undefined && assumed === undefined && unset.length === 0) return { exit };
  return { exit, ...defined({ lost, assumed, unset: unset.length === 0 ? undefined : unset }) };
}
