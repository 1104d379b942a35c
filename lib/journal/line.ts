import type { Entry } from '../engine/result.ts';
import { InternalError } from '../errors.ts';

/** The line format that this release writes. `readLine` also reads format 1. */
export const lineFormat = 2;

const troubles = [
  'unknown-number',
  'no-live-version',
  'unknown-version',
  'bad-cursor',
  'unknown-path',
  'too-slow',
  'carrier',
] as const;

/** Why a webhook was answered with the apology without a step of a flow. */
export type Trouble = (typeof troubles)[number] | 'error';

/** The journal's word for an error that led to the apology. */
export function troubleOf(error: unknown): Trouble {
  const code = error instanceof InternalError ? error.code : undefined;
  return troubles.find((trouble) => trouble === code) ?? 'error';
}

/**
 * One log line: what one webhook did. Call records are made from these lines. A line contains ids and single keys, but nothing else
 * that a caller typed; phone numbers are in the first line of a call only.
 */
export interface JournalLine {
  readonly journal: typeof lineFormat;
  readonly at: string;
  readonly callSid: string;
  /** The caller's and the called number, in the first line of a call. */
  readonly from?: string;
  readonly to?: string;
  /** The cursor before the step, as the query of its URL. */
  readonly cursor?: string;
  /** The cursor after the step, as the query of the next URL. */
  readonly next?: string | undefined;
  /** The journal entries of the step; in a line with a `phase`, those of what the caller heard in the queue. */
  readonly entries?: readonly Entry[];
  /** The memory of the call could not be decrypted, so all of its variables are unset. */
  readonly forgot?: boolean;
  readonly trouble?: Trouble;
  /** The language of the apology, if there is no cursor. */
  readonly language?: string;
  /** The carrier's error code in a request to the fallback URL. */
  readonly code?: string;
  /** The `CallStatus` of a status callback. */
  readonly status?: string;
  readonly durationSeconds?: number;
  /**
   * The state of a queued caller: `waiting` behind `ahead` others, `ringing` while an agent is rung, `talking` to `agent`.
   */
  readonly phase?: 'waiting' | 'ringing' | 'talking';
  readonly ahead?: number;
  readonly agent?: string;
  /** The id of the recording of a voicemail, in the line of its callback. */
  readonly recording?: string;
  /** The staff number of an agent who missed a ring for the caller, and the id of the lease. */
  readonly missed?: string;
  readonly ring?: string;
}

/** Formats one log line, without a newline. */
export function writeJournalLine(at: Date, line: Omit<JournalLine, 'journal' | 'at'>): string {
  const whole: JournalLine = { journal: lineFormat, at: stamp(at), ...line };
  return JSON.stringify(whole);
}

let second = Number.NaN;
let secondText = '';

/** Like `toISOString`, in a third of the time: the text of the current second is cached. */
function stamp(at: Date): string {
  const time = at.getTime();
  const now = Math.floor(time / 1000);
  if (now !== second) {
    secondText = at.toISOString().slice(0, -4);
    second = now;
  }
  const ms = time - now * 1000;
  return `${secondText}${ms < 10 ? '00' : ms < 100 ? '0' : ''}${ms}Z`;
}
