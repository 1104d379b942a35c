import { premium } from './premium.ts';

/**
 * The endpoints that the carrier can ring: a phone number in E.164 with at least 7 digits, a SIP address with a user and a host
 * (RFC 3261, without headers), or a Twilio client, whose name has letters, digits, `_`, `.` and `-`.
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

/** Why a number is not dialled: `premium`, it is a premium-rate or shared-cost number; `outside`, its prefix is not allowed. */
export type DialRefusal = 'premium' | 'outside';

/**
 * Why an endpoint must not be dialled; `undefined` if it may be. `allow` holds E.164 prefixes such as `+1`; without it every
 * country is allowed. Premium-rate and shared-cost numbers are always refused. SIP addresses and clients are free of charge and
 * always allowed.
 */
export function dialRefusal(endpoint: string, allow?: readonly string[]): DialRefusal | undefined {
  if (!endpoint.startsWith('+')) return undefined;
  if (premium.test(endpoint.slice(1))) return 'premium';
  if (allow === undefined || allow.some((prefix) => endpoint.startsWith(prefix))) return undefined;
  return 'outside';
}

/** Whether a text is a phone number that can be dialled: E.164 with at least 7 digits. */
export function isDialable(text: string): boolean {
  return /^\+[1-9][0-9]{6,14}$/.test(text);
}

/** Area codes within +1 of other countries than the USA and Canada (https://nationalnanpa.com). */
const otherAreas = /^(242|246|264|268|284|345|441|473|649|658|664|721|758|767|784|809|829|849|868|869|876)/;

/** Country codes of two digits (ITU-T E.164, annex); `1` and `7` have one, all others three. */
const twoDigits = /^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/**
 * The country prefix of a number: `+86`, `+1` for the USA and Canada, `+1876` for another country within +1. `undefined` if the
 * text is not a phone number.
 */
export function countryPrefix(number: string): string | undefined {
  if (!isDialable(number)) return undefined;
  const digits = number.slice(1);
  if (digits.startsWith('1')) {
    const area = digits.slice(1, 4);
    return otherAreas.test(area) ? `+1${area}` : '+1';
  }
  return `+${digits.slice(0, digits.startsWith('7') ? 1 : twoDigits.test(digits) ? 2 : 3)}`;
}
