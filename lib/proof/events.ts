import type { Event, WaitsFor } from '../flow/events.ts';
import type { Gather } from '../flow/verbs.ts';
import type { CallEnd } from './ending.ts';
import { type Happening, happeningForms } from './happenings.ts';
import type { ScriptMessage } from './scriptmessage.ts';

/** What a call waits for, with the details of that wait. */
export interface CallStands {
  readonly waits: 'arrival' | WaitsFor;
  /** The verb that takes keys, if the call waits for keys. */
  readonly gather?: Gather;
  /** The longest stay in the queue, if the call waits in one. */
  readonly maxWaitSeconds?: number;
  /** Whether an agent, or the outside number, has answered. */
  readonly talks?: boolean;
}

/** An event without its call. */
type Plain = Event extends infer Each ? (Each extends Event ? Omit<Each, 'call'> : never) : never;

/** What a happening means: an event for the engine, the beginning of a talk, the end of the call, or why it cannot happen there. */
export type Found =
  | { readonly talks: true }
  | { readonly event: Plain }
  | { readonly ends: CallEnd }
  | { readonly refused: ScriptMessage };

/** A kind of wait: its description, the happenings that are possible, and what each of them means. */
interface Wait {
  readonly words: string;
  readonly takes: readonly Happening['word'][];
  found(happening: Happening, standing: CallStands): Found;
}

const waits: Readonly<Record<CallStands['waits'], Wait>> = {
  arrival: {
    words: 'the call has not arrived yet',
    takes: ['arrived'],
    found: () => ({ event: { event: 'arrived' } }),
  },
  keys: {
    words: 'the call waits for keys',
    takes: ['pressed', 'typed', 'silent', 'hung up'],
    found: keyed,
  },
  dial: {
    words: 'the caller waits for an outside number',
    takes: ['answered', 'talked', 'busy', 'no-answer', 'refused', 'hung up'],
    found: dialled,
  },
  recording: {
    words: 'the caller leaves a message',
    takes: ['recorded', 'refused', 'hung up'],
    found: recorded,
  },
  queue: {
    words: 'the caller waits in a queue',
    takes: ['connected', 'talked', 'left', 'hung up'],
    found: queued,
  },
};

/** What a happening means in the current wait. `node` is named in the message if the happening is not possible. */
export function eventFor(happening: Happening, standing: CallStands, node: string): Found {
  const wait = waits[standing.waits];
  if (wait.takes.includes(happening.word)) return wait.found(happening, standing);
  const can = wait.takes.map((word) => `\`> ${happeningForms[word]}\``).join(', ');
  const place = node === '' ? '' : ` at \`${node}\``;
  return {
    refused: {
      message: `\`${happening.word}\` cannot happen here: ${wait.words}${place}. What can: ${can}.`,
      ...{ says: 'cannot', values: { word: happening.word, can } },
    },
  };
}

function keyed(happening: Happening, { gather }: CallStands): Found {
  if (happening.word === 'hung up') return { ends: 'hung-up-menu' };
  if (happening.word === 'pressed') return { event: { event: 'pressed', keys: happening.key } };
  if (happening.word !== 'typed') return { event: { event: 'silent' } };
  const { maxDigits = 1, finishKey } = gather ?? {};
  const end = finishKey === undefined ? -1 : happening.keys.indexOf(finishKey);
  const keys = end < 0 ? happening.keys : happening.keys.slice(0, end);
  if (keys.length > maxDigits) {
    const fix = maxDigits === 1 ? '`> pressed 1`' : 'the keys before that';
    return {
      refused: {
        message: `\`typed ${happening.keys}\` cannot happen here: ${maxDigits} ${maxDigits === 1 ? 'key is' : 'keys are'} taken. Write ${fix}.`,
        ...{ says: 'keys', values: { keys: happening.keys, most: maxDigits } },
      },
    };
  }
  // The carrier reports the finish key alone as silence.
  return keys === '' ? { event: { event: 'silent' } } : { event: { event: 'pressed', keys } };
}

function dialled({ word }: Happening, { talks = false }: CallStands): Found {
  if (word === 'answered') return { talks: true };
  const gone = word === 'hung up';
  const how =
    word === 'busy' || word === 'no-answer' || word === 'talked' ? word : talks ? 'talked' : 'failed';
  if (talks && how !== 'talked') {
    return {
      refused: {
        message: `\`${word}\` cannot happen here: the number was answered. What can: \`> talked\`, \`> hung up\`.`,
        ...{ says: 'answered', values: { word } },
      },
    };
  }
  return { event: { event: 'dialled', how, gone } };
}

/** `refused`: the carrier cannot record. `hung up`: nothing was recorded. */
function recorded(happening: Happening): Found {
  const event = 'recorded' as const;
  if (happening.word === 'refused') return { event: { event, seconds: 0, gone: false, failed: true } };
  const { seconds, hungUp } = happening.word === 'recorded' ? happening : { seconds: 0, hungUp: true };
  const recording = seconds === 0 ? {} : { recording: 'RE00000000000000000000000000000000' };
  return { event: { event, ...recording, seconds, gone: hungUp } };
}

function queued(happening: Happening, { maxWaitSeconds = 0, talks = false }: CallStands): Found {
  const left = { event: 'leftQueue', waitedSeconds: 0, gone: false, ringing: false } as const;
  switch (happening.word) {
    case 'connected':
      return { event: { event: 'connected', staffNo: happening.staffNo } };
    case 'talked':
      return { event: { ...left, by: 'talked' } };
    case 'hung up':
      return { event: { ...left, by: talks ? 'talked' : 'hung-up', gone: true } };
    default: {
      const how = happening.word === 'left' ? happening.how : 'empty';
      const waitedSeconds = how === 'too-long' ? maxWaitSeconds + 1 : 0;
      return { event: { ...left, by: how === 'full' ? 'full' : 'taken-out', waitedSeconds } };
    }
  }
}
