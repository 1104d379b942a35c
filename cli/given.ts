import { isWithheld } from '../lib/flow/address.ts';
import { phoneFaultText, readPhone } from '../lib/flow/phone.ts';

/** The phone number that an argument says, in E.164. Throws a usage error if it says none. */
export function givenNumber(written: string): string {
  const read = readPhone(written);
  if ('number' in read) return read.number;
  throw new Error(`The number "${written}" ${phoneFaultText(read)}.`);
}

/** The caller that an option says: a number in E.164, a SIP or client address, or a word for a withheld number. Throws a usage error. */
export function givenCaller(written: string): string {
  const text = written.trim();
  const isWord = /^[a-z]+$/i.test(text) && isWithheld(text);
  return isWord || /^(sips?|client):\S+$|^\S+@\S+$/i.test(text) ? text : givenNumber(written);
}
