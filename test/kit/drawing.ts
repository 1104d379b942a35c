import type { Flow } from '../../lib/flow/flow.ts';

/** A small drawing with a menu that leads back to itself. */
export const drawing: Flow = {
  schema: 1,
  id: 'try',
  name: 'Try',
  nodes: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'play', label: 'Hello', prompt: { text: 'Hello.' }, exits: { next: 'menu' } },
    menu: {
      type: 'branch',
      label: 'Main',
      prompt: { text: 'Press 1.' },
      exits: { '1': 'bye', '#': 'menu', timeout: 'bye' },
    },
    bye: { type: 'end' },
  },
  layout: { start: [0, 0], hello: [300, 0], menu: [600, 0], bye: [900, 0] },
};
