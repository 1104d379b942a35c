import { targetOf } from '../flow/flow.ts';
import { defineNode, enterFlow } from './node.ts';
import { flowReference } from './settings.ts';

export const flow = defineNode({
  type: 'flow',
  name: 'Other flow',
  summary: 'Goes on in another flow, and comes back when that one returns.',
  face: { group: 'flow', icon: 'partition', tone: '#2f9e8f' },
  settings: {
    flow: flowReference({
      name: 'Flow',
      about:
        'The flow that the call enters, at its start. Calls use its live version; variables that it sets are known here afterwards',
      example: 'opening-hours',
    }),
  },
  exits: {
    next: {
      name: 'Next',
      about: 'The other flow has returned; without `failed`, it could not be entered, too',
      required: true,
    },
    failed: {
      name: 'Failed',
      about: 'There is no such flow, none of its versions is live, or flows call each other more than 5 deep',
      required: false,
    },
  },
  example: { flow: 'opening-hours', exits: { next: 'menu', failed: 'agents' } },

  enters: (node) => ({
    ...(typeof node.flow === 'string' && node.flow !== '' ? { flow: node.flow } : {}),
    back: 'next',
    fallback: targetOf(node, 'failed') === undefined ? 'next' : 'failed',
  }),

  // Whether the other flow says something is not known here.
  silences: ({ connected }) => (connected('failed') ? [{ exit: 'failed' }] : []),

  enter: (node, turn) => enterFlow(node.flow, turn.connected('failed') ? 'failed' : 'next'),
});
