import * as v from 'valibot';
import { defineNode, endCall as hangUp } from './node.ts';
import { prompt } from './settings.ts';

export const end = defineNode({
  type: 'end',
  name: 'End',
  summary: 'Says goodbye, if a prompt is set, and hangs up.',
  face: { group: 'flow', icon: 'power', tone: '#dc4a4a' },
  settings: {
    prompt: v.optional(
      prompt({
        name: 'Prompt',
        about:
          'What the caller hears last. If left out, and nothing was played since the call last waited for the caller, the system says a short goodbye',
        example: 'Thank you for calling. Goodbye.',
      }),
    ),
  },
  exits: {},
  example: { prompt: { text: 'Thank you for calling. Goodbye.' } },
  silences: ({ says }) => (says('prompt') ? [] : [{ prompt: 'prompt' }]),
  enter: (_, turn) => hangUp(turn.say('prompt'), 'finished'),
});
