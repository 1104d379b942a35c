import { defineNode, go } from './node.ts';
import { flag, prompt, whole } from './settings.ts';

export const play = defineNode({
  type: 'play',
  summary: 'Plays a prompt, then goes on.',
  settings: {
    prompt: prompt('What the caller hears', [], 'times'),
    interruptible: flag('A key pressed meanwhile counts at the menu that follows directly', {
      default: true,
    }),
    times: whole('How many times the prompt is played', { least: 1, most: 5, unset: 1 }),
  },
  exits: { next: { about: 'Where the call goes on', required: true } },
  example: {
    prompt: { text: 'Welcome to Branchline.' },
    interruptible: true,
    times: 1,
    exits: { next: 'menu' },
  },

  silences: ({ says }) => (says('prompt') ? [] : [{ exit: 'next', prompt: 'prompt' }]),

  enter(node, turn) {
    const sounds = turn.say('prompt');
    const verbs = Array.from({ length: node.times }, () => sounds).flat();
    return go('next', { verbs, interruptible: node.interruptible });
  },
});
