import {
  dateAfter,
  dateAt,
  holidayOn,
  type OpeningHours,
  type OpenRange,
  rangesOn,
  type ScheduleState,
} from './schedule.ts';

/** The opening hours of one date, with holidays and the override applied. */
export interface CalendarDay {
  readonly date: string;
  /** The open ranges within the day, in order. They include the rest of a range that began the day before. */
  readonly ranges: readonly OpenRange[];
  /** The name of the holiday on this date, if there is one; it may have opening hours. */
  readonly holiday?: string;
  /** The state outside the ranges. */
  readonly otherwise: Exclude<ScheduleState, 'open'>;
  /** The state that the override sets for this day or a part of it. */
  readonly override?: ScheduleState;
}

/** `days` days from the date `from` on. An override applies from `now` on (milliseconds since 1970). */
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
