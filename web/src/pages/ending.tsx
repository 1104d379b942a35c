import { useTranslation } from 'react-i18next';
import type { Call } from '../api/generated/types.ts';
import { Tag, type TagTone } from '../shell/tag.tsx';

/** How ends of calls are coloured: green if the caller was served. */
const tones: Readonly<Record<NonNullable<Call['endReason']>, TagTone>> = {
  finished: 'success',
  errors: 'warning',
  timeout: 'warning',
  'hung-up-menu': 'warning',
  'hung-up-waiting': 'warning',
  'hung-up-ringing': 'warning',
  'hung-up-talking': 'success',
  'hung-up-recording': 'warning',
  voicemail: 'success',
  'nobody-online': 'warning',
  'waited-too-long': 'warning',
  fault: 'error',
  limit: 'error',
};

/** Why calls end. */
export const endReasons = Object.keys(tones) as (keyof typeof tones)[];

/** How a call ended. */
export function Ending({ call: { endReason, endedAt } }: { call: Pick<Call, 'endReason' | 'endedAt'> }) {
  const { t } = useTranslation();
  if (endReason === undefined) {
    return endedAt === undefined ? <Tag tone="info">{t('calls.ongoing')}</Tag> : null;
  }
  return <Tag tone={tones[endReason]}>{t(`calls.reasons.${endReason}`)}</Tag>;
}
