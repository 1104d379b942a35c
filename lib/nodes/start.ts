import { defineNode, go } from './node.ts';

export const start = defineNode({
  type: 'start',
  name: 'Start',
  summary: 'Where every call begins. A flow has exactly one; it cannot be deleted.',
  face: { group: 'flow', icon: 'phone', tone: '#16a34a' },
  settings: {},
  exits: { next: { name: 'Next', about: 'The first node of the call', required: true } },
  begins: true,
  example: { exits: { next: 'welcome' } },
  enter: () => go('next'),
});
