import * as v from 'valibot';
import { shortestMessageSeconds } from '../flow/voicemail.ts';
import { ask, defineNode, endCall, go, type Outcome, type Turn, wait } from './node.ts';
import { choice, prompt, skillGroup, whole } from './settings.ts';

const settings = {
  mailbox: skillGroup({
    name: 'Mailbox',
    about: 'The skill group whose agents hear the message',
    example: 'sales',
  }),
  prompt: prompt({
    name: 'Prompt',
    about: 'What the caller hears before the beep',
    example: 'Please leave a message after the beep. To finish, press the pound key.',
  }),
  maxSeconds: whole(
    { name: 'Longest message', about: 'The recording ends after this time, in seconds' },
    { min: 10, max: 600, default: 120 },
  ),
  silenceSeconds: whole(
    { name: 'Silence', about: 'The recording ends after this much silence, in seconds' },
    { min: 2, max: 10, default: 5 },
  ),
  finishKey: v.optional(
    choice(
      { name: 'Finish key', about: 'Ends the recording' },
      { '#': 'Pound key (#)', '*': 'Star key (*)', none: 'None' },
    ),
    '#',
  ),
};

type RecordingTurn = Turn<keyof typeof settings>;

/** The exits for each result of a recording: the first connected one is taken. */
const exitsOf = {
  kept: ['next'],
  silent: ['silent', 'next'],
  failed: ['failed', 'silent', 'next'],
} as const;

export const voicemail = defineNode({
  type: 'voicemail',
  name: 'Voicemail',
  summary: 'Records a message of the caller for the agents of a skill group.',
  face: { group: 'people', icon: 'voicemail', tone: '#8a5cc7' },
  settings,
  exits: {
    next: {
      name: 'Next',
      about: 'The message is kept; without `silent`, nothing was recorded, too',
      required: true,
    },
    silent: {
      name: 'Nothing recorded',
      about: 'The caller said nothing, or for less than a second; without it `next` is taken',
      required: false,
    },
    failed: {
      name: 'Failed',
      about: 'The carrier cannot record, or the message cannot be kept; without it `silent` is taken',
      required: false,
    },
  },
  example: {
    mailbox: 'sales',
    prompt: { text: 'Please leave a message after the beep. To finish, press the pound key.' },
    maxSeconds: 180,
    exits: { next: 'thanks', silent: 'goodbye' },
  },

  waitsFor: 'recording',

  silences({ connected }) {
    const exit = (how: keyof typeof exitsOf) => exitFor(how, connected);
    return [
      { exit: 'next', who: 'A caller who has left a message' },
      { exit: exit('silent'), who: 'A caller who says nothing' },
      { exit: exit('failed'), who: 'A caller whose message cannot be kept' },
    ];
  },

  enter(node, turn) {
    const { maxSeconds, silenceSeconds, finishKey, mailbox } = node;
    const ends = finishKey === 'none' ? {} : { finishKey };
    return wait([...turn.say('prompt'), { verb: 'record', mailbox, maxSeconds, silenceSeconds, ...ends }]);
  },

  hear({ mailbox }, turn, event) {
    if (event.event !== 'recorded') return leave(turn, 'failed');
    const { recording, seconds, gone, failed = false } = event;
    if (failed) return leave(turn, 'failed');
    if (recording === undefined) return gone ? hungUp : leave(turn, 'silent');
    // A recording that is too short is not a message. It is reported, too, so that it is deleted at the carrier.
    const question = { ask: 'keep', mailbox, recording, seconds } as const;
    const answer = turn.answer(question);
    if (answer === undefined) return ask(question);
    if (seconds < shortestMessageSeconds) return gone ? hungUp : leave(turn, 'silent');
    if (!answer.kept) return gone ? hungUp : leave(turn, 'failed');
    return gone ? endCall([], 'voicemail') : leave(turn, 'kept');
  },
});

const hungUp = endCall([], 'hung-up-recording');

function leave(turn: RecordingTurn, how: keyof typeof exitsOf): Outcome {
  const exit = exitFor(how, (each) => turn.connected(each));
  return go(exit, how === 'kept' ? { kept: true } : {});
}

function exitFor(how: keyof typeof exitsOf, connected: (exit: string) => boolean): string {
  return exitsOf[how].find((exit) => exit === 'next' || connected(exit)) ?? 'next';
}
