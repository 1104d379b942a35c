import type { Entry } from '../engine/result.ts';
import { InternalError } from '../errors.ts';

/** The format of the lines that this release writes. `readLine` reads the one before it, too. */
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

/** Why a webhook was answered with the apology before a flow had its say. */
export type Trouble = (typeof troubles)[number] | 'error';

/** The word of the journal for an error that the caller heard the apology for. */
export function troubleOf(error: unknown): Trouble {
  const code = error instanceof InternalError ? error.code : undefined;
  return troubles.find((trouble) => trouble === code) ?? 'error';
}

/**
 * One line of the log: what one webhook did. The log is the journal from which the records of calls are made, so a line
 * holds ids, keys of a phone and nothing else that a caller typed; their number stands in a call's first line only.
 */
export interface JournalLine {
  readonly journal: typeof lineFormat;
  readonly at: string;
  readonly callSid: string;
  /** Who called which number: in the first line of a call. */
  readonly from?: string;
  readonly to?: string;
  /** Where the call stood before the step, as the query of its URL said. */
  readonly cursor?: string;
  /** Where it stands after the step, as its next URL says. */
  readonly next?: string | undefined;
  /** What the step did, node by node; in a line with a `phase`, what the caller heard in the queue. */
  readonly entries?: readonly Entry[];
  /** What the call remembered could not be opened: all of its variables are unset. */
  readonly forgot?: boolean;
  readonly trouble?: Trouble;
  /** The language of the apology, where the cursor does not tell it. */
  readonly language?: string;
  /** The carrier's code of its own trouble with us. */
  readonly code?: string;
  /** How the carrier says the call is. */
  readonly status?: string;
  readonly durationSeconds?: number;
  /**
   * State of a queued caller: behind this many others, as `ahead` says; an agent is rung for
   * them; or, as `agent` says, talks to them.
   */
  readonly phase?: 'waiting' | 'ringing' | 'talking';
  readonly ahead?: number;
  readonly agent?: string;
  /** The id of a recording that is a message, told by the callback that said so. */
  readonly recording?: string;
  /** The staff number of an agent who missed a ring for the caller, and the id of the ring's lease. */
  readonly missed?: string;
  readonly ring?: string;
}

/** Writes one log line; the newline is not part of it. */
export function writeJournalLine(at: Date, line: Omit<JournalLine, 'journal' | 'at'>): string {
  const whole: JournalLine = { journal: lineFormat, at: stamp(at), ...line };
  return JSON.stringify(whole);
}

let second = Number.NaN;
let secondText = '';

/** The time as `toISOString` writes it, at a third of its cost: the second is written once for all of its lines. */
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
