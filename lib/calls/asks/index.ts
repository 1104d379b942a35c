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
 * Answers an ask of a step. If its answerer has `onFailure`, it never rejects: `onFault` gets the error. Any other one rejects with the
 * error of its work.
 */
export async function answerTo(
  question: Ask,
  asking: Asking,
  onFault: (error: unknown) => void,
): Promise<Answer> {
  // The question's type selects the answerer; the compiler cannot follow that.
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

/** Runs work within this many milliseconds and within the webhook's deadline. */
function within<T>(
  limitMs: number | undefined,
  asking: Asking,
  work: (asking: Asking) => Promise<T>,
): Promise<T> {
  if (limitMs === undefined) return work(asking);
  const deadline = asking.deadline.part(limitMs, reserveMs);
  return deadline.watch(() => work({ ...asking, deadline }));
}

/** The time kept for the step to go on after an ask has failed. */
const reserveMs = 200;
