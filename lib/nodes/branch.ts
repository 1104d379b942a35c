import * as v from 'valibot';
import { isKey, keys } from '../flow/events.ts';
import type { Sound, Verb } from '../flow/verbs.ts';
import { defineNode, type Exit, end, go, type Outcome, type Turn, wait } from './node.ts';
import { labels, prompt, whole } from './settings.ts';

const keyExits = Object.fromEntries(
  keys.map((key): [string, Exit] => [key, { about: `The caller pressed ${key}`, required: false }]),
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
  oneOf: keys,
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
    ...keys.filter(connected).map((key) => ({ exit: key, who: `A caller who presses ${key}` })),
    ...(says('timeoutPrompt')
      ? []
      : [{ exit: 'timeout', prompt: 'timeoutPrompt', who: 'A caller who presses no key' }]),
    ...(says('errorPrompt')
      ? []
      : [{ exit: 'errors', prompt: 'errorPrompt', who: 'A caller who presses wrong keys' }]),
  ],

  enter: (node, turn) => wait([gather(turn.say('prompt'), node.timeoutSeconds)]),

  hear(node, turn, event) {
    const pressed = event.event === 'pressed';
    if (pressed && isKey(event.key) && turn.connected(event.key)) return go(event.key);
    const errors = turn.errors + (pressed ? 1 : 0);
    const timeouts = turn.timeouts + (pressed ? 0 : 1);
    const said = turn.say(pressed ? 'errorPrompt' : 'timeoutPrompt');
    if (pressed && errors >= node.maxErrors) return giveUp('errors', said, turn);
    if (!pressed && timeouts >= node.maxTimeouts) return giveUp('timeout', said, turn);
    return wait([gather([...said, ...turn.say('prompt')], node.timeoutSeconds)], { errors, timeouts });
  },
});

function gather(sounds: readonly Sound[], timeoutSeconds: number): Verb {
  return { verb: 'gather', sounds, timeoutSeconds };
}

function giveUp(exit: 'errors' | 'timeout', said: readonly Sound[], turn: Pick<Turn, 'connected'>): Outcome {
  return turn.connected(exit) ? go(exit, said) : end(said, exit);
}
