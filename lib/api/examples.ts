/** A new draft. */
export const exampleDraft = {
  schema: 1,
  id: 'front-desk',
  name: 'Front desk',
  language: 'en-GB',
  nodes: { start: { type: 'start', exits: {} } },
};

/** A flow that can be published. */
export const exampleFlow = {
  ...exampleDraft,
  nodes: {
    start: { type: 'start', exits: { next: 'welcome' } },
    welcome: { type: 'play', prompt: { text: 'Good morning. We open at nine.' }, exits: { next: 'end' } },
    end: { type: 'end' },
  },
  layout: { start: [0, 0], welcome: [240, 0] },
};
