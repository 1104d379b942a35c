import type { Entry } from '../engine/result.ts';
import type { Event } from '../flow/events.ts';
import type { EndReason } from '../nodes/node.ts';

/** Why a call ended, as its record says it. */
export type CallEnd = EndReason | 'hung-up-menu' | 'nobody-online' | 'waited-too-long';

/**
 * Whether a caller was served, as the record of a call tells it: a call that only ran out after it could not be put through
 * was lost, unless an agent answered or the caller pressed a key since.
 */
export class Served {
  private lost: string | undefined;

  /** Adds what a step has journaled. */
  add(journal: readonly Pick<Entry, 'key' | 'lost' | 'kept'>[], event: Pick<Event, 'event'>): void {
    if (event.event === 'connected') this.lost = undefined;
    for (const { key, lost, kept } of journal) {
      if ((key ?? lost ?? kept) !== undefined) this.lost = kept === true ? 'voicemail' : lost;
    }
  }

  /** The reason that the record tells of a call which ended by this one. */
  reason(end: string): CallEnd {
    return (end === 'finished' ? (this.lost ?? end) : end) as CallEnd;
  }
}
