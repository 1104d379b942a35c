/** A time as people write it, in this machine's time zone: 2026-01-31 09:30:00. */
export function localTime(at: string): string {
  // Sweden writes times as ISO 8601 does.
  return new Date(at).toLocaleString('sv-SE');
}
