import * as v from 'valibot';
import { variableName } from '../flow/memory.ts';
import { holdMusic, type Prompt, promptTexts } from '../flow/prompt.ts';
import { spelled, type Values, variablesIn } from '../flow/text.ts';
import {
  ask,
  defineNode,
  endCall,
  go,
  type Lost,
  type Outcome,
  type SettingsOf,
  type Turn,
  wait,
} from './node.ts';
import { audio, prompt, skillGroup, whole } from './settings.ts';

/** The variables for the caller's place in the queue. */
const place = ['WaitNo', 'QueuePosition'];

/** The variables that are known when an agent has answered. */
const connected = ['StaffNo', ...place];

const settings = {
  skillGroup: skillGroup({
    name: 'Skill group',
    about: 'The group whose agents ring',
    example: 'sales',
  }),
  transferringPrompt: v.optional(
    prompt(
      {
        name: 'Prompt while transferring',
        about:
          'What the caller hears once, before waiting; if a text names the place in the queue, it is played in the queue',
        example: 'We are putting you through. Please hold.',
      },
      { variables: place },
    ),
  ),
  holdMusic: v.optional(
    audio({ name: 'Hold music', about: 'Repeated while the caller waits; 60 seconds at most' }),
    { audio: holdMusic },
  ),
  failPrompt: v.optional(
    prompt(
      {
        name: 'Prompt when nobody is there',
        about: 'What the caller hears when no agent is available',
        example: 'Nobody is here right now. Please call again during office hours.',
      },
      { variables: place },
    ),
  ),
  connectedPrompt: v.optional(
    prompt(
      {
        name: 'Prompt when connected',
        about: 'What the caller hears when an agent has answered. `${StaffNo}` is the staff number',
        example: 'You are speaking with agent ${StaffNo}.',
      },
      { variables: connected },
    ),
  ),
  maxWaitSeconds: whole(
    { name: 'Longest wait', about: 'How long a caller waits before they hear that nobody is there' },
    { min: 5, max: 3600, default: 300 },
  ),
};

type Settings = SettingsOf<typeof settings>;
type Transferring = Turn<keyof Settings>;

export const transfer = defineNode({
  type: 'transfer',
  name: 'Transfer',
  summary: 'Puts the caller through to an agent of a skill group; if none is available, says so and goes on.',
  face: { group: 'people', icon: 'headset', tone: '#d97310' },
  settings,
  exits: {
    next: {
      name: 'Next',
      about: 'The talk is over; or, without `failed`, no agent was available',
      required: true,
    },
    failed: { name: 'Failed', about: 'No agent was available', required: false },
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

  waitsFor: 'queue',

  // After a talk, silence is fine.
  silences({ says, connected }) {
    if (says('failPrompt')) return [];
    const exit = connected('failed') ? 'failed' : 'next';
    return [{ exit, prompt: 'failPrompt', who: 'A caller who finds no agent' }];
  },

  enter: queueUp,

  hear(node, turn, event) {
    if (event.event === 'connected') {
      // A caller who is connected was the first in the queue.
      return wait(turn.say('connectedPrompt', { StaffNo: spelled(event.staffNo), ...placeBehind(0) }));
    }
    if (event.event === 'queued') return wait(turn.say('transferringPrompt', placeBehind(event.ahead)));
    if (event.event !== 'leftQueue') return queueUp(node, turn);
    if (event.by === 'talked') return event.gone ? endCall([], 'hung-up-talking') : go('next');
    if (event.gone) return endCall([], event.ringing ? 'hung-up-ringing' : 'hung-up-waiting');
    return giveUp(
      node,
      turn,
      event.waitedSeconds > node.maxWaitSeconds ? 'waited-too-long' : 'nobody-online',
    );
  },
});

function queueUp(node: Settings, turn: Transferring): Outcome {
  const { skillGroup, maxWaitSeconds } = node;
  const question = { ask: 'available', skillGroup } as const;
  const available = turn.answer(question);
  if (available === undefined) return ask(question);
  if (!available.online) return fail(turn, 'nobody-online', available.waiting);
  const remembers = namesOwn(node.connectedPrompt) ? ({ remembers: true } as const) : {};
  const enqueue = {
    ...({ verb: 'enqueue', skillGroup, holdMusic: node.holdMusic.audio, maxWaitSeconds } as const),
    ...remembers,
  };
  // How many callers are ahead is known only in the queue.
  if (namesPlace(node.transferringPrompt)) {
    const also = namesOwn(node.transferringPrompt) ? ({ remembers: true } as const) : {};
    return wait([{ ...enqueue, ...also, announces: true }]);
  }
  return wait([...turn.say('transferringPrompt'), enqueue]);
}

/** The caller has left the queue without a talk. The number of waiting callers is asked for only if the prompt names it. */
function giveUp(node: Settings, turn: Transferring, lost: Lost): Outcome {
  if (!namesPlace(node.failPrompt)) return fail(turn, lost, 0);
  const question = { ask: 'available', skillGroup: node.skillGroup } as const;
  const available = turn.answer(question);
  return available === undefined ? ask(question) : fail(turn, lost, available.waiting);
}

/** No agent was available: says so and goes on. */
function fail(turn: Transferring, lost: Lost, ahead: number): Outcome {
  const verbs = turn.say('failPrompt', placeBehind(ahead));
  return go(turn.connected('failed') ? 'failed' : 'next', { verbs, lost });
}

/** Whether a text of a prompt names the caller's place in the queue. */
function namesPlace(prompt: Prompt | undefined): boolean {
  return namesIn(prompt).some((name) => place.includes(name));
}

/** Whether a text of a prompt names a variable that nodes set. */
function namesOwn(prompt: Prompt | undefined): boolean {
  return namesIn(prompt).some((name) => variableName.test(name) && !connected.includes(name));
}

function namesIn(prompt: Prompt | undefined): string[] {
  return prompt === undefined ? [] : promptTexts(prompt).flatMap(variablesIn);
}

function placeBehind(ahead: number): Values {
  return { WaitNo: String(ahead), QueuePosition: String(ahead + 1) };
}
