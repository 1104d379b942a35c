import { defineNode, go } from './node.ts';
import { prompt } from './settings.ts';

export const play = defineNode({
  type: 'play',
  summary: 'Plays a prompt, then goes on.',
  settings: { prompt: prompt('What the caller hears') },
  exits: { next: { about: 'Where the call goes on', required: true } },
  example: { prompt: { text: 'Welcome to Branchline.' }, exits: { next: 'menu' } },
  enter: (node, turn) => go('next', turn.say(node.prompt)),
});
