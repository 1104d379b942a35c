import type { Entry } from '../engine/result.ts';
import type { Event } from '../flow/events.ts';
import type { EndReason } from '../nodes/node.ts';

/** Why a call ended, as in its record. */
export type CallEnd = EndReason | 'hung-up-menu' | 'nobody-online' | 'waited-too-long';

/**
 * Finds the end reason of a call as its record does: a call that finished after it could not be put through counts as lost, unless
 * an agent answered or the caller pressed a key since.
 */
export class Served {
  private lost: string | undefined;

  /** Adds the journal entries of a step. */
  add(journal: readonly Pick<Entry, 'key' | 'lost' | 'kept'>[], event: Pick<Event, 'event'>): void {
    if (event.event === 'connected') this.lost = undefined;
    for (const { key, lost, kept } of journal) {
      if ((key ?? lost ?? kept) !== undefined) this.lost = kept === true ? 'voicemail' : lost;
    }
  }

  /** The end reason in the record for a call whose last step ended with `end`. */
  reason(end: string): CallEnd {
    return (end === 'finished' ? (this.lost ?? end) : end) as CallEnd;
  }
}
