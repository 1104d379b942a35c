import { defined } from '../flow/defined.ts';
import type { WaitsFor } from '../flow/events.ts';
import { hasEnded } from '../flow/status.ts';
import { type JournalEntry, type NodeEntry, stepNumberOf } from './read.ts';

/** The reasons why a call ends. */
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

/** One of these. */
export type CallEndReason = (typeof callEndReasons)[number];

/** The record of a call. Fields that no line contains yet are left out. */
export interface CallSummary {
  readonly callSid: string;
  readonly from?: string;
  readonly to?: string;
  readonly flow?: string;
  readonly version?: number;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly endReason?: CallEndReason;
  /** The numbers of steps that must exist but have no line. */
  readonly missing: readonly number[];
}

/**
 * Makes the record of a call from its lines, which are in order of time and unique. The same lines give the same record, no matter in
 * which order they arrived.
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

/** The missing step numbers: steps are numbered from 0 without gaps. */
function missing(steps: readonly JournalEntry[], arrival: JournalEntry | undefined): number[] {
  const told = new Set(steps.map(numberOf));
  const last = steps.at(-1);
  const count = last === undefined ? Number(arrival === undefined) : numberOf(last);
  return Array.from({ length: count }, (_, step) => step).filter((step) => !told.has(step));
}

/** How and when the call ended, if known: by the flow, by the apology, or by a hang-up. */
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

/** If the caller hung up while recording, only the recording's callback shows that there is a voicemail. */
function kept(reason: CallEndReason | undefined, lines: readonly JournalEntry[]): CallEndReason | undefined {
  return reason === 'hung-up-recording' && lines.some((line) => line.recording !== undefined)
    ? 'voicemail'
    : reason;
}

/** The end reason of a call that its flow ended. A call that finished after it could not be put through counts as lost. */
function ended(end: string, lines: readonly JournalEntry[]): CallEndReason | undefined {
  const reason = end === 'finished' ? (outcomeIn(lines) ?? end) : end;
  return callEndReasons.find((each) => each === reason);
}

/** The fields that decide whether a call was served. */
type Turn = Pick<JournalEntry & NodeEntry, 'agent' | 'key' | 'lost' | 'kept'>;

/**
 * The outcome of a finished call: `voicemail`, or the reason why the caller was not put through. `undefined` if an agent answered or
 * the caller pressed a key since.
 */
function outcomeIn(lines: readonly JournalEntry[]): string | undefined {
  const turns = lines.flatMap(({ agent, entries = [] }): readonly Turn[] =>
    agent === undefined ? entries : [{ agent }],
  );
  const last = turns.findLast(({ agent, key, lost, kept }) => agent ?? key ?? lost ?? kept);
  return last?.kept === true ? 'voicemail' : last?.lost;
}

/** The end reason by where the caller hung up; `undefined` if there is no line that shows it. */
function hungUp(lines: readonly JournalEntry[]): CallEndReason | undefined {
  const last = lines.findLast(({ entries, phase }) => entries !== undefined || phase !== undefined);
  if (last === undefined) return undefined;
  const step = lines.findLast(({ entries, phase }) => entries !== undefined && phase === undefined);
  const waits = step?.entries?.at(-1)?.waits ?? 'keys';
  // A late line about a queue or a dial does not count if the call has already gone on.
  const isThere = step === undefined || waits === 'queue' || waits === 'dial';
  const where = (isThere ? last.phase : undefined) ?? places[waits];
  return callEndReasons.find((each) => each === `hung-up-${where}`);
}

/** Where a caller is, by what the call waits for. */
const places: Readonly<Record<WaitsFor, string>> = {
  keys: 'menu',
  queue: 'waiting',
  dial: 'ringing',
  recording: 'recording',
};

function numberOf(line: JournalEntry): number {
  return stepNumberOf(line) ?? 0;
}
