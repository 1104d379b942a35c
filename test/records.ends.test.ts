import { expect, test } from 'vitest';
import { type JournalEntry, readLine } from '../lib/journal/read.ts';
import { callEndReasons, recordOf } from '../lib/journal/record.ts';
import { cursorAt, later, line, type Said, type SaidEntry } from './kit/journallines.ts';

const arrival = {
  from: '+15550123',
  to: '+15550100',
  cursor: cursorAt(0),
  entries: [{ node: 'start', exit: 'next' }, { node: 'menu' }],
};
const step = (number: number, ...entries: SaidEntry[]) => ({ cursor: cursorAt(number), entries });
const pressed = { node: 'menu', key: '1', exit: '1' };
const failed = { node: 'agents', exit: 'failed', lost: 'nobody-online' } as const;
const tooLong = { node: 'agents', exit: 'failed', lost: 'waited-too-long' } as const;
const talked = { node: 'agents', exit: 'next' };
const back = { node: 'menu' };
const silent = { node: 'menu', silent: true, exit: 'timeout' } as const;
const end = { node: 'end', end: 'finished' } as const;
const over = { status: 'completed' };
const waiting = { node: 'agents', waits: 'queue' } as const;
const queued = step(1, pressed, waiting);
const ringing = { phase: 'ringing' } as const;
const connected = { phase: 'talking', agent: '1001' } as const;

const recording = step(1, pressed, { node: 'message', waits: 'recording' });
const answered = { phase: 'talking' } as const;
const told = { recording: 'RE1' } as const;
const kept = { node: 'message', exit: 'next', kept: true } as const;
const noAgent = { node: 'agents', exit: 'failed', lost: 'nobody-online' } as const;

/** A step at which the caller is gone already. */
function gone(reason: SaidEntry['end'] & string) {
  return step(2, { node: 'agents', end: reason });
}

/** The record of a call that wrote these lines, one every ten seconds. */
function recordFrom(lines: readonly Said[]) {
  const told = lines.map((each, place) => readLine(line('CA1', place * 10, each))?.entry);
  const [first, ...rest] = told.filter((each): each is JournalEntry => each !== undefined);
  if (first === undefined) throw new Error('no line could be read');
  return recordOf('CA1', [first, ...rest]);
}

const ends: [string, string | undefined, Said[]][] = [
  ['under way', undefined, [arrival, step(1, { node: 'menu', key: '7' })]],
  ['ringing', undefined, [arrival, { status: 'ringing' }]],
  ['hung up without a message', 'hung-up-recording', [arrival, recording, over]],
  ['told so by the step', 'hung-up-recording', [arrival, recording, gone('hung-up-recording'), over]],
  ['hung up after the message', 'voicemail', [arrival, recording, gone('voicemail'), over]],
  ['hung up, and only the callback tells of a message', 'voicemail', [arrival, recording, over, told]],
  ['the callback tells of it first', 'voicemail', [arrival, recording, told, over]],
  ['a message, then nothing more', 'voicemail', [arrival, recording, step(2, kept, end), over]],
  ['a message, then a key', 'finished', [arrival, recording, step(2, kept, pressed, end), over]],
  ['lost, then a message', 'voicemail', [arrival, queued, step(2, noAgent, kept, end), over]],
  [
    'hung up in a menu, told of an answered dial too late',
    'hung-up-menu',
    [
      arrival,
      step(1, pressed, { node: 'dial', waits: 'dial' }),
      step(2, { node: 'menu', waits: 'keys' }),
      answered,
      over,
    ],
  ],
  [
    'hung up in the talk of a dial',
    'hung-up-talking',
    [arrival, step(1, pressed, { node: 'dial', waits: 'dial' }), answered, over],
  ],
  ['walked to its end', 'finished', [arrival, step(1, pressed, end), over]],
  ['wrong keys', 'errors', [arrival, step(1, { node: 'menu', key: '?', end: 'errors' }), over]],
  ['silence', 'timeout', [arrival, step(1, { node: 'menu', silent: true, end: 'timeout' }), over]],
  ['hung up in a menu', 'hung-up-menu', [arrival, over]],
  ['hung up before it was answered', 'hung-up-menu', [arrival, { status: 'canceled' }]],
  ['hung up between two documents', 'hung-up-menu', [arrival, step(1, pressed, failed), over]],
  ['hung up in the queue', 'hung-up-waiting', [arrival, queued, over]],
  ['hung up while an agent rang', 'hung-up-ringing', [arrival, queued, over, ringing]],
  ['said to have hung up in the queue', 'hung-up-waiting', [arrival, queued, gone('hung-up-waiting')]],
  ['hung up while an agent was rung', 'hung-up-ringing', [arrival, queued, gone('hung-up-ringing'), over]],
  ['hung up while talking', 'hung-up-talking', [arrival, queued, connected, over]],
  [
    'said to have hung up while talking',
    'hung-up-talking',
    [arrival, queued, connected, gone('hung-up-talking'), over],
  ],
  ['talked, then nothing more', 'finished', [arrival, queued, connected, step(2, talked, end), over]],
  [
    'hung up in a menu after the talk',
    'hung-up-menu',
    [arrival, queued, connected, step(2, talked, back), over],
  ],
  ['waited too long', 'waited-too-long', [arrival, queued, step(2, tooLong, end), over]],
  ['nobody online', 'nobody-online', [arrival, step(1, pressed, failed, end), over]],
  [
    'nobody online, then silence',
    'nobody-online',
    [arrival, step(1, pressed, failed, back), step(2, silent, end)],
  ],
  [
    'nobody online, then another key',
    'finished',
    [arrival, step(1, pressed, failed, back), step(2, pressed, end)],
  ],
  [
    'nobody online, then somebody of another group',
    'finished',
    [arrival, step(1, pressed, failed, waiting), connected, step(2, talked, end)],
  ],
  ['nobody online, then hung up in a menu', 'hung-up-menu', [arrival, step(1, pressed, failed, back), over]],
  ['a fault of the flow', 'fault', [arrival, step(1, { node: 'x', end: 'fault', fault: 'no-node' }), over]],
  ['too many steps', 'limit', [arrival, step(1, { node: '', end: 'limit', fault: 'too-many-steps' }), over]],
  [
    'an unknown number',
    'fault',
    [{ from: '+1', to: '+2', trouble: 'unknown-number', language: 'en-US' }, over],
  ],
  ['an error in a step', 'fault', [arrival, { trouble: 'error', language: 'en-US' }, over]],
  [
    'a document the carrier could not play',
    'fault',
    [arrival, step(1, end), { trouble: 'carrier', code: '12100' }],
  ],
  [
    'an error when nobody was there any more',
    'finished',
    [arrival, step(1, end), over, { trouble: 'error' }],
  ],
  ['an error that a second try made good', 'finished', [arrival, { trouble: 'error' }, step(1, end), over]],
];

test.each(ends)('%s: %s', (_, reason, lines) => {
  expect(recordFrom(lines).endReason).toBe(reason);
});

test('a call ends when the carrier says so, else with its last step', () => {
  expect(recordFrom([arrival, step(1, end), over]).endedAt).toBe(later(20));
  expect(recordFrom([arrival, step(1, end)]).endedAt).toBe(later(10));
  expect(recordFrom([arrival, over, step(1, end)]).endedAt).toBe(later(20));
  expect(recordFrom([arrival])).not.toHaveProperty('endedAt');
});

test('what ended a call in words of a newer release is no reason of ours', () => {
  const odd = { ...step(1, end), entries: [{ node: 'end', end: 'vanished' }] } as unknown as Said;
  expect(recordFrom([arrival, odd, over])).toMatchObject({ endedAt: later(20), missing: [] });
  expect(recordFrom([arrival, odd, over])).not.toHaveProperty('endReason');
});

test('every reason is tried here', () => {
  expect(new Set(ends.map(([, reason]) => reason))).toEqual(new Set([undefined, ...callEndReasons]));
});
