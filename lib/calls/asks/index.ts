import type { Answer, Ask, AskName } from '../../flow/asks.ts';
import type { Answerer, Asking } from './answerer.ts';
import { answerAvailable } from './available.ts';
import { answerDial } from './dial.ts';
import { answerFlow } from './flow.ts';
import { answerKeep } from './keep.ts';
import { answerRequest } from './request.ts';
import { answerSchedule } from './schedule.ts';
import { answerSend } from './send.ts';

/** How each ask is answered: one file each. */
const answerers: { readonly [Name in AskName]: Answerer<Name> } = {
  available: answerAvailable,
  dial: answerDial,
  flow: answerFlow,
  keep: answerKeep,
  request: answerRequest,
  schedule: answerSchedule,
  send: answerSend,
};

/**
 * Answers a question of a step. One that has an answer for when it fails never rejects: `onFault` learns why. Another one rejects
 * as its work does.
 */
export async function answerTo(
  question: Ask,
  asking: Asking,
  onFault: (error: unknown) => void,
): Promise<Answer> {
  // Which of the answerers it is, the type of the question says; the compiler does not follow that.
  const { limitMs, onFailure, answer } = answerers[question.ask] as Answerer<AskName>;
  try {
    return {
      ask: question,
      answer: await within(limitMs, asking, (each) => answer(question, each)),
    } as Answer;
  } catch (error) {
    if (onFailure === undefined) throw error;
    onFault(error);
    return { ask: question, answer: onFailure } as Answer;
  }
}

/** Works within this many milliseconds, and the time of the webhook in any case. */
function within<T>(
  limitMs: number | undefined,
  asking: Asking,
  work: (asking: Asking) => Promise<T>,
): Promise<T> {
  if (limitMs === undefined) return work(asking);
  const deadline = asking.deadline.part(limitMs, reserveMs);
  return deadline.watch(() => work({ ...asking, deadline }));
}

/** What is kept of the webhook's time, so that a step can go on with an answer that says it failed. */
const reserveMs = 200;
