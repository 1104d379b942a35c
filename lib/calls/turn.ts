import type { CallState, Step } from '../engine/result.ts';
import { step } from '../engine/step.ts';
import { InternalError } from '../errors.ts';
import type { Answer } from '../flow/asks.ts';
import type { Event } from '../flow/events.ts';
import { groupStandings } from '../queue/snapshot.ts';
import type { Published } from '../store/flows/versions.ts';
import { answerTo } from './asks/index.ts';
import { type Post, reportError, type VoiceContext } from './voice.ts';

/** More asks than this are a node that does not listen to the answer. */
const mostAsks = 100;

/**
 * Takes a step of a live call: steps, gets the facts that the engine asks for, and steps again, until it waits or ends. A step
 * that asks for nothing is no promise. What a node threw is reported. The verbs play what was frozen with the version.
 */
export function takeCallStep(
  voice: VoiceContext,
  post: Post,
  published: Published,
  state: CallState,
  event: Event,
): Step | Promise<Step> {
  const { flow, sounds } = published;
  const first = step(flow, state.cursor, state.memory, event, noAnswers, sounds);
  if (first.ask === undefined && first.thrown === undefined) return first;
  return askAndStep(voice, post, published, state, event);
}

const noAnswers: readonly Answer[] = [];

async function askAndStep(
  voice: VoiceContext,
  post: Post,
  { flow, sounds }: Published,
  { cursor, memory }: CallState,
  event: Event,
): Promise<Step> {
  const { library, queue, outbound, config } = voice;
  const { retainDays } = config;
  const { deadline } = post;
  let standings: ReturnType<typeof groupStandings> | undefined;
  const standing = (group: string) => {
    standings ??= groupStandings(queue, deadline.signal);
    return standings(group);
  };
  const answers: Answer[] = [];
  while (answers.length <= mostAsks) {
    const taken = step(flow, cursor, memory, event, answers, sounds);
    if (taken.thrown !== undefined) reportError(voice, post, threw(taken));
    if (taken.ask === undefined) return taken;
    const { call } = event;
    const { asker = { flow: flow.id, node: cursor.node } } = taken;
    const claim = `${call.callSid}-${cursor.step}-${answers.length + 1}`;
    answers.push(
      await answerTo(
        taken.ask,
        { library, queue, outbound, deadline, standing, call, claim, asker, retainDays },
        (error) => reportError(voice, post, error),
      ),
    );
  }
  throw new InternalError(
    'endless-asks',
    `A node of ${flow.id}, version ${cursor.version}, asks without end.`,
  );
}

function threw({ journal, thrown }: Step): InternalError {
  const { node, flow, version } = journal.at(-1) ?? {};
  return new InternalError('node-threw', `Node "${node}" of ${flow}, version ${version}, threw.`, {
    cause: thrown,
  });
}
