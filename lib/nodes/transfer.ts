import * as v from 'valibot';
import { holdMusic, type Prompt, textsOf } from '../flow/prompt.ts';
import { spelled, type Values, variablesIn } from '../flow/text.ts';
import {
  ask,
  defineNode,
  end,
  go,
  type Lost,
  type Outcome,
  type SettingsOf,
  type Turn,
  wait,
} from './node.ts';
import { audio, prompt, skillGroup, whole } from './settings.ts';

/** The variables that tell where a caller stands in the queue. */
const place = ['WaitNo', 'QueuePosition'];

const settings = {
  skillGroup: skillGroup('Whose agents are rung'),
  transferringPrompt: v.optional(
    prompt(
      'What the caller hears before the queue; first in it, if a text names a place in the queue',
      place,
    ),
  ),
  holdMusic: v.optional(audio('What is looped while the caller waits, 60 seconds at most'), {
    audio: holdMusic,
  }),
  failPrompt: v.optional(prompt('What the caller hears when no agent can be had', place)),
  connectedPrompt: v.optional(
    prompt('What the caller hears when an agent has answered', ['StaffNo', ...place]),
  ),
  maxWaitSeconds: whole('How long a caller waits at the most', { least: 5, most: 3600, unset: 300 }),
};

type Settings = SettingsOf<typeof settings>;
type Transferring = Turn<keyof Settings>;

export const transfer = defineNode({
  type: 'transfer',
  summary: 'Puts the caller through to an agent of a skill group; nobody to be had: says so and goes on.',
  settings,
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

  // After a talk, nothing need be said.
  silences({ says, connected }) {
    if (says('failPrompt')) return [];
    const exit = connected('failed') ? 'failed' : 'next';
    return [{ exit, prompt: 'failPrompt', who: 'A caller who finds no agent' }];
  },

  enter: queueUp,

  hear(node, turn, event) {
    if (event.event === 'connected') {
      // Who is connected was the first in the queue.
      return wait(turn.say('connectedPrompt', { StaffNo: spelled(event.staffNo), ...placeBehind(0) }));
    }
    if (event.event === 'queued') return wait(turn.say('transferringPrompt', placeBehind(event.ahead)));
    if (event.event !== 'leftQueue') return queueUp(node, turn);
    if (event.by === 'talked') return event.gone ? end([], 'hung-up-talking') : go('next');
    if (event.gone) return end([], event.ringing ? 'hung-up-ringing' : 'hung-up-waiting');
    return fail(node, turn, event.waitedSeconds > node.maxWaitSeconds ? 'waited-too-long' : 'nobody-online');
  },
});

function queueUp(node: Settings, turn: Transferring): Outcome {
  const { skillGroup, maxWaitSeconds } = node;
  const online = turn.told({ ask: 'online', skillGroup });
  if (online === undefined) return ask({ ask: 'online', skillGroup });
  if (online === false) return fail(node, turn, 'nobody-online');
  const enqueue = { verb: 'enqueue', skillGroup, holdMusic: node.holdMusic.audio, maxWaitSeconds } as const;
  // Only in the queue it is known how many are ahead.
  if (namesPlace(node.transferringPrompt)) return wait([{ ...enqueue, announces: true }]);
  return wait([...turn.say('transferringPrompt'), enqueue]);
}

/** No agent could be had: says so and goes on. */
function fail(node: Settings, turn: Transferring, lost: Lost): Outcome {
  const { failPrompt, skillGroup } = node;
  const ahead = namesPlace(failPrompt) ? turn.told({ ask: 'waiting', skillGroup }) : 0;
  if (ahead === undefined) return ask({ ask: 'waiting', skillGroup });
  const said = turn.say('failPrompt', placeBehind(Number(ahead)));
  return go(turn.connected('failed') ? 'failed' : 'next', said, { lost });
}

/** Whether a text of a prompt names the caller's place in the queue. */
function namesPlace(prompt: Prompt | undefined): boolean {
  const texts = prompt === undefined ? [] : textsOf(prompt);
  return texts.some((text) => variablesIn(text).some((name) => place.includes(name)));
}

function placeBehind(ahead: number): Values {
  return { WaitNo: String(ahead), QueuePosition: String(ahead + 1) };
}
