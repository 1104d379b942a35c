import { defined } from '../flow/defined.ts';
import type { WaitsFor } from '../flow/events.ts';
import { hasEnded } from '../flow/status.ts';
import { type JournalEntry, type NodeEntry, stepNumberOf } from './read.ts';

/** Why a call ended. */
export const callEndReasons = [
  'finished',
  'errors',
  'timeout',
  'hung-up-menu',
  'hung-up-waiting',
  'hung-up-ringing',
  'hung-up-talking',
  'hung-up-recording',
  'voicemail',
  'nobody-online',
  'waited-too-long',
  'fault',
  'limit',
] as const;

/** One of the reasons above. */
export type CallEndReason = (typeof callEndReasons)[number];

/** A call as its lines tell it. What no line has told yet is left out. */
export interface CallSummary {
  readonly callSid: string;
  readonly from?: string;
  readonly to?: string;
  readonly flow?: string;
  readonly version?: number;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly endReason?: CallEndReason;
  /** The numbers of the steps that must have been taken, but of which no line has come. */
  readonly missing: readonly number[];
}

/**
 * A call as its lines tell it: at least one, in the order of time, none of them twice. The same lines give the same
 * record, so it does not matter in which order they came to be known.
 */
export function recordOf(callSid: string, lines: readonly [JournalEntry, ...JournalEntry[]]): CallSummary {
  const steps = lines
    .filter((line) => stepNumberOf(line) !== undefined)
    .sort((one, other) => numberOf(one) - numberOf(other));
  const arrival = lines.find((line) => line.from !== undefined);
  const { from, to, at: startedAt } = arrival ?? lines[0];
  const cursor = steps[0]?.cursor;
  return {
    callSid,
    ...defined({ from, to }),
    ...(cursor === undefined ? {} : { flow: cursor.flow, version: cursor.version }),
    startedAt,
    ...ending(lines, steps),
    missing: missing(steps, arrival),
  };
}

/** Steps are numbered without a gap, from the arrival on. */
function missing(steps: readonly JournalEntry[], arrival: JournalEntry | undefined): number[] {
  const told = new Set(steps.map(numberOf));
  const last = steps.at(-1);
  const count = last === undefined ? Number(arrival === undefined) : numberOf(last);
  return Array.from({ length: count }, (_, step) => step).filter((step) => !told.has(step));
}

/** How and when the call ended, as far as that is known: the flow ended it, our apology did, or the caller hung up. */
function ending(
  lines: readonly JournalEntry[],
  steps: readonly JournalEntry[],
): Pick<CallSummary, 'endReason' | 'endedAt'> {
  const last = steps.at(-1);
  const end = last?.entries?.at(-1)?.end;
  const status = lines.find((line) => hasEnded(line.status));
  const apology = lines.findLast(
    ({ trouble, at }) => trouble !== undefined && at >= (last?.at ?? '') && at <= (status?.at ?? at),
  );
  if (apology === undefined && end === undefined && status === undefined) return {};
  const byCall = kept(end === undefined ? hungUp(lines) : ended(end, lines), lines);
  const endReason = apology === undefined ? byCall : 'fault';
  const endedAt = [status, apology, last]
    .flatMap((line) => line?.at ?? [])
    .sort()
    .at(-1);
  return {
    ...defined({ endReason, endedAt }),
  };
}

/** What is told by the recording's callback alone if the caller hung up: that there is a message. */
function kept(reason: CallEndReason | undefined, lines: readonly JournalEntry[]): CallEndReason | undefined {
  return reason === 'hung-up-recording' && lines.some((line) => line.recording !== undefined)
    ? 'voicemail'
    : reason;
}

/** Why a flow ended a call. A call that only ran out after it could not be put through is not one that was served. */
function ended(end: string, lines: readonly JournalEntry[]): CallEndReason | undefined {
  const reason = end === 'finished' ? (outcomeIn(lines) ?? end) : end;
  return callEndReasons.find((each) => each === reason);
}

/** What may decide whether a call was served. */
type Turn = Pick<JournalEntry & NodeEntry, 'agent' | 'key' | 'lost' | 'kept'>;

/** What came of a call that ran out: a message, or why the caller was not put through; `undefined` if they were, or have pressed a key since. */
function outcomeIn(lines: readonly JournalEntry[]): string | undefined {
  const turns = lines.flatMap(({ agent, entries = [] }): readonly Turn[] =>
    agent === undefined ? entries : [{ agent }],
  );
  const last = turns.findLast(({ agent, key, lost, kept }) => agent ?? key ?? lost ?? kept);
  return last?.kept === true ? 'voicemail' : last?.lost;
}

/** Where the caller was when they hung up; `undefined` if nothing is known of the call but that it is over. */
function hungUp(lines: readonly JournalEntry[]): CallEndReason | undefined {
  const last = lines.findLast(({ entries, phase }) => entries !== undefined || phase !== undefined);
  if (last === undefined) return undefined;
  const step = lines.findLast(({ entries, phase }) => entries !== undefined && phase === undefined);
  const waits = step?.entries?.at(-1)?.waits ?? 'keys';
  // What was told of a queue or a dial counts no more once the call has gone on, however late it comes.
  const isThere = step === undefined || waits === 'queue' || waits === 'dial';
  const where = (isThere ? last.phase : undefined) ?? places[waits];
  return callEndReasons.find((each) => each === `hung-up-${where}`);
}

/** Where a caller is, by what is waited for. */
const places: Readonly<Record<WaitsFor, string>> = {
  keys: 'menu',
  queue: 'waiting',
  dial: 'ringing',
  recording: 'recording',
};

function numberOf(line: JournalEntry): number {
  return stepNumberOf(line) ?? 0;
}
