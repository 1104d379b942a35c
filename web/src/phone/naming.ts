import type { TFunction } from 'i18next';
import type { CallEnd } from '../../../lib/proof/ending.ts';
import type { Happening } from '../../../lib/proof/happenings.ts';
import { caller } from '../../../lib/proof/player.ts';
import type { FactKind } from './facts.ts';
import type { Manner } from './testcall.ts';

/** What people call the group, schedule, connection or flow of an id. */
export type NameOf = (kind: FactKind, id: string) => string;

/** What somebody did, in words. */
export function didText(t: TFunction, happening: Happening, manner: Manner | undefined): string {
  switch (happening.word) {
    case 'arrived': {
      const { from = caller.from } = happening;
      return from === caller.from ? t('phone.did.arrived') : t('phone.did.arrivedFrom', { from });
    }
    case 'pressed':
      return t(manner === 'early' ? 'phone.did.early' : 'phone.did.pressed', { key: happening.key });
    case 'typed':
      return t(happening.stopped ? 'phone.did.stopped' : 'phone.did.typed', { keys: happening.keys });
    case 'silent':
      return t(manner === 'spoke' ? 'phone.did.spoke' : 'phone.did.silent');
    case 'connected':
      return t('phone.did.connected', { agent: happening.staffNo });
    case 'left':
      return t(`phone.did.${happening.how}`);
    case 'recorded': {
      const { seconds, hungUp } = happening;
      if (seconds === 0) return t('phone.did.recordedNothing');
      return t(hungUp ? 'phone.did.recordedGone' : 'phone.did.recorded', { seconds });
    }
    default:
      return t(`phone.did.${happening.word}`);
  }
}

/** Why a call ended, in words. */
export function endText(t: TFunction, reason: CallEnd): string {
  return t(`calls.reasons.${reason}`);
}
