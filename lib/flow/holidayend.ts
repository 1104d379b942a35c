import type { Holiday } from './schedule.ts';

/** The warning begins this many days before the last known holiday. */
const warningDays = 60;

/** The last day of the last holiday (`2026-10-07`); `undefined` without holidays. */
export function holidaysUntil(holidays: readonly Holiday[] = []): string | undefined {
  const days = holidays.map(({ date, until }) => until ?? date);
  return days.sort().at(-1);
}

/** Whether the last holiday is less than 60 days after `ms` (milliseconds since 1970), or before it. */
export function holidaysEndSoon(last: string | undefined, ms: number): boolean {
  return last !== undefined && Date.parse(`${last}T00:00:00Z`) - ms < warningDays * 86_400_000;
}
