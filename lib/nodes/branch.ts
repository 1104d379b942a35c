import * as v from 'valibot';
import { isKey, keys as phoneKeys } from '../flow/events.ts';
import type { Sound, Verb } from '../flow/verbs.ts';
import { defineNode, type Exit, end, go, type Missed, type Outcome, type Turn, wait } from './node.ts';
import { labels, prompt, whole } from './settings.ts';

const keyExits = Object.fromEntries(
  phoneKeys.map((key): [string, Exit] => [key, { about: `The caller pressed ${key}`, required: false }]),
);

export const branch = defineNode({
  type: 'branch',
  summary: 'Plays a prompt, takes one key, and goes where that key leads.',
  settings: {
    prompt: prompt('What the caller hears; a key interrupts it'),
    timeoutPrompt: v.optional(prompt('What the caller hears when no key came')),
    errorPrompt: v.optional(prompt('What the caller hears after a key that leads nowhere')),
    maxErrors: whole('The wrong key that ends the menu', { least: 1, most: 10, unset: 3 }),
    timeoutSeconds: whole('How long a key is waited for after the prompt', { least: 1, most: 120, unset: 8 }),
    maxTimeouts: whole('The silence that ends the menu', { least: 1, most: 10, unset: 1 }),
    labels: v.optional(labels('What each key stands for')),
  },
  exits: {
    ...keyExits,
    timeout: { about: 'No key came, maxTimeouts times', required: false },
    errors: { about: 'A wrong key was pressed, maxErrors times', required: false },
  },
  oneOf: phoneKeys,
  waitsFor: 'keys',
  example: {
    prompt: { text: 'For sales press 1. To hear this again press the pound key.' },
    timeoutPrompt: { text: 'We did not hear a key.' },
    errorPrompt: { text: 'That key has no meaning here.' },
    maxErrors: 2,
    timeoutSeconds: 5,
    maxTimeouts: 2,
    labels: { '1': 'Sales' },
    exits: { '1': 'sales', '#': 'menu', timeout: 'goodbye' },
  },

  silences: ({ says, connected }) => [
    ...phoneKeys.filter(connected).map((key) => ({ exit: key, who: `A caller who presses ${key}` })),
    ...(says('timeoutPrompt')
      ? []
      : [{ exit: 'timeout', prompt: 'timeoutPrompt', who: 'A caller who presses no key' }]),
    ...(says('errorPrompt')
      ? []
      : [{ exit: 'errors', prompt: 'errorPrompt', who: 'A caller who presses wrong keys' }]),
  ],

  enter: (node, turn) => wait([gather(turn.say('prompt'), node.timeoutSeconds)]),

  hear(node, turn, event) {
    const isPressed = event.event === 'pressed';
    if (isPressed && isKey(event.keys) && turn.connected(event.keys)) return go(event.keys);
    const errors = turn.counter('errors') + (isPressed ? 1 : 0);
    const timeouts = turn.counter('timeouts') + (isPressed ? 0 : 1);
    const said = turn.say(isPressed ? 'errorPrompt' : 'timeoutPrompt');
    const missed = { reason: isPressed ? 'errors' : 'timeout', said } as const;
    const isLast = isPressed ? errors >= node.maxErrors : timeouts >= node.maxTimeouts;
    if (isLast) return giveUp(missed, turn);
    const sounds = [...said, ...turn.say('prompt')];
    return wait([gather(sounds, node.timeoutSeconds)], { counters: { errors, timeouts }, missed });
  },
});

function gather(sounds: readonly Sound[], timeoutSeconds: number): Verb {
  return { verb: 'gather', sounds, timeoutSeconds };
}

function giveUp(missed: Missed, turn: Pick<Turn, 'connected'>): Outcome {
  const { reason, said } = missed;
  return turn.connected(reason) ? go(reason, { verbs: said, missed }) : end(said, reason);
}
