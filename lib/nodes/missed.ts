import type { Counters } from '../flow/cursor.ts';
import type { Sound } from '../flow/verbs.ts';
import { endCall, go, type Missed, type Outcome, type Turn } from './node.ts';

/** How many errors and time-outs a node allows. */
export interface Patience {
  readonly maxErrors: number;
  readonly maxTimeouts: number;
}

/** An error or time-out at a node that waits for keys: the new counters and, if it was the last one allowed, the outcome. */
export interface CountedMiss {
  readonly counters: Counters;
  readonly missed: Missed;
  readonly last?: Outcome;
}

/** Why a wait for keys brought nothing. */
export type MissReason = Missed['reason'];

/**
 * Counts an error or a time-out. At the last one allowed, the node plays `said`, the error or time-out prompt, and takes
 * the exit `errors` or `timeout`; if that is not connected, the call ends.
 */
export function countMiss(
  turn: Pick<Turn, 'counter' | 'connected'>,
  { maxErrors, maxTimeouts }: Patience,
  reason: MissReason,
  said: readonly Sound[],
): CountedMiss {
  const errors = turn.counter('errors') + (reason === 'errors' ? 1 : 0);
  const timeouts = turn.counter('timeouts') + (reason === 'timeout' ? 1 : 0);
  const missed: Missed = { reason, said };
  const counted = { counters: { errors, timeouts }, missed };
  const isLast = reason === 'errors' ? errors >= maxErrors : timeouts >= maxTimeouts;
  if (!isLast) return counted;
  const last = turn.connected(reason) ? go(reason, { verbs: said, missed }) : endCall(said, reason);
  return { ...counted, last };
}
