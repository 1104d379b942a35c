import * as v from 'valibot';
import { weekdays } from '../flow/schedule.ts';
import { Time, UsageSchema } from './schemas.ts';

const Ranges = v.array(v.tuple([v.string(), v.string()]));
const State = v.picklist(['open', 'closed', 'holiday']);

/** Opening hours, with what callers meet now. */
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
  state: v.pipe(State, v.description('What a caller meets now')),
  holiday: v.exactOptional(v.pipe(v.string(), v.description('The holiday of today'))),
  changesAt: v.exactOptional(v.pipe(Time, v.description('When that changes next, within a year'))),
  holidaysUntil: v.exactOptional(
    v.pipe(
      v.string(),
      v.description('The last day that a holiday is known for: enter the next ones before it'),
    ),
  ),
  usedBy: v.pipe(v.array(UsageSchema), v.description('The flows that ask it')),
});

/** What a caller meets at a time. */
export const ScheduleAtSchema = v.object({ time: Time, state: State, holiday: v.exactOptional(v.string()) });
