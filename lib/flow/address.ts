import { e164 } from './phone.ts';
import { spokenDigits } from './text.ts';

/** The words that carriers send in place of a withheld number (Twilio, RFC 3323 and others). */
const withheldWords: ReadonlySet<string> = new Set(['', 'anonymous', 'restricted', 'unknown', 'unavailable']);

/** ANONYMOUS, RESTRICTED, BLOCKED and UNKNOWN typed on a keypad, as some carriers send them. No country uses these numbers. */
const withheldNumbers: ReadonlySet<string> = new Set(['+266696687', '+7378742833', '+2562533', '+8656696']);

/**
 * Whether the caller's number is withheld. `address` is the carrier's `From`. True if it is empty, one of the words above in
 * upper or lower case, its keypad spelling, or a SIP or client address with such a user part (`sip:anonymous@example.com`).
 */
export function isWithheld(address: string): boolean {
  const user = userOf(address);
  return withheldNumbers.has(user) || withheldWords.has(user.toLowerCase());
}

/**
 * An address as a voice should read it: a phone number digit by digit, without `+` (`+15550123` → `1 5 5 5 0 1 2 3`). For a
 * SIP or client address only the user part is read, with its digits one by one (`client:agent-1001` → `agent-1 0 0 1`).
 * Empty if the number is withheld.
 */
export function spokenAddress(address: string): string {
  if (isWithheld(address)) return '';
  return spokenDigits(userOf(address));
}

/**
 * The called number in E.164. `address` is the carrier's `To`, which may also be a SIP address with a number as its user part
 * (`sip:+15550121@pbx.example.com`), or a number without `+`. Any other address is returned unchanged.
 */
export function calledNumber(address: string): string {
  if (e164.test(address)) return address;
  if (/^client:/i.test(address)) return address;
  const digits = /^\+?([1-9]\d{1,14})$/.exec(userOf(address))?.[1];
  return digits === undefined ? address : `+${digits}`;
}

/** The user part of an address: without scheme, parameters and host, and with its percent escapes decoded. */
function userOf(address: string): string {
  const [, scheme, rest = ''] = /^(sips?:|tel:|client:)?(.*)$/is.exec(address.trim()) ?? [];
  // Some carriers leave the scheme of a SIP address out.
  if (scheme === undefined && !rest.includes('@')) return rest;
  const user = rest.split(/[@;?]/, 1)[0] ?? '';
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}
