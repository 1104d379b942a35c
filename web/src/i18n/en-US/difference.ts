/** In what two documents differ, one sentence each. */
export const difference = {
  nothing: 'No changes',
  added: 'added {{what}}',
  removed: 'removed {{what}}',
  head: 'Flow: {{field}} changed from {{before}} to {{after}}',
  setting: '{{what}}: {{field}} changed from {{before}} to {{after}}',
  set: '{{what}}: {{field}} set to {{after}}',
  unset: '{{what}}: {{field}} removed, it was {{before}}',
  exit: '{{what}}: “{{exit}}” now leads to {{after}} instead of {{before}}',
  connected: '{{what}}: “{{exit}}” now leads to {{after}}',
  disconnected: '{{what}}: “{{exit}}” no longer leads to {{before}}',
  moved: '{{count}} modules stand elsewhere (layout only)',
  noteWritten: '{{what}} says {{after}} instead of {{before}}',
  notePainted: '{{what}} has another colour',
  notesMoved: '{{count}} notes stand elsewhere (layout only)',
  none: 'nothing',
} as const;
