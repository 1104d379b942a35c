/** Makes a format once for each language: to make one takes as long as to use it many times, and lists have hundreds of times. */
function perLanguage<Format>(make: (language: string) => Format): (language: string) => Format {
  const made = new Map<string, Format>();
  return (language) => {
    const format = made.get(language) ?? make(language);
    made.set(language, format);
    return format;
  };
}

const shownTime = { dateStyle: 'medium', timeStyle: 'short' } as const;

const dateFormat = perLanguage((language) => new Intl.DateTimeFormat(language, shownTime));
const agoFormat = perLanguage((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));

/** An ISO time as people read it in a language of the console: by the clock of the browser, or of a time zone. */
export function dateTime(iso: string, language: string, timeZone?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  if (timeZone === undefined) return dateFormat(language).format(at);
  return new Intl.DateTimeFormat(language, { ...shownTime, timeZone }).format(at);
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
  const [unit, length] = units.find(([, each]) => seconds >= each) ?? (['second', 0] as const);
  return agoFormat(language).format(length === 0 ? 0 : -Math.floor(seconds / length), unit);
}
