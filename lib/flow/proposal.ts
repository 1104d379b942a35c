import { dateAfter, type Holiday, type OpeningHours, weekdays } from './schedule.ts';

const dayMs = 86_400_000;

/** A day of a list of holidays. */
export interface ListedDay {
  readonly date: string;
  readonly name: string;
  /** Whether it is a day of work, though its weekday is none: a make-up workday. */
  readonly isWorked?: boolean;
}

/** What a list of Chinese holidays knows of a date: `getDayDetail` of the package `chinese-days`. */
type DayDetail = (date: string) => { readonly work: boolean; readonly name: string };

/** A number of days of China's list, from a date on. Its names are `English,中文,days`; those of days that are not listed have no comma. */
export function chineseDays(detail: DayDetail, from: string, days: number, language: string): ListedDay[] {
  return Array.from({ length: days }, (_, count) => dateAfter(from, count)).flatMap((date) => {
    const { work, name } = detail(date);
    const [english = '', chinese = ''] = name.split(',');
    if (chinese === '') return [];
    return [{ date, name: language.startsWith('zh') ? chinese : english, isWorked: work }];
  });
}

/** A JavaScript date, of which only its milliseconds since 1970 are read. */
interface Instant {
  getTime(): number;
}

/** A holiday of the package `date-holidays`. */
interface RuledHoliday {
  /** `2026-12-25 00:00:00`, by the clocks of its country. */
  readonly date: string;
  readonly name: string;
  readonly type: string;
  readonly start: Instant;
  readonly end: Instant;
}

/** The public holidays that last whole days; two of one date are one day with both names. */
export function publicDays(holidays: readonly RuledHoliday[]): ListedDay[] {
  const names = new Map<string, string[]>();
  for (const { date, name, type, start, end } of holidays) {
    if (type !== 'public' || !date.includes('00:00:00')) continue;
    // One that begins on its eve, or as clocks are set, is no whole number of days.
    const days = Math.max(1, Math.floor((end.getTime() - start.getTime()) / dayMs + 0.1));
    for (let count = 0; count < days; count += 1) {
      const day = dateAfter(date.slice(0, 10), count);
      names.set(day, [...new Set([...(names.get(day) ?? []), name])]);
    }
  }
  return [...names]
    .map(([date, each]) => ({ date, name: each.join(' · ') }))
    .sort((one, other) => (one.date < other.date ? -1 : 1));
}

/**
 * The holidays of a list that a schedule does not have yet, for a person to confirm: days in a row that have one name are one
 * entry, without the days that an entry of the schedule has. A make-up workday has the hours of the first workday of the week.
 */
export function proposedHolidays(
  { weekly, holidays = [] }: Pick<OpeningHours, 'weekly' | 'holidays'>,
  listed: readonly ListedDay[],
): Holiday[] {
  const [open] = weekdays.slice(0, 5).flatMap((day) => ((weekly[day]?.length ?? 0) > 0 ? [weekly[day]] : []));
  const isKnown = (day: string) => holidays.some(({ date, until = date }) => date <= day && day <= until);
  const found: Holiday[] = [];
  for (const { date, name, isWorked = false } of listed) {
    if (isKnown(date) || (isWorked && open === undefined)) continue;
    const last = found.at(-1);
    const goesOn =
      last !== undefined &&
      last.name === name &&
      (last.open !== undefined) === isWorked &&
      dateAfter(last.until ?? last.date, 1) === date;
    if (goesOn) found[found.length - 1] = { ...last, until: date };
    else found.push({ date, name, ...(isWorked && open !== undefined ? { open } : {}) });
  }
  return found;
}
