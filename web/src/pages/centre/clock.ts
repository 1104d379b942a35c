import { useEffect, useState } from 'react';

/** A span in seconds as a clock shows it: `1:05`, `1:00:00`. */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (count: number) => String(count).padStart(2, '0');
  return hours === 0 ? `${minutes}:${two(rest)}` : `${hours}:${two(minutes)}:${two(rest)}`;
}

/** The seconds since a time (ISO), or until it, counted as they pass. */
export function useSeconds(time: string | undefined, way: 'since' | 'until' = 'since'): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (time === undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [time]);
  if (time === undefined) return 0;
  const passed = (now - Date.parse(time)) / 1000;
  return Math.max(0, way === 'since' ? passed : -passed);
}
