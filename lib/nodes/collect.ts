import * as v from 'valibot';
import type { FlowNode } from '../flow/flow.ts';
import type { Value } from '../flow/text.ts';
import type { Sound, Verb } from '../flow/verbs.ts';
import { countMiss } from './missed.ts';
import { defineNode, go, type Outcome, type SettingsOf, type Turn, wait } from './node.ts';
import { choice, flag, prompt, variable, whole } from './settings.ts';

const settings = {
  prompt: prompt({
    name: 'Prompt',
    about: 'Tells the caller what to type; a key interrupts it',
    example: 'Please type your account number, then press the pound key.',
  }),
  variable: variable({
    name: 'Variable',
    about: 'Holds what was typed; texts speak it digit by digit',
    example: 'Account',
  }),
  minDigits: whole(
    { name: 'Minimum digits', about: 'Fewer digits are an error' },
    { min: 1, max: 32, default: 1 },
  ),
  maxDigits: whole(
    { name: 'Maximum digits', about: 'The entry ends after this many digits' },
    { min: 1, max: 32, default: 20 },
  ),
  finishKey: v.optional(
    choice(
      { name: 'Finish key', about: 'Ends the entry, and is not part of it' },
      { '#': 'Pound key (#)', '*': 'Star key (*)', none: 'None' },
    ),
    '#',
  ),
  timeoutSeconds: whole(
    { name: 'Time-out', about: 'How long the call waits for a digit, after the prompt and after each digit' },
    { min: 1, max: 120, default: 8 },
  ),
  timeoutPrompt: v.optional(
    prompt({
      name: 'Time-out prompt',
      about: 'What the caller hears if nothing was typed',
      example: 'We did not hear a key.',
    }),
  ),
  errorPrompt: v.optional(
    prompt({
      name: 'Error prompt',
      about: 'What the caller hears after too few digits, or a key that is not a digit',
      example: 'That is no account number. Please try again.',
    }),
  ),
  maxErrors: whole(
    {
      name: 'Maximum errors',
      about: 'The error at which the exit `errors` is taken; if it is not connected, the call ends',
    },
    { min: 1, max: 10, default: 3 },
  ),
  maxTimeouts: whole(
    {
      name: 'Maximum time-outs',
      about: 'The time-out at which the exit `timeout` is taken; if it is not connected, the call ends',
    },
    { min: 1, max: 10, default: 2 },
  ),
  confirmPrompt: v.optional(
    prompt(
      {
        name: 'Confirmation prompt',
        about: 'Repeats what was typed; the caller presses 1 to keep it, and any other key to type it again',
        example: 'You typed ${Account}. To keep it, press 1. To type it again, press 2.',
      },
      { names: 'variable' },
    ),
  ),
  secret: flag(
    {
      name: 'Secret',
      about:
        'For PINs and card numbers: the entry is never spoken or logged, only the body of a request may name it, and it is deleted when the call next waits for the caller: ask for it last, right before its request. The carrier logs what was typed unless its PCI mode is on',
    },
    { default: false },
  ),
};

type Settings = SettingsOf<typeof settings>;
type Collecting = Turn<keyof Settings>;

/** The key that keeps what was typed. */
const keepKey = '1';

export const collect = defineNode({
  type: 'collect',
  name: 'Collect digits',
  summary: 'Takes several digits, such as an account number, and keeps them in a variable.',
  face: { group: 'prompts', icon: 'number', tone: '#6b78f0' },
  settings,
  exits: {
    next: { name: 'Next', about: 'The digits were typed, and kept', required: true },
    timeout: { name: 'Time-out', about: 'Nothing was typed, maxTimeouts times', required: false },
    errors: { name: 'Errors', about: 'Something else was typed, maxErrors times', required: false },
  },
  example: {
    prompt: { text: 'Please type your account number of 8 digits, then press the pound key.' },
    variable: 'Account',
    minDigits: 8,
    maxDigits: 8,
    errorPrompt: { text: 'An account number has 8 digits.' },
    confirmPrompt: { text: 'You typed ${Account}. To keep it, press 1. To type it again, press 2.' },
    exits: { next: 'balance', errors: 'agents' },
  },

  waitsFor: 'keys',
  typesDigits: true,

  checks: ({ minDigits, maxDigits }) =>
    minDigits > maxDigits
      ? [{ rule: 'bad-range', field: 'minDigits', message: 'must not be greater than `maxDigits`' }]
      : [],

  sets: ({ variable: name, secret }: FlowNode) =>
    typeof name === 'string'
      ? [{ name, exits: ['next'], spokenAs: 'digits', ...(secret === true ? { secret: true } : {}) }]
      : [],

  silences: ({ says }) => [
    { exit: 'next', who: 'A caller who types' },
    ...(says('timeoutPrompt')
      ? []
      : [{ exit: 'timeout', prompt: 'timeoutPrompt', who: 'A caller who types nothing' }]),
    ...(says('errorPrompt')
      ? []
      : [{ exit: 'errors', prompt: 'errorPrompt', who: 'A caller who types something else' }]),
  ],

  enter: (node, turn) => wait([gather(node, turn.say('prompt'))]),

  hear(node, turn, event) {
    const typed = typedBefore(turn);
    if (event.event !== 'pressed') return miss(node, turn, 'timeout');
    if (typed !== undefined) return confirm(node, turn, typed, event.keys);
    if (!isEntry(node, event.keys)) return miss(node, turn, 'errors');
    if (node.confirmPrompt === undefined) return keep(node, event.keys);
    return askToConfirm(node, turn, event.keys);
  },
});

/** The earlier entry that the caller has yet to confirm. */
function typedBefore({ state }: Collecting): string | undefined {
  return typeof state === 'string' ? state : undefined;
}

function isEntry({ minDigits, maxDigits }: Settings, typed: string): boolean {
  return /^[0-9]+$/.test(typed) && typed.length >= minDigits && typed.length <= maxDigits;
}

function gather({ timeoutSeconds, maxDigits, finishKey }: Settings, sounds: readonly Sound[]): Verb {
  const finish = finishKey === 'none' ? {} : { finishKey };
  return { verb: 'gather', sounds, timeoutSeconds, maxDigits, ...finish };
}

/** Reads the entry back, and waits for one key. */
function askToConfirm(
  node: Settings,
  turn: Collecting,
  typed: string,
  { missed }: { readonly missed?: boolean } = {},
): Outcome {
  const sounds = turn.say(
    'confirmPrompt',
    {},
    { ...turn.variables, [node.variable]: keptValue(node, typed) },
  );
  const counters = { errors: turn.counter('errors'), timeouts: turn.counter('timeouts') };
  return wait([{ verb: 'gather', sounds, timeoutSeconds: node.timeoutSeconds }], {
    state: typed,
    counters,
    ...(missed === true ? { missed: { reason: 'errors', said: [] } } : {}),
  });
}

function confirm(node: Settings, turn: Collecting, typed: string, key: string): Outcome {
  if (key === keepKey) return keep(node, typed);
  // A caller may press the finish key after a full entry, too, out of habit.
  if (key === node.finishKey) return askToConfirm(node, turn, typed, { missed: true });
  return miss(node, turn, 'errors');
}

function keep(node: Settings, typed: string): Outcome {
  return go('next', { set: [{ variable: node.variable, value: keptValue(node, typed) }] });
}

function keptValue({ secret }: Settings, typed: string): Value {
  return { text: typed, spokenAs: 'digits', ...(secret ? { secret: true } : {}) };
}

/** Nothing was typed, or an invalid entry: asks again, or leaves by an exit after the last try. */
function miss(node: Settings, turn: Collecting, reason: 'timeout' | 'errors'): Outcome {
  const said = turn.say(reason === 'timeout' ? 'timeoutPrompt' : 'errorPrompt');
  const { counters, missed, last } = countMiss(turn, node, reason, said);
  return last ?? wait([gather(node, [...said, ...turn.say('prompt')])], { counters, missed });
}
