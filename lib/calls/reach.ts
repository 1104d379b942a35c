import { isWithheld } from '../flow/address.ts';
import { countryPrefix, dialRefusal } from '../flow/dial.ts';
import type { Call } from '../flow/events.ts';
import type { Queue } from '../queue/queue.ts';
import { fetchNumber } from '../store/flows/numbers.ts';

/**
 * Whether flows may dial a number or send it a message: it is inside `DIAL_ALLOW` (if that is not set, in the country of the number that
 * was called), not premium, and not one of our own.
 */
export async function mayReach(
  { table, dialAllow }: Pick<Queue, 'table' | 'dialAllow'>,
  number: string,
  call: Call,
  signal: AbortSignal,
): Promise<boolean> {
  if (dialRefusal(number, dialAllow) !== undefined) return false;
  const isAbroad = countryPrefix(number) !== countryPrefix(call.to);
  if (dialAllow === undefined && isAbroad) return false;
  return (await fetchNumber(table, number, signal)) === undefined;
}

/** The caller by whom dials and messages are counted. All callers who withhold their number count as one. */
export function billedCaller({ from }: Call): string {
  return isWithheld(from) ? 'withheld' : from;
}
