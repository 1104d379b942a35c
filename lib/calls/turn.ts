import { type Step, step } from '../engine/step.ts';
import { InternalError } from '../errors.ts';
import { type Answer, askKey } from '../flow/asks.ts';
import type { Cursor } from '../flow/cursor.ts';
import type { Event } from '../flow/events.ts';
import type { Flow } from '../flow/flow.ts';
import { withSounds } from '../flow/sounds.ts';
import type { Published } from '../store/versions.ts';
import { createAnswerer } from './answer.ts';
import { type Post, report, type Voice } from './voice.ts';

/** More asks than this are a node that does not listen to the answer. */
const mostAsks = 100;

/**
 * Takes a step of a live call: steps, gets the facts that the engine asks for, and steps again, until it waits or ends. What a
 * node threw is reported. The verbs play what was frozen with the version.
 */
export async function takeStep(
  voice: Voice,
  post: Post,
  { flow, sounds }: Published,
  cursor: Cursor,
  event: Event,
): Promise<Step> {
  const answer = createAnswerer(voice.queue, post.deadline);
  const answers = new Map<string, Answer>();
  for (let asked = 0; asked <= mostAsks; asked += 1) {
    const taken = step(flow, cursor, event, answers);
    if (taken.ask === undefined) {
      if (taken.thrown !== undefined) report(voice, post, threw(flow, cursor, taken));
      return { ...taken, verbs: withSounds(taken.verbs, sounds) };
    }
    answers.set(askKey(taken.ask), await answer(taken.ask));
  }
  throw new InternalError(
    'endless-asks',
    `A node of ${flow.id}, version ${cursor.version}, asks without end.`,
  );
}

function threw(flow: Flow, { version }: Cursor, { journal, thrown }: Step): InternalError {
  const node = journal.at(-1)?.node ?? '';
  return new InternalError('node-threw', `Node "${node}" of ${flow.id}, version ${version}, threw.`, {
    cause: thrown,
  });
}
