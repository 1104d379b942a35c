/** The versions of a flow. */
export const versions = {
  title: 'Versions',
  live: 'Live',
  by: '{{at}} by {{who}}',
  noNote: 'No note',
  look: 'Look at it',
  compare: 'Compare',
  restore: 'Restore into the draft',
  restored: 'v{{version}} is on the canvas: look, then save. It can be undone.',
  makeLive: 'Make live',
  makeLiveTitle: 'Make v{{version}} live?',
  makeLiveText:
    'The next call takes it. Calls under way go on with what they began with, and the draft stays as it is.',
  isLive: 'v{{version}} is live: the next call takes it.',
  none: 'Nothing has been published yet.',
  more: 'Show more',
  looking: 'v{{version}}, to look at',
} as const;
