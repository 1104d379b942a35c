/** What is wrong with a flow, by rule: each names the fault and the fix. */
export const problems = {
  'call-script': '{{message}}',
  'missing-setting': '{{field}} is missing: fill it in.',
  'unknown-setting': 'This module has no setting {{field}}: remove it in the JSON view.',
  'bad-number': '{{field}} must be a whole number from {{min}} to {{max}}.',
  'empty-text': '{{field}} holds an empty text: write what the caller is to hear, or remove it.',
  'unspeakable-text': '{{field}} holds a text with nothing to speak: write words or digits, or remove it.',
  'bad-value': '{{field}} is invalid: {{message}}',
  'bad-variable':
    '{{field}} must be the name of a variable: up to 40 letters and digits, beginning with a letter, not “System…”.',
  'bad-exit':
    '{{field}} must be the name of an exit: up to 31 lowercase letters, digits and hyphens, beginning with a letter, not “else”.',
  'bad-choice': '{{field}} is not one of the choices.',
  'missing-value': '{{field}} is missing: write what is compared with.',
  'bad-text':
    '{{field}} is invalid: remove it if nothing is compared with it, else shorten it to 1,000 characters.',
  'bad-pointer': '{{field}} must be a JSON Pointer such as /customer/tier.',
  'bad-list': '{{field}} must hold 1 to {{max}} entries.',
  'bad-exits': '{{field}} must hold 1 to {{max}} entries, and no exit twice.',
  'no-decimal':
    '{{field}} is “{{text}}”, which is no decimal number, so the case is never taken: write digits only, with a point before decimals, such as 1000 or -12.5.',
  'maybe-unset':
    '{{field}} names a variable that may not be set when a call comes here; it is then empty. Set it before, or check it with a condition.',
  'secret-unset':
    '{{field}} names a secret variable that may be empty when a call comes here: it was not set, or it is gone, as a secret is once the caller is waited for. Use it right after the module that asks for it, or ask for it last.',
  'unconnected-exit': 'The exit “{{exit}}” leads nowhere: connect it to a module.',
  'unconnected-choice': 'No key is connected: connect at least one.',
  'unknown-exit': '“{{exit}}” is not an exit of this module: delete its connection.',
  'exit-to-nowhere': 'The exit “{{exit}}” leads to a module that does not exist: connect it again.',
  'no-start': 'The flow has no start.',
  'two-starts': 'The flow has a second start: delete it.',
  unreachable: 'No call can come here: connect an exit to it, or delete it.',
  endless: 'The exit “{{exit}}” closes a loop that never waits for the caller: put a branch into it.',
  'endless-unentered':
    'If the other flow cannot be entered, the exit “{{exit}}” is taken at once and closes a loop that never waits for the caller: connect the exit “Failed”.',
  'too-long-walk': 'More than 100 modules follow without waiting for the caller: put a branch between them.',
  'silent-end':
    'A caller may hear nothing but the system’s goodbye before the call ends here: write your own words into {{field}}.',
  'wait-number':
    '{{field}} names ${WaitNo}: it is the number of callers ahead (it used to be the place in the queue). For the place, write ${QueuePosition}.',
  'unknown-schedule': 'There is no schedule “{{value}}”: create it, or it counts as open.',
  'holidays-end':
    'The last holiday of this schedule ends within 60 days: enter the next ones, or later holidays count as usual days.',
  'unknown-connection': 'There is no connection “{{value}}”: create it, or its requests fail.',
  'path-leaves':
    '{{field}} leads out of the connection: remove “..” and “.” behind an encoded slash (%2F, %5C).',
  'request-too-long': 'All attempts together may take 6 seconds at most: shorten {{field}}, or make fewer.',
  'wait-unsaid':
    '{{field}} is missing: the request may take more than 2 seconds, and the caller hears nothing meanwhile.',
  'body-unsent': '{{field}} is not sent with GET: remove it, or choose another method.',
  'unknown-flow': 'There is no such flow: create it, or choose another.',
  'flow-not-live': 'The flow “{{value}}” has no live version: publish it.',
  'calls-itself':
    'On every path, this flow enters itself again without waiting for the caller: put a branch before it.',
  'bad-phone': '{{field}} must be a phone number with its country code, such as +15550123.',
  'premium-number': '{{field}} is a premium or shared-cost number, which is never reached.',
  'bad-range': '{{field}} must not be greater than the largest number that is allowed beside it.',
  'missing-own-language': '{{field}} lacks the language of the flow: write a text in it.',
  'language-twice':
    '{{field}} is a second text for the same language, which is never heard: remove one of the two.',
  'missing-translation':
    '{{field}} is not translated into {{languages}}: callers hear the language of the flow.',
  'secret-variable': '{{field}} names a secret variable: only the body of a request may name it.',
  'unknown-variable': '{{field}} names a variable that is not known here: {{variables}}.',
  'looks-like-a-variable':
    '{{field}} holds {{placeholders}}, which is spoken as it is written. Variables are written like this: {{fixes}}.',
  'lost-characters': '{{field}} holds characters that cannot be spoken: they are left out.',
  'unknown-language':
    'No voice is known for the language of {{field}}: name a voice, or choose another language.',
  'hold-music-too-long':
    '{{field}} takes more than 60 seconds: hold music is looped, choose a shorter audio.',
  'unknown-audio': '{{field}} plays an audio that is missing or not approved: choose another.',
  'unknown-group': 'There is no skill group “{{value}}”: create it, or nobody will be online in it.',
  'too-many-nodes': 'The flow has more than 2,000 modules: split it into several flows.',
  'too-large': 'The flow is larger than 1 MB: shorten its texts or split it.',
  'too-many-notes': 'The flow has more than 100 notes: put some together or delete them.',
  'unknown-type': 'This release does not know the type of this module.',
  'out-of-range': 'It is placed far outside the canvas, so the flow cannot be saved: tidy up, or move it.',
  shape: 'The document has the wrong shape: {{message}}',
} as const;
