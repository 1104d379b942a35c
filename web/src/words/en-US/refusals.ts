/** Why the API has refused something, by the stable name of the error. */
export const refusals = {
  strange: 'The server answered with {{status}}: try again.',
  internal: 'Something went wrong on the server: try again.',
  'role-too-small': 'Your role does not allow this.',
  'bad-input': 'The input is not valid: check the fields.',
  'body-too-large': 'This is too large: 1 MB at most.',
  'flow-missing': 'There is no such flow: it may have been deleted.',
  'flow-taken': 'A flow of this id exists: choose another id.',
  'flow-invalid': 'The flow has problems.',
  'flow-too-large': 'The flow is larger than 1 MB: shorten its texts or split it.',
  'flow-bound': 'A number points at the flow: bind it to another flow or unbind it first.',
  'flow-used': 'A live flow leads to this flow: publish that one without it first.',
  'draft-unchanged': 'Nothing has changed since the newest version.',
  'publish-raced':
    'Somebody has published or rolled back the flow at the same time: check it, and try again.',
  'version-missing': 'There is no such version.',
  'number-missing': 'The number is no longer bound.',
  'number-raced': 'Somebody has bound or unbound the number at the same time: check it, and try again.',
  'flow-expired': 'The flow was deleted too long ago to be restored.',
  'group-used': 'A flow uses the skill group: let it use another one first.',
  'group-raced': 'Somebody has changed the skill group at the same time: check it, and try again.',
  'group-missing': 'There is no such skill group.',
  'agent-missing': 'There is no such agent.',
  'agent-raced': 'Somebody has changed the agent at the same time: check it, and try again.',
  'agent-busy': 'The agent is being rung or is in a call: try again after it.',
  'agent-without-phone':
    'Calls do not ring this agent in a browser: an admin sets an endpoint such as client:agent-1001.',
  'phone-key-missing':
    'There is no API key of the carrier for browser phones: the operator of the system must set TWILIO_API_KEY_SID and TWILIO_API_KEY_SECRET.',
  'call-missing': 'There is no record of this call.',
} as const;
