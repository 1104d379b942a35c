import * as v from 'valibot';
import { weekdays } from '../flow/schedule.ts';
import { Time, UsageSchema } from './schemas.ts';

const Ranges = v.array(v.tuple([v.string(), v.string()]));
const State = v.picklist(['open', 'closed', 'holiday']);

/** A schedule with its current state. */
export const ScheduleSchema = v.object({
  id: v.string(),
  name: v.string(),
  timeZone: v.string(),
  weekly: v.object(Object.fromEntries(weekdays.map((day) => [day, v.exactOptional(Ranges)]))),
  holidays: v.exactOptional(
    v.array(
      v.object({
        date: v.string(),
        until: v.exactOptional(v.string()),
        name: v.string(),
        open: v.exactOptional(Ranges),
      }),
    ),
  ),
  override: v.exactOptional(v.object({ state: State, until: v.exactOptional(Time) })),
  state: v.pipe(State, v.description('The state now')),
  holiday: v.exactOptional(v.pipe(v.string(), v.description('The holiday of today'))),
  changesAt: v.exactOptional(v.pipe(Time, v.description('When the state changes next, if within a year'))),
  holidaysUntil: v.exactOptional(
    v.pipe(v.string(), v.description('The last known holiday: enter the next ones before it')),
  ),
  usedBy: v.pipe(v.array(UsageSchema), v.description('The flows that use it')),
});

/** The state of a schedule at a time. */
export const ScheduleAtSchema = v.object({ time: Time, state: State, holiday: v.exactOptional(v.string()) });
