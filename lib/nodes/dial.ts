import * as v from 'valibot';
import { isDialable } from '../flow/dial.ts';
import type { DialledHow } from '../flow/events.ts';
import { fill } from '../flow/text.ts';
import { ask, defineNode, endCall, go, type Outcome, type SettingsOf, type Turn, wait } from './node.ts';
import { outsideFaults } from './outside.ts';
import { choice, filled, prompt, whole } from './settings.ts';

const settings = {
  number: filled(
    {
      name: 'Number',
      about: 'The number that rings, in E.164. It may name variables; filled, it must be such a number',
      example: '+15550123',
    },
    { max: 200 },
  ),
  prompt: v.optional(
    prompt({
      name: 'Prompt',
      about: 'What the caller hears before it rings',
      example: 'We are calling the person on duty. Please hold.',
    }),
  ),
  callerId: v.optional(
    choice(
      {
        name: 'Number shown',
        about: 'Which number the other side sees; if the caller withholds theirs, the dialled one',
      },
      { dialled: 'The number that the caller dialled', caller: "The caller's number" },
    ),
    'dialled',
  ),
  ringSeconds: whole(
    { name: 'Longest ring', about: 'How long it rings, in seconds' },
    { min: 5, max: 120, default: 25 },
  ),
  maxMinutes: whole(
    { name: 'Longest talk', about: 'The talk is cut off after this many minutes' },
    { min: 1, max: 240, default: 120 },
  ),
};

type Settings = SettingsOf<typeof settings>;
type Dialling = Turn<keyof Settings>;

/** The exit for each result of a dial. If it is not connected, `failed` or `next` is taken. */
const exitOf: Readonly<Record<DialledHow, 'next' | 'busy' | 'no-answer' | 'failed'>> = {
  talked: 'next',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
};

export const dial = defineNode({
  type: 'dial',
  name: 'Outside number',
  summary: 'Rings a phone number outside, and connects the caller when it is answered.',
  face: { group: 'people', icon: 'export', tone: '#c2571a' },
  settings,
  exits: {
    next: {
      name: 'Next',
      about: 'The talk is over; or, without `failed`, the call was not answered',
      required: true,
    },
    busy: { name: 'Busy', about: 'The number is busy; without it `failed` is taken', required: false },
    'no-answer': {
      name: 'No answer',
      about: 'Nobody answers; without it `failed` is taken',
      required: false,
    },
    failed: {
      name: 'Failed',
      about:
        'The number is refused or may not be dialled: it is invalid, outside the allowed countries, premium, one of our own, or dialled too often',
      required: false,
    },
  },
  example: {
    number: '+15550123',
    prompt: { text: 'We are calling the person on duty. Please hold.' },
    ringSeconds: 20,
    exits: { next: 'goodbye', failed: 'sorry' },
  },

  waitsFor: 'dial',

  checks: ({ number }) => outsideFaults('number', number),

  // After a talk, silence is fine.
  silences({ connected }) {
    const exit = (how: DialledHow) => exitFor(how, connected);
    const missed = new Set([exit('busy'), exit('no-answer'), exit('failed')]);
    const who = 'A caller who is not put through';
    return [{ exit: exit('failed') }, ...Array.from(missed, (each) => ({ exit: each, who }))];
  },

  enter(node, turn) {
    const number = fill(node.number, (name) => turn.value(name)).trim();
    if (!isDialable(number)) return leave(turn, 'failed');
    const question = { ask: 'dial', number } as const;
    const answer = turn.answer(question);
    if (answer === undefined) return ask(question);
    if (!answer.allowed) return leave(turn, 'failed');
    const { ringSeconds, maxMinutes } = node;
    const callerId = callerIdOf(node, turn);
    const dialled = { verb: 'dial', number, callerId, ringSeconds, maxMinutes } as const;
    return wait([...turn.say('prompt'), dialled]);
  },

  hear(_, turn, event) {
    if (event.event !== 'dialled') return leave(turn, 'failed');
    if (!event.gone) return leave(turn, event.how);
    return endCall([], event.how === 'talked' ? 'hung-up-talking' : 'hung-up-ringing');
  },
});

function leave(turn: Dialling, how: DialledHow): Outcome {
  return go(exitFor(how, (exit) => turn.connected(exit)));
}

function exitFor(how: DialledHow, connected: (exit: string) => boolean): string {
  return [exitOf[how], 'failed'].find((exit) => exit === 'next' || connected(exit)) ?? 'next';
}

/** The number that the other side sees: ours or the caller's, the only two that the carrier lets us show. */
function callerIdOf({ callerId }: Settings, turn: Dialling): string {
  const number = (name: string) => turn.value(name)?.text ?? '';
  const caller = number('SystemCallerNumber');
  return callerId === 'caller' && isDialable(caller) ? caller : number('SystemCalleeNumber');
}
