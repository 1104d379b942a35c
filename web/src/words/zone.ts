/** The formats of time zones: to make one takes longer than to use it a thousand times. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock in a time zone shows at `ms` (milliseconds since 1970), as if it were UTC. */
function clockAt(timeZone: string, ms: number): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone, calendar: 'iso8601', hourCycle: 'h23', year: 'numeric', month: '2-digit' },
      ...{ day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    });
  formats.set(timeZone, format);
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(ms)) parts[type] = value;
  const { year, month, day, hour, minute, second } = parts;
  return Date.parse(`${year?.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

const dayMs = 24 * 3_600_000;

/**
 * The time (ISO) at which a clock in a time zone shows what a field gives, such as `2026-10-25T02:30`; `undefined` if that is no
 * time. What the clock shows twice, as it is put back, is the first of both; what it leaves out, as it is put forward, is as long
 * after the change as it would have been without.
 */
export function timeInZone(timeZone: string, text: string): string | undefined {
  const shown = Date.parse(`${text}Z`);
  if (text === '' || Number.isNaN(shown)) return undefined;
  const [before = 0, after = 0] = [shown - dayMs, shown + dayMs].map((ms) => clockAt(timeZone, ms) - ms);
  const fits = [before, after]
    .map((offset) => shown - offset)
    .filter((ms) => clockAt(timeZone, ms) === shown);
  return new Date(fits.length === 0 ? shown - before : Math.min(...fits)).toISOString();
}
