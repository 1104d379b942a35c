import * as v from 'valibot';
import { defineNode, end as hangUp } from './node.ts';
import { prompt } from './settings.ts';

export const end = defineNode({
  type: 'end',
  summary:
    "Says the prompt, if it is set, and hangs up. If nothing was said since the caller was last waited for, the system's goodbye is heard.",
  settings: { prompt: v.optional(prompt('What the caller hears last')) },
  exits: {},
  example: { prompt: { text: 'Thank you for calling. Goodbye.' } },
  silences: ({ says }) => (says('prompt') ? [] : [{ prompt: 'prompt' }]),
  enter: (_, turn) => hangUp(turn.say('prompt'), 'finished'),
});
