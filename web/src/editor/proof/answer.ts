import { check } from '../../../../lib/engine/check.ts';
import type { Problem } from '../../../../lib/flow/problem.ts';
import { judge } from '../../../../lib/proof/lint.ts';
import type { Analysis, Posted, Question } from './question.ts';

/** Answers a question as it was posted. */
export function answerPosted(question: Posted): readonly Problem[] | Analysis {
  return answer({ ...question, flow: JSON.parse(question.flow) } as Question);
}

/** Answers a question; a big flow may take a second or two. */
export function answer(question: Question): readonly Problem[] | Analysis {
  if (question.ask === 'check') return check(question.flow, question.facts);
  const { flow, flows, seconds, schedules, now } = question;
  return judge(flow, { find: (id) => flows.get(id), audio: (id) => seconds.get(id), schedules, now });
}
