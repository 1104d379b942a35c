import type { TFunction } from 'i18next';
import type { Call } from '../api/generated/types.ts';

/** Why a call ended or was not put through, in words; what this console has no words for stays as the API names it. */
export function endText(t: TFunction, reason: string): string {
  return t(`calls.reasons.${reason as NonNullable<Call['endReason']>}`, { defaultValue: reason });
}
