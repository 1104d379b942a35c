import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ago, dateTime } from '../words/time.ts';

/** How long ago something was, which goes on with the clock; the date is shown when one points at it. */
export function Ago({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time className="when" dateTime={at} title={dateTime(at, i18n.language)}>
      {ago(at, i18n.language, Math.max(now, Date.parse(at) || 0))}
    </time>
  );
}
