import type { Departure } from '../store/queue/departures.ts';
import type { Queue } from './queue.ts';

/** The two service levels in seconds: within which time a caller should be answered, as call centres measure it. */
const soonSeconds = 20;
const lateSeconds = 180;

/** Measures that a caller who waited is connected with an agent. */
export function measureAnswered({ measure }: Queue, departure: Departure, agent: string): void {
  const { callSid, group } = departure;
  const waited = waitedSeconds(departure);
  measure(
    {
      ...{ Answered: 1, TimeToAnswer: waited, QueueWait: waited },
      ...(waited <= soonSeconds ? { AnsweredWithin20s: 1 } : {}),
      ...(waited <= lateSeconds ? { AnsweredWithin180s: 1 } : {}),
    },
    { callSid, group, agent },
  );
}

/** Measures that a caller left a queue without a talk. */
export function measureLeft({ measure }: Queue, departure: Departure, hasHungUp: boolean): void {
  const { callSid, group, since } = departure;
  // A caller who was never seen in the queue has not waited.
  if (since === '') return;
  const abandoned = hasHungUp ? { Abandoned: 1 } : {};
  measure({ QueueWait: waitedSeconds(departure), ...abandoned }, { callSid, group });
}

/** How long a caller waited, in seconds; 0 for one who was never seen in the queue. */
export function waitedSeconds({ since, leftAt }: Pick<Departure, 'since' | 'leftAt'>): number {
  return Math.max(0, Math.floor((Date.parse(leftAt) - Date.parse(since || leftAt)) / 1000));
}
