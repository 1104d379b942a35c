import * as v from 'valibot';
import { isKey, keys as phoneKeys } from '../flow/events.ts';
import type { Sound, Verb } from '../flow/verbs.ts';
import { countMiss } from './missed.ts';
import { defineNode, type Exit, go, wait } from './node.ts';
import { labels, prompt, whole } from './settings.ts';

const keyExits = Object.fromEntries(
  phoneKeys.map((key): [string, Exit] => [
    key,
    { name: key, about: `The caller pressed ${key}`, required: false },
  ]),
);

export const branch = defineNode({
  type: 'branch',
  name: 'Branch',
  summary: 'Plays a prompt, takes one key, and goes where that key leads.',
  face: { group: 'prompts', icon: 'branches', tone: '#8b5cf6' },
  settings: {
    prompt: prompt({
      name: 'Prompt',
      about: 'Tells the caller which keys to press; a key interrupts it',
      example: 'To speak to an agent, press 1.',
    }),
    timeoutPrompt: v.optional(
      prompt({
        name: 'Time-out prompt',
        about: 'What the caller hears when no key came in time',
        example: 'We did not hear a key. Please call again.',
      }),
    ),
    errorPrompt: v.optional(
      prompt({
        name: 'Error prompt',
        about: 'What the caller hears after a key that leads nowhere',
        example: 'That key has no meaning here. Please try again.',
      }),
    ),
    maxErrors: whole(
      {
        name: 'Maximum wrong keys',
        about: 'The wrong key at which the exit `errors` is taken; if it is not connected, the call ends',
      },
      { min: 1, max: 10, default: 3 },
    ),
    timeoutSeconds: whole(
      { name: 'Time-out', about: 'How long the call waits for a key after the prompt' },
      { min: 1, max: 120, default: 8 },
    ),
    maxTimeouts: whole(
      {
        name: 'Maximum time-outs',
        about: 'The time-out at which the exit `timeout` is taken; if it is not connected, the call ends',
      },
      { min: 1, max: 10, default: 1 },
    ),
    labels: v.optional(
      labels({
        name: 'Keys',
        about: 'What each key stands for: 0–9, * and #. Only the drawing shows it; callers do not hear it',
        example: 'Sales',
      }),
    ),
  },
  exits: {
    ...keyExits,
    timeout: { name: 'Time-out', about: 'No key came, maxTimeouts times', required: false },
    errors: { name: 'Errors', about: 'A wrong key was pressed, maxErrors times', required: false },
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
    const said = turn.say(isPressed ? 'errorPrompt' : 'timeoutPrompt');
    const { counters, missed, last } = countMiss(turn, node, isPressed ? 'errors' : 'timeout', said);
    if (last !== undefined) return last;
    return wait([gather([...said, ...turn.say('prompt')], node.timeoutSeconds)], { counters, missed });
  },
});

function gather(sounds: readonly Sound[], timeoutSeconds: number): Verb {
  return { verb: 'gather', sounds, timeoutSeconds };
}
