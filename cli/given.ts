import { phoneFaultText, readPhone } from '../lib/flow/phone.ts';

/** The phone number that an argument says, in E.164. Throws a usage error if it says none. */
export function givenNumber(written: string): string {
  const read = readPhone(written);
  if ('number' in read) return read.number;
  throw new Error(`The number "${written}" ${phoneFaultText(read)}.`);
}
