import { claimHourly } from '../../store/calls/hourly.ts';
import { billedCaller, mayReach } from '../reach.ts';
import type { Answerer } from './answerer.ts';

/** Whether a number may be dialled for a caller now: allowed by `mayReach`, and within the hourly limit. */
export const answerDial: Answerer<'dial'> = {
  limitMs: 1000,
  onFailure: { allowed: false },
  async answer({ number }, { queue, deadline, call, claim }) {
    if (!(await mayReach(queue, number, call, deadline.signal))) return { allowed: false };
    return { allowed: await claimHourly(queue.table, 'dials', billedCaller(call), claim, queue.now()) };
  },
};
