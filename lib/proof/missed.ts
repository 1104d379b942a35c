import type { Cursor } from '../flow/cursor.ts';

/** What a way does to the count of waits in a row that brought nothing; `kept` leaves it as it is. */
export type MissedCount = 'counted' | 'kept' | 'reset';

/** What a step does to the count, from the call's positions before and after it; `kept` if the call ends. */
export function missedCount(before?: Pick<Cursor, 'missed'>, after?: Pick<Cursor, 'missed'>): MissedCount {
  if (before === undefined || after === undefined || after.missed === before.missed) return 'kept';
  return after.missed > before.missed ? 'counted' : 'reset';
}
