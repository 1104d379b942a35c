import type { OpeningHours, OpenRange } from '../../../lib/flow/schedule.ts';
import type { Schedule } from '../api/generated/types.ts';
import type { ScheduleSettings } from '../api/schedules.ts';

/** Ranges as people write them: `09:00–12:00, 13:00–18:00`. */
export function rangesText(ranges: readonly (readonly string[])[] = []): string {
  return ranges.map(([begins, ends]) => `${begins}–${ends}`).join(', ');
}

/** Ranges from what people write; `undefined` if that is no range. Dashes of any kind, full-width signs and one-digit hours are taken. */
export function readRanges(text: string): [begins: string, ends: string][] | undefined {
  const written = text.normalize('NFKC').trim();
  if (written === '') return [];
  const ranges = written.split(/[,;、，]/).map((each): [begins: string, ends: string] => {
    const [, begins = '', ends = ''] =
      /^(\d{1,2}:\d\d)\s*(?:[-–—~〜]|to|至|到)\s*(\d{1,2}:\d\d)$/.exec(each.trim()) ?? [];
    return [begins.padStart(5, '0'), ends.padStart(5, '0')];
  });
  const isTime = (time: string) => /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(time);
  return ranges.every(([begins, ends]) => isTime(begins) && isTime(ends) && begins !== ends)
    ? ranges
    : undefined;
}

/** The hours of a schedule as the API tells it. */
export function hoursOf({ timeZone, weekly, holidays = [] }: ScheduleSettings): OpeningHours {
  const ranges = (list: readonly (readonly string[])[]) =>
    list.map(([begins = '', ends = '']): OpenRange => [begins, ends]);
  return {
    timeZone,
    weekly: Object.fromEntries(Object.entries(weekly).map(([day, list]) => [day, ranges(list)])),
    holidays: holidays.map(({ open, ...rest }) => ({
      ...rest,
      ...(open === undefined ? {} : { open: ranges(open) }),
    })),
  };
}

/** What the emergency switch says of a schedule. */
export function overrideOf({ override }: Pick<Schedule, 'override'>): Pick<OpeningHours, 'override'> {
  return override === undefined ? {} : { override };
}
