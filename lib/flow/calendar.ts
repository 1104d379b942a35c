import {
  dateAfter,
  dateAt,
  holidayOn,
  type OpeningHours,
  type OpenRange,
  rangesOn,
  type ScheduleState,
} from './schedule.ts';

/** What really counts on a date. */
export interface CalendarDay {
  readonly date: string;
  /** When it is open, within the day and in order; what began on the eve and goes past midnight is there, too. */
  readonly ranges: readonly OpenRange[];
  /** The name of its holiday, or of its day of other hours. */
  readonly holiday?: string;
  /** What a caller meets outside the ranges. */
  readonly otherwise: Exclude<ScheduleState, 'open'>;
  /** What the override makes of this day, or of a part of it. */
  readonly override?: ScheduleState;
}

/** A number of days from a date on, as they count at a time (milliseconds since 1970), which is when an override begins. */
export function calendarDays(hours: OpeningHours, from: string, days: number, now: number): CalendarDay[] {
  return Array.from({ length: days }, (_, count) => dayOf(hours, dateAfter(from, count), now));
}

function dayOf(hours: OpeningHours, date: string, now: number): CalendarDay {
  const holiday = holidayOn(hours, date);
  const override = overrideOn(hours, date, now);
  return {
    date,
    ranges: openOn(hours, date),
    ...(holiday === undefined ? {} : { holiday: holiday.name }),
    otherwise: holiday !== undefined && holiday.open === undefined ? 'holiday' : 'closed',
    ...(override === undefined ? {} : { override }),
  };
}

function openOn(hours: OpeningHours, date: string): OpenRange[] {
  const isPast = ([begins, ends]: OpenRange) => ends <= begins;
  const eve = rangesOn(hours, dateAfter(date, -1)).filter((each) => isPast(each) && each[1] !== '00:00');
  const all: OpenRange[] = [
    ...eve.map(([, ends]): OpenRange => ['00:00', ends]),
    ...rangesOn(hours, date).map((each): OpenRange => (isPast(each) ? [each[0], '24:00'] : each)),
  ];
  const joined: OpenRange[] = [];
  for (const [begins, ends] of all.sort(([one], [other]) => (one < other ? -1 : 1))) {
    const last = joined.at(-1);
    if (last === undefined || last[1] < begins) joined.push([begins, ends]);
    else if (last[1] < ends) joined[joined.length - 1] = [last[0], ends];
  }
  return joined;
}

function overrideOn(
  { override, timeZone }: OpeningHours,
  date: string,
  now: number,
): ScheduleState | undefined {
  if (override === undefined || date < dateAt(timeZone, now)) return undefined;
  const until = override.until === undefined ? undefined : Date.parse(override.until);
  const isOver = until !== undefined && (until <= now || date > dateAt(timeZone, until - 1));
  return isOver ? undefined : override.state;
}
