import { premium } from './premium.ts';

/**
 * What the carrier can ring for us: a phone number in E.164 of 7 digits or more, a SIP address with a user and a host (RFC 3261,
 * without headers), or a Twilio client, whose name has letters, digits, `_`, `.` and `-`.
 */
export const endpointPattern = new RegExp(
  [
    '^\\+[1-9][0-9]{6,14}$',
    `^(?=.{1,255}$)sips?:(?:[A-Za-z0-9_.!~*'()&=+$,;/-]|%[2-7][0-9A-Fa-f])+@${host()}(?::[0-9]{1,5})?${parameters()}$`,
    '^client:[A-Za-z0-9_.-]{1,121}$',
  ].join('|'),
);

function host(): string {
  const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
  return `(?:${label}(?:\\.${label})*|\\[[0-9A-Fa-f:.]{2,45}\\])`;
}

function parameters(): string {
  const word = "[A-Za-z0-9_.!~*'-]+";
  return `(?:;${word}(?:=${word})?)*`;
}

/** Why a number is not dialled: it is a premium or shared-cost number, or outside the prefixes that are allowed. */
export type DialRefusal = 'premium' | 'outside';

/**
 * Why an endpoint is not dialled; `undefined` if it may be. `allow` holds E.164 prefixes such as `+1`; without it every
 * country may be dialled, but no premium or shared-cost number. SIP addresses and clients cost no toll and may always be rung.
 */
export function dialRefusal(endpoint: string, allow?: readonly string[]): DialRefusal | undefined {
  if (!endpoint.startsWith('+')) return undefined;
  if (premium.test(endpoint.slice(1))) return 'premium';
  if (allow === undefined || allow.some((prefix) => endpoint.startsWith(prefix))) return undefined;
  return 'outside';
}
