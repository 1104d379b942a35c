import { spokenDigits } from './text.ts';

/** How carriers name a caller who hides their number; Twilio, RFC 3323 and others do it in words. */
const withheldWords: ReadonlySet<string> = new Set(['', 'anonymous', 'restricted', 'unknown', 'unavailable']);

/** The same words typed on a keypad: ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN. No country has such numbers. */
const withheldNumbers: ReadonlySet<string> = new Set(['+266696687', '+7378742833', '+2562533', '+8656696']);

/**
 * Whether the address of a caller, as the carrier posts it in `From`, tells no number: it is empty, one of the words above
 * in any case, a keypad spelling of one, or a SIP or client address whose user part is one (`sip:anonymous@example.com`).
 */
export function isWithheld(address: string): boolean {
  const user = userOf(address);
  return withheldNumbers.has(user) || withheldWords.has(user.toLowerCase());
}

/**
 * An address as it is spoken: a phone number digit by digit, without `+` (`+15550123` → `1 5 5 5 0 1 2 3`). Of a SIP or
 * client address only the user part is spoken: as a number if it is one, else as a word with its digits one by one
 * (`client:agent-1001` → `agent-1 0 0 1`). Empty if it is withheld.
 */
export function spokenAddress(address: string): string {
  if (isWithheld(address)) return '';
  return spokenDigits(userOf(address));
}

/**
 * The E.164 number in the address that was called, as carriers spell it in `To`: a SIP address whose user part is one
 * (`sip:+15550121@pbx.example.com`), or the number without its `+`. Any other address is returned as it is.
 */
export function calledNumber(address: string): string {
  if (/^\+[1-9]\d{1,14}$/.test(address)) return address;
  if (/^client:/i.test(address)) return address;
  const digits = /^\+?([1-9]\d{1,14})$/.exec(userOf(address))?.[1];
  return digits === undefined ? address : `+${digits}`;
}

/** The part of an address that names who it is: without scheme, parameters and host. */
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
