import { defineNode, go } from './node.ts';
import { languageSetting } from './settings.ts';

export const language = defineNode({
  type: 'language',
  name: 'Language',
  summary:
    'Sets the language of the call: texts that have it are spoken in it from here on, in other flows, too.',
  face: { group: 'prompts', icon: 'translation', tone: '#3b8a57' },
  settings: {
    language: languageSetting({
      name: 'Language',
      about: 'The language of the call from here on (BCP 47)',
      example: 'en-US',
    }),
  },
  exits: { next: { name: 'Next', about: 'Where the call goes on', required: true } },
  example: { language: 'en-US', exits: { next: 'menu' } },

  enter: (node) => go('next', { language: node.language }),
});
