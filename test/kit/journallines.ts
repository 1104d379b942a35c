import type { Entry } from '../../lib/engine/result.ts';
import { begin, type Cursor, writeCursor } from '../../lib/flow/cursor.ts';
import { type JournalLine, lineFormat } from '../../lib/journal/line.ts';

/** When the calls of these tests begin. */
export const startedAt = '2026-01-01T09:00:00.000Z';

/** A time, in seconds after the start, as lines write it. */
export function later(seconds: number): string {
  return new Date(Date.parse(startedAt) + seconds * 1000).toISOString();
}

/** The cursor of a step at a menu of a flow `demo`, or of the first step. */
export function cursorAt(step: number): Cursor {
  const first = begin('demo', 3, 'en-US');
  return step === 0 ? first : { ...first, node: 'menu', waiting: 'keys', step };
}

/** What a test says of a line: of its entries only what matters there. */
export interface Said extends Omit<Partial<JournalLine>, 'cursor' | 'entries'> {
  readonly cursor?: Cursor | string;
  readonly entries?: readonly SaidEntry[];
}

/** What a test says of an entry. */
export type SaidEntry = Pick<Entry, 'node'> & Partial<Entry>;

/** A line of the log, some seconds after the start. */
export function line(callSid: string, seconds: number, { cursor, ...rest }: Said): string {
  const place =
    cursor === undefined ? {} : { cursor: typeof cursor === 'string' ? cursor : writeCursor(cursor) };
  return JSON.stringify({ journal: lineFormat, at: later(seconds), callSid, ...place, ...rest });
}

/** The lines of a call: it arrives, presses a key that leads nowhere, then 1, is put through to nobody, and ends. */
export function wholeCall(callSid: string): string[] {
  return [
    line(callSid, 0, {
      from: '+15550123',
      to: '+15550100',
      cursor: cursorAt(0),
      entries: [
        { node: 'start', exit: 'next', heard: [] },
        { node: 'menu', heard: ['prompt'] },
      ],
    }),
    line(callSid, 4, {
      cursor: cursorAt(1),
      entries: [{ node: 'menu', key: '?', heard: ['errorPrompt', 'prompt'] }],
    }),
    line(callSid, 9, {
      cursor: cursorAt(2),
      entries: [
        { node: 'menu', key: '1', exit: '1', heard: [] },
        { node: 'agents', exit: 'next', lost: 'nobody-online', heard: ['failPrompt'] },
        { node: 'end', end: 'finished', heard: [] },
      ],
    }),
    line(callSid, 12, { status: 'completed', durationSeconds: 12 }),
  ];
}

/** All orders of a list. */
export function orders<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((first, place) => orders(list.toSpliced(place, 1)).map((rest) => [first, ...rest]));
}
