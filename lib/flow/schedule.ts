/** The days of the week, as in a schedule. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** One of these. */
export type Weekday = (typeof weekdays)[number];

/** A range of local time: `["09:00", "18:00"]`. If it ends at or before its begin, it goes past midnight. `24:00` ends the day. */
export type OpenRange = readonly [begins: string, ends: string];

/** One or more days with hours other than the weekly ones. */
export interface Holiday {
  /** The first day: `2026-10-01`. */
  readonly date: string;
  /** The last day; the first one if left out. */
  readonly until?: string;
  readonly name: string;
  /** The opening hours, if it is open, such as on a make-up workday. */
  readonly open?: readonly OpenRange[];
}

/** The state of a schedule at a time. */
export type ScheduleState = 'open' | 'closed' | 'holiday';

/** A state that replaces the opening hours for a time. */
export interface Override {
  readonly state: ScheduleState;
  /** The end (ISO, UTC); left out if it applies until it is removed. */
  readonly until?: string;
}

/** Opening hours. */
export interface OpeningHours {
  /** An IANA time zone: `Asia/Shanghai`. */
  readonly timeZone: string;
  readonly weekly: { readonly [Day in Weekday]?: readonly OpenRange[] };
  readonly holidays?: readonly Holiday[];
  readonly override?: Override;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The formatter of a time zone, cached: creating one takes longer than a thousand uses. Throws a RangeError for an unknown zone. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const found = formats.get(timeZone);
  if (found !== undefined) return found;
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, calendar: 'iso8601', hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  });
  formats.set(timeZone, format);
  return format;
}

/** Whether an IANA time zone with this name exists. An offset such as `+01:00` is not one: it has no daylight saving time. */
export function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The local date and time in a time zone. */
interface Wall {
  /** `2026-10-01` */
  readonly date: string;
  /** Minutes since midnight. */
  readonly minutes: number;
}

function wallAt(timeZone: string, ms: number): Wall {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(ms)) parts[type] = value;
  const { year = '', month, day, hour, minute } = parts;
  return { date: `${year.padStart(4, '0')}-${month}-${day}`, minutes: Number(hour) * 60 + Number(minute) };
}

/** The local date in a time zone at `ms` (milliseconds since 1970): `2026-10-01`. */
export function dateAt(timeZone: string, ms: number): string {
  return wallAt(timeZone, ms).date;
}

/** The date that is `days` days after another; `days` may be negative. */
export function dateAfter(date: string, days: number): string {
  return isoOf(Date.parse(`${date}T00:00:00Z`) + days * dayMs).slice(0, 10);
}

function isoOf(ms: number): string {
  const days = Math.floor(ms / dayMs);
  const [year, month, day] = civilOf(days);
  const minutes = Math.floor((ms - days * dayMs) / minuteMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${time}:00.000Z`;
}

/**
 * Year, month and day from the number of days since 1970, in the Gregorian calendar (the algorithm of
 * https://howardhinnant.github.io/date_algorithms.html#civil_from_days). `Date` has no year after 275760.
 */
function civilOf(days: number): [year: number, month: number, day: number] {
  // Years begin in March, so that the leap day is the last day of its year.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
}

function weekdayOf(date: string): Weekday {
  // 1970-01-01 was a Thursday.
  const days = Date.parse(`${date}T00:00:00Z`) / dayMs + 3;
  return weekdays[((days % 7) + 7) % 7] ?? 'mon';
}

/** Minutes since midnight: `24:00` is 1440. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The holiday on a date; `undefined` if there is none. */
export function holidayOn(
  { holidays = [] }: Pick<OpeningHours, 'holidays'>,
  date: string,
): Holiday | undefined {
  return holidays.find((each) => each.date <= date && date <= (each.until ?? each.date));
}

/** The open ranges that begin on a date: those of its holiday, if there is one, else those of its weekday. */
export function rangesOn(hours: OpeningHours, date: string): readonly OpenRange[] {
  const holiday = holidayOn(hours, date);
  return (holiday === undefined ? hours.weekly[weekdayOf(date)] : holiday.open) ?? [];
}

/** The state at `ms` (milliseconds since 1970), and the name of the holiday if there is one. An override comes first. */
export function stateAt(hours: OpeningHours, ms: number): { state: ScheduleState; holiday?: string } {
  const { override } = hours;
  if (override !== undefined && (override.until === undefined || ms < Date.parse(override.until))) {
    return { state: override.state };
  }
  const { date, minutes } = wallAt(hours.timeZone, ms);
  const holiday = holidayOn(hours, date);
  const name = holiday === undefined ? {} : { holiday: holiday.name };
  if (isOpenAt(hours, date, minutes)) return { state: 'open', ...name };
  return holiday !== undefined && holiday.open === undefined
    ? { state: 'holiday', ...name }
    : { state: 'closed', ...name };
}

function isOpenAt(hours: OpeningHours, date: string, minutes: number): boolean {
  const today = rangesOn(hours, date).some(([begins, ends]) => {
    const [from, to] = [minutesOf(begins), minutesOf(ends)];
    return minutes >= from && (to <= from || minutes < to);
  });
  // A range belongs to the day on which it begins, even if the next day is a holiday.
  const sinceYesterday = () =>
    rangesOn(hours, dateAfter(date, -1)).some(([begins, ends]) => {
      return minutesOf(ends) <= minutesOf(begins) && minutes < minutesOf(ends);
    });
  return today || sinceYesterday();
}

/** How many days ahead the next change is searched for. */
const daysAhead = 400;

/** The time of the next change of state after `ms` (ISO, UTC, to the minute); `undefined` if there is none in the next 400 days. */
export function changesAt(hours: OpeningHours, ms: number): string | undefined {
  const { state } = stateAt(hours, ms);
  const begin = Math.floor(ms / minuteMs) * minuteMs;
  let before = begin;
  for (const at of boundariesAfter(hours, begin)) {
    if (stateAt(hours, at).state !== state) return isoOf(firstChange(hours, state, before, at));
    before = at;
  }
  return undefined;
}

/** The first minute between two times at which the state differs from `state`, by bisection: set clocks may move a boundary. */
function firstChange(hours: OpeningHours, state: ScheduleState, before: number, after: number): number {
  let [same, other] = [before, after];
  while (other - same > minuteMs) {
    const middle = same + Math.floor((other - same) / minuteMs / 2) * minuteMs;
    if (stateAt(hours, middle).state === state) same = middle;
    else other = middle;
  }
  return other;
}

/** The times at which the state may change, in order. */
function* boundariesAfter(hours: OpeningHours, begin: number): Iterable<number> {
  const { date: today } = wallAt(hours.timeZone, begin);
  const until = hours.override?.until === undefined ? undefined : Date.parse(hours.override.until);
  for (let day = -1; day <= daysAhead; day += 1) {
    const date = dateAfter(today, day);
    const times = rangesOn(hours, date).flatMap(([begins, ends]) => {
      const past = minutesOf(ends) <= minutesOf(begins) ? 24 * 60 : 0;
      return [minutesOf(begins), minutesOf(ends) + past];
    });
    const walls = [0, ...times, 24 * 60].map(
      (minutes) => Date.parse(`${date}T00:00:00Z`) + minutes * minuteMs,
    );
    const found = walls.flatMap((wall) => instantsOf(hours.timeZone, wall));
    const all = until === undefined || day > 1 ? found : [...found, Math.ceil(until / minuteMs) * minuteMs];
    yield* all.filter((at) => at > begin).sort((one, other) => one - other);
  }
  if (until !== undefined && until > begin) yield Math.ceil(until / minuteMs) * minuteMs;
}

/**
 * The times (milliseconds since 1970) at which clocks in a zone may show `wall`, a local time written as if it were UTC. If
 * clocks are set within a day of it, that moment is also returned.
 */
function instantsOf(timeZone: string, wall: number): number[] {
  const offsetAt = (ms: number) => {
    const { date, minutes } = wallAt(timeZone, ms);
    return Date.parse(`${date}T00:00:00Z`) + minutes * minuteMs - Math.floor(ms / minuteMs) * minuteMs;
  };
  const [before, after] = [offsetAt(wall - dayMs), offsetAt(wall + dayMs)];
  if (before === after) return [wall - before];
  // Clocks are set forward or back in between: that moment can change the state, too.
  let [same, other] = [wall - dayMs, wall + dayMs];
  while (other - same > minuteMs) {
    const middle = same + Math.floor((other - same) / minuteMs / 2) * minuteMs;
    if (offsetAt(middle) === before) same = middle;
    else other = middle;
  }
  return [wall - before, wall - after, other];
}
