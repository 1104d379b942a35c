import * as v from 'valibot';
import { isDialable } from '../flow/dial.ts';
import { fill } from '../flow/text.ts';
import { ask, defineNode, go } from './node.ts';
import { outsideFaults } from './outside.ts';
import { filled } from './settings.ts';

/** The most characters of a message with its variables filled: the carrier's limit. */
const longestMessage = 1600;

export const message = defineNode({
  type: 'message',
  name: 'Text message',
  summary: 'Sends one text message (SMS) from the number that was dialled.',
  face: { group: 'people', icon: 'message', tone: '#3c8f4f' },
  settings: {
    text: filled(
      {
        name: 'Text',
        about: `What the message says. Filled, it is cut at ${longestMessage} characters`,
        example: 'The link that you asked for: https://example.com/booking',
      },
      { max: 480 },
    ),
    to: v.optional(
      filled(
        {
          name: 'To',
          about: 'The number that gets it, in E.164: the caller unless set',
          example: '${SystemCallerNumber}',
        },
        { max: 200 },
      ),
      '${SystemCallerNumber}',
    ),
  },
  exits: {
    next: {
      name: 'Next',
      about: 'The carrier has taken the message; without `failed`, it could not be sent, too',
      required: true,
    },
    failed: {
      name: 'Failed',
      about:
        'The number is withheld, invalid or outside the allowed countries; the carrier refuses the message; or the caller was sent too many',
      required: false,
    },
  },
  example: {
    text: 'The link that you asked for: https://example.com/booking',
    exits: { next: 'sent', failed: 'sorry' },
  },

  checks({ text, to }) {
    const faults = outsideFaults('to', to);
    if (text.trim() !== '') return faults;
    return [
      { rule: 'empty-text', field: 'text', message: 'is empty: write what the message says' },
      ...faults,
    ];
  },

  enter(node, turn) {
    const filledFrom = (text: string) => fill(text, (name) => turn.value(name)).trim();
    const failed = turn.connected('failed') ? 'failed' : 'next';
    const to = filledFrom(node.to);
    const text = Array.from(filledFrom(node.text)).slice(0, longestMessage).join('');
    if (!isDialable(to) || text === '') return go(failed);
    const question = { ask: 'send', to, text } as const;
    const answer = turn.answer(question);
    if (answer === undefined) return ask(question);
    return go(answer.sent ? 'next' : failed);
  },
});
