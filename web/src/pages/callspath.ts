import type { CallFilter } from '../api/calls.ts';

/** The address of the list of calls that is filtered so. */
export function callsPath(wanted: CallFilter): string {
  return `/calls?${new URLSearchParams(Object.entries(wanted).map(([name, value]) => [name, String(value)]))}`;
}
