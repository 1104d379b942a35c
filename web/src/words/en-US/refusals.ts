/** Why the API has refused something, by the stable name of the error. */
export const refusals = {
  strange: 'The server answered with {{status}}: try again.',
  internal: 'Something went wrong on the server: try again.',
  'role-too-small': 'Your role does not allow this.',
  'bad-input': 'What was entered does not fit: look at the fields.',
  'body-too-large': 'This is too large: 1 MB at most.',
  'flow-missing': 'There is no such flow: it may have been deleted.',
  'flow-taken': 'A flow of this id exists: choose another id.',
  'flow-invalid': 'The flow has problems.',
  'flow-too-large': 'The flow is larger than 1 MB: shorten its texts or split it.',
  'flow-bound': 'A number points at the flow: bind it to another flow or unbind it first.',
  'flow-used': 'A live flow leads to this flow: publish that one without it first.',
  'draft-unchanged': 'Nothing has changed since the newest version.',
  'publish-raced': 'Somebody has published or rolled back the flow at the same time: look, and try again.',
  'version-missing': 'There is no such version.',
  'number-missing': 'The number is no longer bound.',
  'number-raced': 'Somebody has bound or unbound the number at the same time: look, and try again.',
} as const;
