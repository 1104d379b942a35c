import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../api/refusal.ts';
import { scheduleAt } from '../api/schedules.ts';
import { useApi } from '../session/context.ts';
import { Tag } from '../shell/tag.tsx';
import { timeInZone } from '../words/zone.ts';

/** Asks what a caller meets at a time, by a clock in the time zone of the schedule. */
export function StateAtTime({ id, timeZone }: { id: string; timeZone: string }) {
  const { t } = useTranslation();
  const api = useApi();
  const [text, setText] = useState('');
  const time = timeInZone(timeZone, text);
  const found = useQuery({
    queryKey: ['schedules', id, 'at', time],
    queryFn: () => scheduleAt(api, id, time ?? ''),
    enabled: time !== undefined,
    gcTime: 0,
  });
  const answer = found.isError
    ? reasonOf(found.error)
    : found.data &&
      [t(`schedules.states.${found.data.state}`), found.data.holiday].filter(Boolean).join(' · ');
  return (
    <label className="what-then">
      <span>{t('schedules.whatThen')}</span>
      <Input type="datetime-local" style={{ width: 220 }} onChange={({ target }) => setText(target.value)} />
      <small className="faint">{timeZone}</small>
      <output>{answer === undefined ? null : <Tag>{answer}</Tag>}</output>
    </label>
  );
}
