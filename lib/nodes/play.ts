import { defineNode, go } from './node.ts';
import { flag, prompt, whole } from './settings.ts';

export const play = defineNode({
  type: 'play',
  name: 'Play',
  summary: 'Says or plays something, then goes on.',
  face: { group: 'prompts', icon: 'sound', tone: '#2f7de1' },
  settings: {
    prompt: prompt(
      { name: 'Prompt', about: 'What the caller hears', example: 'Welcome, and thank you for calling.' },
      { times: 'times' },
    ),
    interruptible: flag(
      {
        name: 'Can be interrupted',
        about:
          'Whether a key pressed while this plays counts at the menu that follows directly; if not, it is heard to its end',
      },
      { default: true },
    ),
    times: whole(
      { name: 'Plays', about: 'How many times the prompt is played in a row' },
      { min: 1, max: 5, default: 1 },
    ),
  },
  exits: { next: { name: 'Next', about: 'Where the call goes on', required: true } },
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
