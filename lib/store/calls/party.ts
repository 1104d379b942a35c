import { calledNumber } from '../../flow/address.ts';
import { e164 } from '../../flow/phone.ts';

/**
 * Whether `address`, as the carrier posted it, is the wanted one. A number in E.164 is also itself without `+`, and every SIP address
 * that has it as its user part: `+15550199` is `sip:+15550199@pbx.example.com`, too. Any other address is only itself.
 */
export function isAddress(wanted: string, address: string | undefined): boolean {
  if (address === undefined || wanted === address) return address !== undefined;
  return e164.test(wanted) && wanted === calledNumber(address);
}
