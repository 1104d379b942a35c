import type { TFunction } from 'i18next';
import { named, type PhoneFault } from '../../../lib/flow/phone.ts';

/** Why a text is no phone number, as a sentence in the console's language. */
export function phoneFaultSentence(t: TFunction, fault: PhoneFault): string {
  switch (fault.fault) {
    case 'character':
      return t('numbers.faults.character', { character: named(fault.character) });
    case 'length':
      return t('numbers.faults.length', { digits: fault.digits });
    default:
      return t(`numbers.faults.${fault.fault}`);
  }
}
