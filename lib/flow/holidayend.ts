import type { Holiday } from './schedule.ts';

/** How many days before the last known holiday ends the next ones must be entered. */
const warningDays = 60;

/** The last day for which a holiday is known; `undefined` without holidays. */
export function holidaysUntil(holidays: readonly Holiday[] = []): string | undefined {
  const days = holidays.map(({ date, until }) => until ?? date);
  return days.sort().at(-1);
}

/** Whether the last known holiday ends within 60 days of a time (milliseconds since 1970), or has ended. */
export function holidaysEndSoon(last: string | undefined, ms: number): boolean {
  return last !== undefined && Date.parse(`${last}T00:00:00Z`) - ms < warningDays * 86_400_000;
}
