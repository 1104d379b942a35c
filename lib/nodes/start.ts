import { defineNode, go } from './node.ts';

export const start = defineNode({
  type: 'start',
  summary: 'Where every call begins. A flow has exactly one; it cannot be deleted.',
  settings: {},
  exits: { next: { about: 'The first node of the call', required: true } },
  begins: true,
  example: { exits: { next: 'welcome' } },
  enter: () => go('next'),
});
