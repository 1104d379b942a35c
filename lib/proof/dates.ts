import { type CalendarDay, calendarDays } from '../flow/calendar.ts';
import { dateAfter, dateAt, minutesOf, type OpeningHours, type ScheduleState } from '../flow/schedule.ts';
import { joinedSpans, type KnownHours, type MinuteSpan, spansText } from './hours.ts';
import type { PersonIn, PersonProof } from './persons.ts';

/** One or more days in a row that have other hours than usual. */
export interface DateSpan {
  readonly from: string;
  readonly until: string;
  /** The holidays; empty on a day that only lacks the rest of the night before. */
  readonly name: string;
}

/** The distance to a person in some hours of days that have other hours than usual; without `person` none can be reached then. */
export interface DatePerson {
  readonly dates: readonly DateSpan[];
  /** In the time zone of the schedules: `09:00–12:00 and 14:00–18:00`. */
  readonly hours: string;
  readonly person?: PersonProof;
}

/** How many days from the first one are looked at. */
const daysAhead = 400;

/** A state of each schedule, and the minutes of the day when it is so. */
interface Part {
  readonly says: ReadonlyMap<string, ScheduleState>;
  readonly spans: MinuteSpan[];
}

/**
 * The distances to a person on the holidays and other dates of schedules, for 400 days from `now` (milliseconds since 1970), or from the
 * first such date. Overrides are ignored. Days with the same hours are put together, the earliest first.
 */
export function personsOnDates(schedules: KnownHours, personIn: PersonIn, now?: number): DatePerson[] {
  const first = firstOf([...schedules.values()], now);
  if (first === undefined) return [];
  const calendars = Array.from(schedules, ([id, hours]) => {
    const days = (holidays: OpeningHours['holidays']) =>
      calendarDays({ timeZone: 'UTC', weekly: hours.weekly, holidays: holidays ?? [] }, first, daysAhead, 0);
    return { id, days: days(hours.holidays), usual: days([]) };
  });
  const groups = new Map<string, { dates: DateSpan[]; parts: readonly Part[] }>();
  for (let place = 0; place < daysAhead; place += 1) {
    const isUsual = calendars.every(({ days, usual }) => same(days[place], usual[place]));
    if (isUsual) continue;
    const days = calendars.flatMap(({ id, days: all }): [string, CalendarDay][] => {
      const day = all[place];
      return day === undefined ? [] : [[id, day]];
    });
    const parts = partsOf(days);
    const key = JSON.stringify(parts.map(({ says, spans }) => [[...says], spans]));
    const group = groups.get(key) ?? { dates: [], parts };
    addDate(group.dates, dateAfter(first, place), namesOf(days));
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ dates, parts }) =>
    parts.map(({ says, spans }): DatePerson => {
      const person = personIn(says);
      return { dates, hours: spansText(spans), ...(person === undefined ? {} : { person }) };
    }),
  );
}

/** The date to begin with; `undefined` if no schedule has a holiday. */
function firstOf(
  all: readonly Pick<OpeningHours, 'timeZone' | 'holidays'>[],
  now?: number,
): string | undefined {
  const dates = all.flatMap(({ holidays = [] }) => holidays.map(({ date }) => date));
  if (dates.length === 0) return undefined;
  const begins = now === undefined ? dates : all.map(({ timeZone }) => dateAt(timeZone, now));
  return begins.reduce((one, other) => (one < other ? one : other));
}

function same(one: CalendarDay | undefined, other: CalendarDay | undefined): boolean {
  return one?.holiday === undefined && JSON.stringify(one?.ranges) === JSON.stringify(other?.ranges);
}

/** The parts of a day by the states of all schedules, in the order in which they begin. */
function partsOf(days: readonly (readonly [string, CalendarDay])[]): Part[] {
  const parts = new Map<string, Part>();
  const edges = days.flatMap(([, { ranges }]) => ranges.flatMap((range) => range.map(minutesOf)));
  const cuts = [...new Set([0, ...edges, 24 * 60])].sort((one, other) => one - other);
  for (const [place, from] of cuts.slice(0, -1).entries()) {
    const says = new Map(
      days.map(([id, { ranges, otherwise }]): [string, ScheduleState] => {
        const isOpen = ranges.some(([begins, ends]) => minutesOf(begins) <= from && from < minutesOf(ends));
        return [id, isOpen ? 'open' : otherwise];
      }),
    );
    const key = [...says.values()].join();
    const part = parts.get(key) ?? { says, spans: [] };
    part.spans.push([from, cuts[place + 1] ?? from]);
    parts.set(key, part);
  }
  return Array.from(parts.values(), ({ says, spans }) => ({ says, spans: joinedSpans(spans) }));
}

function namesOf(days: readonly (readonly [string, CalendarDay])[]): string {
  return [...new Set(days.flatMap(([, { holiday }]) => holiday ?? []))].join(', ');
}

function addDate(dates: DateSpan[], date: string, name: string): void {
  const last = dates.at(-1);
  if (last?.name === name && dateAfter(last.until, 1) === date)
    dates[dates.length - 1] = { ...last, until: date };
  else dates.push({ from: date, until: date, name });
}

/** The most dates that a text names. */
const mostNamed = 3;

/** Dates as a text: `2026-10-01–2026-10-07 National Day, 2027-01-01 New Year`; of many, the first ones and how many follow. */
export function datesText(
  { dates, hours }: Pick<DatePerson, 'dates' | 'hours'>,
  more: (count: number) => string,
): string {
  const named = dates.slice(0, mostNamed).map(({ from, until, name }) => {
    const days = from === until ? from : `${from}–${until}`;
    return name === '' ? days : `${days} ${name}`;
  });
  const left = dates.length - named.length;
  const all = [...named, ...(left === 0 ? [] : [more(left)])].join(', ');
  return hours === wholeDay ? all : `${all}, ${hours}`;
}

const wholeDay = '00:00–24:00';
