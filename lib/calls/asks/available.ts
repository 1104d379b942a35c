import type { Answerer } from './answerer.ts';

/** Whether a skill group can take another caller, and how many wait if not. */
export const answerAvailable: Answerer<'available'> = {
  answer: ({ skillGroup }, { standing }) => standing(skillGroup),
};
