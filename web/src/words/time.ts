/** An ISO time as people read it in a language of the console. */
export function dateTime(iso: string, language: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** How long before `now` (milliseconds since 1970) an ISO time is, in words; what is older than a week has its date. */
export function ago(iso: string, language: string, now: number): string {
  const seconds = Math.floor((now - new Date(iso).getTime()) / 1000);
  if (!(seconds < 7 * 86_400)) return dateTime(iso, language);
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const [unit, length] = units.find(([, each]) => seconds >= each) ?? (['second', 0] as const);
  return words.format(length === 0 ? 0 : -Math.floor(seconds / length), unit);
}
