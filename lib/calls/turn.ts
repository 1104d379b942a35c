import { type Step, step } from '../engine/step.ts';
import { type Answer, type Answers, askKey } from '../flow/asks.ts';
import type { Cursor } from '../flow/cursor.ts';
import type { Event } from '../flow/events.ts';
import type { Flow } from '../flow/flow.ts';
import { createAnswerer } from './answer.ts';
import type { Deadline } from './deadline.ts';
import type { Voice } from './voice.ts';

/** A step that was taken, and the answers it was given on the way. */
export interface Turn {
  readonly step: Step;
  readonly answers: Answers;
}

/** More asks than this are a node that does not listen to the answer. */
const mostAsks = 100;

/** Takes a step of a live call: steps, gets the facts that the engine asks for, and steps again, until it waits or ends. */
export async function takeStep(
  { queue }: Voice,
  flow: Flow,
  cursor: Cursor,
  event: Event,
  deadline: Deadline,
): Promise<Turn> {
  const answer = createAnswerer(queue, deadline);
  const answers = new Map<string, Answer>();
  for (let asked = 0; asked <= mostAsks; asked += 1) {
    const taken = step(flow, cursor, event, answers);
    if (taken.ask === undefined) return { step: taken, answers };
    answers.set(askKey(taken.ask), await answer(taken.ask));
  }
  throw new Error(`a node of flow ${flow.id} asks without end`);
}
