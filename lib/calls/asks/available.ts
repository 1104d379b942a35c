import { standingOf } from '../../queue/snapshot.ts';
import type { Answerer } from './answerer.ts';

/** Whether a skill group can take one more caller, and how many wait for it. */
export const answerAvailable: Answerer<'available'> = {
  answer: async ({ skillGroup }, { queues }) => standingOf(await queues(), skillGroup),
};
