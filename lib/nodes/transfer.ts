import * as v from 'valibot';
import { holdMusic } from '../flow/prompt.ts';
import { ask, defineNode, go } from './node.ts';
import { audio, prompt, skillGroup, whole } from './settings.ts';

export const transfer = defineNode({
  type: 'transfer',
  summary: 'Puts the caller through to an agent of a skill group; nobody online: says so and goes on.',
  settings: {
    skillGroup: skillGroup('Whose agents are rung'),
    transferringPrompt: v.optional(prompt('What the caller hears before the queue', ['WaitNo'])),
    holdMusic: v.optional(audio('What is looped while the caller waits, 60 seconds at most'), {
      audio: holdMusic,
    }),
    failPrompt: v.optional(prompt('What the caller hears when no agent can be had', ['WaitNo'])),
    connectedPrompt: v.optional(
      prompt('What the caller hears when an agent has answered', ['StaffNo', 'WaitNo']),
    ),
    maxWaitSeconds: whole('How long a caller waits at the most', { least: 5, most: 3600, unset: 300 }),
  },
  exits: {
    next: { about: 'The talk is over; without `failed`, no agent could be had, too', required: true },
    failed: { about: 'No agent could be had', required: false },
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

  enter(node, turn) {
    const question = { ask: 'online', skillGroup: node.skillGroup } as const;
    if (turn.told(question) === undefined) return ask(question);
    return go(turn.connected('failed') ? 'failed' : 'next', turn.say(node.failPrompt));
  },
});
