import { expect, test } from 'vitest';
import type { LineEntry, Line as Written } from '../lib/calls/line.ts';
import { recordOf } from '../lib/calls/record.ts';
import { endReasons } from '../lib/store/calls.ts';
import { readLine, type Told } from '../lib/store/line.ts';
import { cursorAt, later, line } from './kit/lines.ts';

const arrival = {
  from: '+15550123',
  to: '+15550100',
  cursor: cursorAt(0),
  entries: [{ node: 'start', exit: 'next' }, { node: 'menu' }],
};
const step = (number: number, ...entries: LineEntry[]) => ({ cursor: cursorAt(number), entries });
const pressed = { node: 'menu', key: '1', exit: '1' };
const failed = { node: 'agents', exit: 'next' };
const back = { node: 'menu' };
const end = { node: 'end', end: 'finished' } as const;
const over = { status: 'completed' };
const nobody = { answers: { 'online sales': false } };

/** The record of a call that wrote these lines, one every ten seconds. */
function recordFrom(lines: readonly Partial<Written>[]) {
  const told = lines.map((each, place) => readLine(line('CA1', place * 10, each))?.told);
  const [first, ...rest] = told.filter((each): each is Told => each !== undefined);
  if (first === undefined) throw new Error('no line could be read');
  return recordOf('CA1', [first, ...rest]);
}

const ends: [string, string | undefined, Partial<Written>[]][] = [
  ['under way', undefined, [arrival, step(1, { node: 'menu', key: '7' })]],
  ['ringing', undefined, [arrival, { status: 'ringing' }]],
  ['walked to its end', 'finished', [arrival, step(1, pressed, end), over]],
  ['wrong keys', 'errors', [arrival, step(1, { node: 'menu', key: '?', end: 'errors' }), over]],
  ['silence', 'timeout', [arrival, step(1, { node: 'menu', silent: true, end: 'timeout' }), over]],
  ['hung up in a menu', 'hung-up-menu', [arrival, over]],
  ['hung up before it was answered', 'hung-up-menu', [arrival, { status: 'canceled' }]],
  ['hung up between two documents', 'hung-up-menu', [arrival, step(1, pressed, failed), over]],
  ['hung up in the queue', 'hung-up-waiting', [arrival, step(1, pressed), { phase: 'waiting' }, over]],
  [
    'hung up while an agent was rung',
    'hung-up-ringing',
    [arrival, { phase: 'waiting' }, { phase: 'ringing' }, over],
  ],
  ['hung up while talking', 'hung-up-talking', [arrival, { phase: 'waiting' }, { phase: 'talking' }, over]],
  [
    'hung up in a menu after the talk',
    'hung-up-menu',
    [arrival, step(1, pressed), { phase: 'talking' }, step(2, back), over],
  ],
  ['nobody online', 'nobody-online', [arrival, { ...step(1, pressed, failed, end), ...nobody }, over]],
  [
    'nobody online, then silence',
    'nobody-online',
    [
      arrival,
      { ...step(1, pressed, failed, back), ...nobody },
      step(2, { node: 'menu', silent: true, exit: 'timeout' }, end),
    ],
  ],
  [
    'nobody online, then another key',
    'finished',
    [arrival, { ...step(1, pressed, failed, back), ...nobody }, step(2, pressed, end)],
  ],
  [
    'nobody online, then somebody of another group',
    'finished',
    [
      arrival,
      { ...step(1, pressed, failed), answers: { 'online sales': false, 'online reception': true } },
      step(2, { node: 'agents', exit: 'next' }, end),
    ],
  ],
  [
    'nobody online, then hung up in a menu',
    'hung-up-menu',
    [arrival, { ...step(1, pressed, failed, back), ...nobody }, over],
  ],
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

test('every reason that a record can have is tried here but the one that no line tells yet', () => {
  const tried = new Set(ends.map(([, reason]) => reason));
  expect(endReasons.filter((reason) => !tried.has(reason))).toEqual(['waited-too-long']);
});
