import type { CallState, Step } from '../engine/result.ts';
import { step } from '../engine/step.ts';
import { InternalError } from '../errors.ts';
import type { Answer } from '../flow/asks.ts';
import type { Event } from '../flow/events.ts';
import { groupStandings } from '../queue/snapshot.ts';
import type { Published } from '../store/flows/versions.ts';
import { answerTo } from './asks/index.ts';
import { type Post, reportError, type VoiceContext } from './voice.ts';

/** The most asks of a step: a node with more of them ignores the answers. */
const mostAsks = 100;

/**
 * Takes a step of a live call: runs the engine, answers its asks and runs it again, until the call waits or ends. A step without asks
 * is returned directly, not as a promise. An error thrown by a node is reported. The verbs play the version's recordings.
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
