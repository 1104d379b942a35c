import type { OpeningHours } from '../flow/schedule.ts';

/** Opening hours by schedule id. */
export type KnownHours = ReadonlyMap<string, Pick<OpeningHours, 'timeZone' | 'weekly' | 'holidays'>>;

/** A range in minutes since midnight, or since Monday, 00:00. */
export type MinuteSpan = readonly [from: number, to: number];

/** Ranges of a day: `09:00–12:00 and 14:00–18:00`. */
export function spansText(spans: readonly MinuteSpan[]): string {
  return spans.map(([from, to]) => `${timeText(from)}–${timeText(to)}`).join(' and ');
}

/** Ranges in order, with those joined that follow each other directly. */
export function joinedSpans(spans: readonly MinuteSpan[]): MinuteSpan[] {
  const found: MinuteSpan[] = [];
  for (const [from, to] of spans) {
    const last = found.at(-1);
    if (last?.[1] === from) found[found.length - 1] = [last[0], to];
    else found.push([from, to]);
  }
  return found;
}

function timeText(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
