import type { Item } from './item.ts';

/**
 * How far an agent's leg has come: it rings; the agent was asked to press 1; the agent refused to; they were sent to the
 * queue and talk; the talk is over; nobody was there. Only the end of the leg frees the agent.
 */
export type Phase = 'ringing' | 'asked' | 'refused' | 'talking' | 'over' | 'nobody';

const phases: readonly Phase[] = ['ringing', 'asked', 'refused', 'talking', 'over', 'nobody'];

/** What holds an agent: one leg of theirs, from the decision to ring until its end. Past `endsAt` it holds nobody. */
export interface Lease {
  /** Rides in every URL of the leg: what comes for another lease changes nothing. */
  readonly id: string;
  readonly phase: Phase;
  readonly endsAt: string;
  /** The place in the queue that the agent is rung for: its sort key. */
  readonly place: string;
  /** The skill group of that place. */
  readonly group: string;
  /** The carrier's id of the leg; not known while the carrier has not told it. */
  readonly leg?: string;
  /** Whether the ring was given up while its leg could not be cancelled for certain: its end is no miss. */
  readonly dropped?: true;
  /** Since when the agent talks, and when the carrier was last asked whether they still do. */
  readonly talkAt?: string;
  readonly checkedAt?: string;
}

/** The lease of an agent's item; undefined where there is none. */
export function leaseOf(item: Item): Lease | undefined {
  const id = item.lease?.S;
  const phase = phases.find((each) => each === item.phase?.S);
  const endsAt = item.endsAt?.S;
  if (id === undefined || phase === undefined || endsAt === undefined) return undefined;
  const leg = item.leg?.S;
  const talkAt = item.talkAt?.S;
  const checkedAt = item.checkedAt?.S;
  return {
    ...{ id, phase, endsAt, place: item.place?.S ?? '', group: item.group?.S ?? '' },
    ...(leg === undefined ? {} : { leg }),
    ...(item.dropped?.BOOL === true ? { dropped: true } : {}),
    ...(talkAt === undefined ? {} : { talkAt }),
    ...(checkedAt === undefined ? {} : { checkedAt }),
  };
}
