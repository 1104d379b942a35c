import { isKey, keys } from '../flow/events.ts';
import type { ScriptMessage, ScriptSentence } from './scriptmessage.ts';

/** A line `>` of a call script: what happens in the call. `word` is its first word. */
export type Happening =
  | { readonly word: 'arrived'; readonly from?: string; readonly to?: string }
  | { readonly word: 'pressed'; readonly key: string }
  | { readonly word: 'typed'; readonly keys: string; readonly stopped: boolean }
  | { readonly word: 'silent' }
  | { readonly word: 'connected'; readonly staffNo: string }
  | { readonly word: 'talked' }
  | { readonly word: 'left'; readonly how: (typeof leaves)[number] }
  | { readonly word: 'recorded'; readonly seconds: number; readonly hungUp: boolean }
  | { readonly word: 'answered' | 'busy' | 'no-answer' | 'refused' | 'hung up' };

/** The reasons why a caller leaves a queue without a talk. */
const leaves = ['empty', 'full', 'too-long'] as const;

/** An example of each happening as it is written, for messages and docs. */
export const happeningForms: { readonly [Word in Happening['word']]: string } = {
  arrived: 'arrived',
  pressed: 'pressed 1',
  typed: 'typed 12345',
  silent: 'silent',
  connected: 'connected 1001',
  talked: 'talked',
  left: `left ${leaves.join('·')}`,
  recorded: 'recorded 12s',
  answered: 'answered',
  busy: 'busy',
  'no-answer': 'no-answer',
  refused: 'refused',
  'hung up': 'hung up',
};

/** Reads the text after `>`; returns a message if it is not valid. */
export function readHappening(text: string): Happening | ScriptMessage {
  const [word = '', ...rest] = text.split(/\s+/);
  const more = rest.join(' ');
  switch (word) {
    case 'arrived':
      return readArrived(more);
    case 'pressed':
      if (isKey(more)) return { word, key: more };
      return fault(
        'pressed',
        text,
        `one key of ${keys.join(' ')}, such as \`> pressed 1\`; several are \`> typed 12345\``,
        { keys: keys.join(' ') },
      );
    case 'typed':
      return readTyped(text, more);
    case 'connected':
      if (/^[0-9]{1,10}$/.test(more)) return { word, staffNo: more };
      return fault('connected', text, 'the staff number of the agent who answers: `> connected 1001`');
    case 'left': {
      const how = leaves.find((each) => each === more);
      const forms = leaves.map((each) => `\`> left ${each}\``).join(', ');
      return how === undefined ? fault('left', text, `how: ${forms}`, { forms }) : { word, how };
    }
    case 'recorded':
      return readRecorded(text, more);
    default:
      return readPlain(text);
  }
}

function readArrived(more: string): Happening | ScriptMessage {
  const [is, from, to] = /^(?:from (\S+))?(?: ?\bto (\S+))?$/.exec(more) ?? [];
  return is === undefined
    ? fault(
        'arrived',
        `arrived ${more}`,
        'from where or to which number: `> arrived from +15550123`, `> arrived from anonymous` or `> arrived to +15550100`',
      )
    : { word: 'arrived', ...(from && { from }), ...(to && { to }) };
}

function readTyped(text: string, more: string): Happening | ScriptMessage {
  const [, typed, stopped] = /^([0-9*#]+)( \(silent\))?$/.exec(more) ?? [];
  return typed === undefined
    ? fault(
        'typed',
        text,
        'keys: `> typed 12345`, with the finish key `> typed 12345#`; `> typed 12 (silent)` is an entry that stopped',
      )
    : { word: 'typed', keys: typed, stopped: stopped !== undefined };
}

function readRecorded(text: string, more: string): Happening | ScriptMessage {
  const [, length, hungUp] = /^(nothing|[0-9]{1,4}s)( then hung up)?$/.exec(more) ?? [];
  return length === undefined
    ? fault(
        'recorded',
        text,
        'how long: `> recorded 12s`, `> recorded nothing` or `> recorded 12s then hung up`',
      )
    : {
        word: 'recorded',
        seconds: length === 'nothing' ? 0 : Number.parseInt(length, 10),
        hungUp: hungUp !== undefined,
      };
}

const plain = ['silent', 'talked', 'answered', 'busy', 'no-answer', 'refused', 'hung up'] as const;

function readPlain(text: string): Happening | ScriptMessage {
  const word = plain.find((each) => each === text.replace(/\s+/g, ' '));
  if (word !== undefined) return { word };
  const forms = Object.values(happeningForms)
    .map((form) => `\`${form}\``)
    .join(', ');
  const short = text.slice(0, 80);
  return {
    message: `\`> ${short}\` is not an event: write one of ${forms}.`,
    ...{ says: 'event', values: { text: short, forms } },
  };
}

/** Says that an event needs something else behind its first word. */
function fault(
  says: ScriptSentence,
  text: string,
  needs: string,
  values: ScriptMessage['values'] = {},
): ScriptMessage {
  const short = text.slice(0, 80);
  return { message: `\`> ${short}\` needs ${needs}.`, says, values: { text: short, ...values } };
}

/** A happening as a script writes it, without `>`. */
export function happeningText(happening: Happening): string {
  switch (happening.word) {
    case 'arrived':
      return [
        'arrived',
        ...(happening.from === undefined ? [] : [`from ${happening.from}`]),
        ...(happening.to === undefined ? [] : [`to ${happening.to}`]),
      ].join(' ');
    case 'pressed':
      return `pressed ${happening.key}`;
    case 'typed':
      return `typed ${happening.keys}${happening.stopped ? ' (silent)' : ''}`;
    case 'connected':
      return `connected ${happening.staffNo}`;
    case 'left':
      return `left ${happening.how}`;
    case 'recorded': {
      const { seconds, hungUp } = happening;
      return `recorded ${seconds === 0 ? 'nothing' : `${seconds}s`}${hungUp ? ' then hung up' : ''}`;
    }
    default:
      return happening.word;
  }
}
