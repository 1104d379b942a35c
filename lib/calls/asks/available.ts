import type { Answerer } from './answerer.ts';

/** Whether a skill group can take one more caller, and how many wait for it if it cannot. */
export const answerAvailable: Answerer<'available'> = {
  answer: ({ skillGroup }, { standing }) => standing(skillGroup),
};
