import type { Answer, Ask } from '../flow/asks.ts';
import { lookAtAll, type Sight, standingOf } from '../queue/look.ts';
import type { Queue } from '../queue/queue.ts';
import type { Deadline } from './deadline.ts';

/** Answers what nodes ask. */
export type Answerer = (ask: Ask) => Promise<Answer>;

/**
 * Answers the asks of one step. The queues are read once, however many skill groups are asked about, so the answers fit each
 * other.
 */
export function createAnswerer(queue: Queue, deadline: Deadline): Answerer {
  let looking: Promise<Sight> | undefined;
  return async ({ ask, skillGroup }) => {
    looking ??= lookAtAll(queue, deadline.signal);
    return standingOf(await looking, skillGroup)[ask];
  };
}
