import type { TFunction } from 'i18next';
import { calledNumber, isWithheld } from '../../../lib/flow/address.ts';

/** Who called, in words, and the number in E.164 at which they can be called back, if there is one. */
interface Caller {
  readonly name: string;
  readonly number?: string;
}

/** A caller, by the address that the carrier gave: a number, `sip:bob@example.com`, `anonymous`; `undefined` if it is not known. */
export function callerOf(t: TFunction, from: string | undefined): Caller {
  if (from === undefined) return { name: t('calls.unknown') };
  if (isWithheld(from)) return { name: t('calls.withheld') };
  const number = calledNumber(from);
  // Fewer digits are an extension, which only the caller's own exchange knows: `sip:1001@pbx.example.com`.
  return /^\+\d{7,15}$/.test(number) ? { name: number, number } : { name: from };
}
