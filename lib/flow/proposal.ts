import { dateAfter, type Holiday, type OpeningHours, weekdays } from './schedule.ts';

const dayMs = 86_400_000;

/** A day in a list of holidays. */
export interface ListedDay {
  readonly date: string;
  readonly name: string;
  /** Whether it is a make-up workday: a working day on a weekend. */
  readonly isWorked?: boolean;
}

/** `getDayDetail` of the package `chinese-days`: whether a date is a working day, and its name. */
type DayDetail = (date: string) => { readonly work: boolean; readonly name: string };

/**
 * The listed days among `days` days from `from` on, in China's list. Its names have the form `English,中文,days`; a name without a
 * comma means that the day is not listed.
 */
export function chineseDays(detail: DayDetail, from: string, days: number, language: string): ListedDay[] {
  return Array.from({ length: days }, (_, count) => dateAfter(from, count)).flatMap((date) => {
    const { work, name } = detail(date);
    const [english = '', chinese = ''] = name.split(',');
    if (chinese === '') return [];
    return [{ date, name: language.startsWith('zh') ? chinese : english, isWorked: work }];
  });
}

/** The part of a JavaScript `Date` that is used. */
interface Instant {
  getTime(): number;
}

/** A holiday as the package `date-holidays` returns it. */
interface RuledHoliday {
  /** Local time: `2026-12-25 00:00:00`. */
  readonly date: string;
  readonly name: string;
  readonly type: string;
  readonly start: Instant;
  readonly end: Instant;
}

/** The public holidays that last whole days. Two holidays on one date become one day with both names. */
export function publicDays(holidays: readonly RuledHoliday[]): ListedDay[] {
  const names = new Map<string, string[]>();
  for (const { date, name, type, start, end } of holidays) {
    if (type !== 'public' || !date.includes('00:00:00')) continue;
    // The difference is not a whole number of days if clocks are set meanwhile: a tenth of a day allows for that.
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
 * The holidays of a list that a schedule lacks, for a person to confirm. Consecutive days with one name become one entry. A make-up
 * workday gets the hours of the first weekday that is open.
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
