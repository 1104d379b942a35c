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
    'The next call takes it. Calls in progress continue with their version, and the draft does not change.',
  isLive: 'v{{version}} is live: the next call takes it.',
  none: 'Nothing has been published yet.',
  more: 'Show more',
  looking: 'v{{version}} (read-only)',
} as const;
