import * as v from 'valibot';
import { defineNode, end as hangUp } from './node.ts';
import { prompt } from './settings.ts';

export const end = defineNode({
  type: 'end',
  summary: 'Says goodbye, where a prompt is set, and hangs up.',
  settings: { prompt: v.optional(prompt('What the caller hears last')) },
  exits: {},
  example: { prompt: { text: 'Thank you for calling. Goodbye.' } },
  enter: (node, turn) => hangUp(turn.say(node.prompt), 'finished'),
});
