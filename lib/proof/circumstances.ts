import type { ScheduleState } from '../flow/schedule.ts';
import type { Explored, Way } from './explore.ts';
import { allowedIn, schedulesIn } from './persons.ts';

/** What does not change because a caller waits: the state of every schedule, and whether agents are available. */
export interface Circumstances {
  readonly schedules?: ScheduleState;
  readonly available?: 'yes' | 'no';
}

/** The circumstances in which calls of a flow can be, as far as the flow asks for them; none if it asks for nothing. */
export function circumstancesOf(explored: Explored): Circumstances[] {
  const schedules =
    schedulesIn(explored).length === 0 ? [undefined] : (['open', 'closed', 'holiday'] as const);
  const asksAgents = explored.ways.some(({ facts }) => facts.some((fact) => fact.startsWith('available ')));
  const available = asksAgents ? (['yes', 'no'] as const) : [undefined];
  return schedules.flatMap((state) =>
    available.flatMap((agents) =>
      state === undefined && agents === undefined
        ? []
        : [{ ...(state && { schedules: state }), ...(agents && { available: agents }) }],
    ),
  );
}

/** Whether a call can take a way under these circumstances. */
export function takenUnder({ schedules, available }: Circumstances): (way: Way) => boolean {
  const isOpen = allowedIn(schedules);
  return (way) =>
    isOpen(way) &&
    (available === undefined ||
      way.facts.every(
        (fact) => !fact.startsWith('available ') || fact.endsWith(': no') === (available === 'no'),
      ));
}

/** Circumstances in English, for the middle of a sentence: `every schedule is closed and no agent is available`. */
export function circumstancesText({ schedules, available }: Circumstances): string {
  const hours = { open: 'open', closed: 'closed', holiday: 'on holiday' };
  return [
    ...(schedules === undefined ? [] : [`every schedule is ${hours[schedules]}`]),
    ...(available === undefined
      ? []
      : [available === 'no' ? 'no agent is available' : 'agents are available']),
  ].join(' and ');
}
