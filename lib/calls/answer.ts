import type { Answer, Ask } from '../flow/asks.ts';
import { type Standing, standing } from '../queue/look.ts';
import type { Queue } from '../queue/queue.ts';
import type { Deadline } from './deadline.ts';

/** Answers what nodes ask. */
export type Answerer = (ask: Ask) => Promise<Answer>;

/** Answers the asks of one step: each skill group is looked at once, so the answers fit each other. */
export function createAnswerer(queue: Queue, deadline: Deadline): Answerer {
  const seen = new Map<string, Promise<Standing>>();
  return async ({ ask, skillGroup }) => {
    const looking = seen.get(skillGroup) ?? standing(queue, skillGroup, deadline.signal);
    seen.set(skillGroup, looking);
    return (await looking)[ask];
  };
}
