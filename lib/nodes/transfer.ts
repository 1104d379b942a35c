import * as v from 'valibot';
import { type AudioPart, holdMusic, type Prompt, partsOf } from '../flow/prompt.ts';
import { spelled, variablesIn } from '../flow/text.ts';
import type { Sound } from '../flow/verbs.ts';
import { ask, defineNode, end, go, type Lost, type Outcome, type Turn, wait } from './node.ts';
import { audio, prompt, skillGroup, whole } from './settings.ts';

export const transfer = defineNode({
  type: 'transfer',
  summary: 'Puts the caller through to an agent of a skill group; nobody to be had: says so and goes on.',
  settings: {
    skillGroup: skillGroup('Whose agents are rung'),
    transferringPrompt: v.optional(prompt('What the caller hears before the queue', ['WaitNo'])),
    holdMusic: v.optional(audio('What is looped while the caller waits, 60 seconds at most'), {
      audio: holdMusic,
    }),
    failPrompt: v.optional(prompt('What the caller hears when no agent can be had', ['WaitNo'])),
    connectedPrompt: v.optional(
      prompt('What the caller hears when an agent has answered', ['StaffNo', 'WaitNo']),
    ),
    maxWaitSeconds: whole('How long a caller waits at the most', { least: 5, most: 3600, unset: 300 }),
  },
  exits: {
    next: { about: 'The talk is over; without `failed`, no agent could be had, too', required: true },
    failed: { about: 'No agent could be had', required: false },
  },
  example: {
    skillGroup: 'sales',
    transferringPrompt: { text: 'We are putting you through. Please hold.' },
    holdMusic: { audio: holdMusic },
    failPrompt: { text: 'Nobody is here right now. Please call again during office hours.' },
    connectedPrompt: { text: 'You are speaking with agent ${StaffNo}.' },
    maxWaitSeconds: 300,
    exits: { next: 'goodbye' },
  },

  enter: queueUp,

  hear(node, turn, event) {
    if (event.event === 'connected') {
      // Who is connected was the first in the queue.
      const values = { StaffNo: spelled(event.staffNo), WaitNo: '1' };
      return wait(turn.say(node.connectedPrompt, values));
    }
    if (event.event !== 'leftQueue') return queueUp(node, turn);
    if (event.by === 'talked') return event.gone ? end([], 'hung-up-talking') : go('next');
    if (event.gone) return end([], event.ringing ? 'hung-up-ringing' : 'hung-up-waiting');
    return fail(node, turn, event.waitedSeconds > node.maxWaitSeconds ? 'waited-too-long' : 'nobody-online');
  },
});

interface Settings {
  readonly skillGroup: string;
  readonly transferringPrompt?: Prompt | undefined;
  readonly holdMusic: AudioPart;
  readonly failPrompt?: Prompt | undefined;
  readonly maxWaitSeconds: number;
}

function queueUp(node: Settings, turn: Turn): Outcome {
  const { skillGroup, maxWaitSeconds } = node;
  const online = turn.told({ ask: 'online', skillGroup });
  if (online === undefined) return ask({ ask: 'online', skillGroup });
  if (online === false) return fail(node, turn, 'nobody-online');
  return withWaitNo(node.transferringPrompt, skillGroup, turn, (said) =>
    wait([...said, { verb: 'enqueue', skillGroup, holdMusic: node.holdMusic.audio, maxWaitSeconds }]),
  );
}

/** No agent could be had: says so and goes on. */
function fail(node: Settings, turn: Turn, lost: Lost): Outcome {
  return withWaitNo(node.failPrompt, node.skillGroup, turn, (said) =>
    go(turn.connected('failed') ? 'failed' : 'next', said, lost),
  );
}

/** Says a prompt; how many callers are ahead is asked for where a text of it names `${WaitNo}`, and only there. */
function withWaitNo(
  prompt: Prompt | undefined,
  skillGroup: string,
  turn: Turn,
  then: (said: Sound[]) => Outcome,
): Outcome {
  const parts = prompt === undefined ? [] : partsOf(prompt);
  if (!parts.some((part) => 'text' in part && variablesIn(part.text).includes('WaitNo'))) {
    return then(turn.say(prompt));
  }
  const ahead = turn.told({ ask: 'waiting', skillGroup });
  if (ahead === undefined) return ask({ ask: 'waiting', skillGroup });
  return then(turn.say(prompt, { WaitNo: String(Number(ahead) + 1) }));
}
