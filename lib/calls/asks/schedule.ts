import { stateAt } from '../../flow/schedule.ts';
import { fetchSchedule } from '../../store/settings/schedules.ts';
import type { Answerer } from './answerer.ts';

/** Whether a schedule is open now. A schedule that is missing or cannot be read in time counts as open. */
export const answerSchedule: Answerer<'schedule'> = {
  limitMs: 800,
  onFailure: { state: 'open', assumed: true },
  async answer({ schedule }, { queue, deadline }) {
    const found = await fetchSchedule(queue.table, schedule, deadline.signal);
    return found === undefined
      ? { state: 'open', assumed: true }
      : { state: stateAt(found, queue.now().getTime()).state };
  },
};
