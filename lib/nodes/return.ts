import { defineNode, leaveFlow } from './node.ts';

export const returnToFlow = defineNode({
  type: 'return',
  name: 'Return',
  summary: 'Goes back to the flow that called this one; if none did, the call ends.',
  face: { group: 'flow', icon: 'rollback', tone: '#7d8896' },
  settings: {},
  exits: {},
  example: {},
  returns: true,

  // The calling flow goes on.
  silences: () => [],

  enter: () => leaveFlow('next'),
});
