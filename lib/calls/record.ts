import type { Call, EndReason } from '../store/calls.ts';
import { endReasons } from '../store/calls.ts';
import { stepOf, type Told } from '../store/line.ts';

/** What the carrier says of a call that is over (https://www.twilio.com/docs/voice/twiml#callstatus-values). */
const over = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

/**
 * A call as its lines tell it: at least one, in the order of time, none of them twice. The same lines give the same
 * record, so it does not matter in which order they came to be known.
 */
export function recordOf(callSid: string, lines: readonly [Told, ...Told[]]): Call {
  const steps = lines
    .filter((line) => stepOf(line) !== undefined)
    .sort((one, other) => numberOf(one) - numberOf(other));
  const arrival = lines.find((line) => line.from !== undefined);
  const { from, to, at: startedAt } = arrival ?? lines[0];
  const cursor = steps[0]?.cursor;
  return {
    callSid,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(cursor === undefined ? {} : { flow: cursor.flow, version: cursor.version }),
    startedAt,
    ...ending(lines, steps),
    missing: missing(steps, arrival),
  };
}

/** Steps are numbered without a gap, from the arrival on. */
function missing(steps: readonly Told[], arrival: Told | undefined): number[] {
  const told = new Set(steps.map(numberOf));
  const last = steps.at(-1);
  const count = last === undefined ? Number(arrival === undefined) : numberOf(last);
  return Array.from({ length: count }, (_, step) => step).filter((step) => !told.has(step));
}

/** How and when the call ended, as far as that is known: the flow ended it, our apology did, or the caller hung up. */
function ending(lines: readonly Told[], steps: readonly Told[]): Pick<Call, 'endReason' | 'endedAt'> {
  const last = steps.at(-1);
  const status = lines.find((line) => over.has(line.status ?? ''));
  const apology = lines.findLast(
    ({ trouble, at }) => trouble !== undefined && (last === undefined || at >= last.at),
  );
  const byFlow = last?.entries?.at(-1)?.end === undefined ? undefined : last;
  const closing = apology ?? byFlow;
  if (closing === undefined && status === undefined) return {};
  const endReason = apology === undefined ? (byFlow ? ended(steps) : hungUp(lines)) : 'fault';
  const endedAt = [status, closing, last]
    .flatMap((line) => line?.at ?? [])
    .sort()
    .at(-1);
  return { ...(endReason === undefined ? {} : { endReason }), ...(endedAt === undefined ? {} : { endedAt }) };
}

/** Why a flow ended a call. A call that only ran out after a transfer that failed is not one that was served. */
function ended(steps: readonly Told[]): EndReason | undefined {
  const end = steps.at(-1)?.entries?.at(-1)?.end;
  const reason = endReasons.find((each) => each === end);
  return reason === 'finished' ? (lostAt(steps) ?? reason) : reason;
}

/** Why the last transfer failed; undefined where it did not, or the caller has pressed a key since. */
function lostAt(steps: readonly Told[]): EndReason | undefined {
  for (const step of steps.toReversed()) {
    const online = [...step.answers].findLast(([ask]) => ask.startsWith('online '));
    if (online !== undefined) return online[1] ? undefined : 'nobody-online';
    if (step.entries?.some(({ key }) => key !== undefined)) return undefined;
  }
  return undefined;
}

/** Where the caller was when they hung up; undefined where nothing is known of the call but that it is over. */
function hungUp(lines: readonly Told[]): EndReason | undefined {
  const where = lines.findLast((line) => line.phase !== undefined || stepOf(line) !== undefined);
  if (where === undefined) return undefined;
  return endReasons.find((each) => each === `hung-up-${where.phase ?? 'menu'}`);
}

function numberOf(line: Told): number {
  return stepOf(line) ?? 0;
}
