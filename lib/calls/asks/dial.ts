import { isWithheld } from '../../flow/address.ts';
import { countryPrefix, dialRefusal } from '../../flow/dial.ts';
import { claimDial } from '../../store/calls/dials.ts';
import { fetchNumber } from '../../store/flows/numbers.ts';
import type { Answerer } from './answerer.ts';

/**
 * Whether a number may be dialled for a caller now: inside `DIAL_ALLOW` (without it, the country of the number that was
 * called), not premium, none of our own, and not too often. All callers who withhold their number count as one.
 */
export const answerDial: Answerer<'dial'> = {
  limitMs: 1000,
  onFailure: { allowed: false },
  async answer({ number }, { queue, deadline, call, claim }) {
    if (dialRefusal(number, queue.dialAllow) !== undefined) return { allowed: false };
    const isAbroad = countryPrefix(number) !== countryPrefix(call.to);
    if (queue.dialAllow === undefined && isAbroad) return { allowed: false };
    if ((await fetchNumber(queue.table, number, deadline.signal)) !== undefined) return { allowed: false };
    const caller = isWithheld(call.from) ? 'withheld' : call.from;
    return { allowed: await claimDial(queue.table, caller, claim, queue.now()) };
  },
};
