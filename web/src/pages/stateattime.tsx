import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../api/refusal.ts';
import { scheduleAt } from '../api/schedules.ts';
import { useApi } from '../session/context.ts';
import { Tag } from '../shell/tag.tsx';

/** Asks what a caller meets at a time, by the clock of this browser. */
export function StateAtTime({ id }: { id: string }) {
  const { t } = useTranslation();
  const api = useApi();
  const [text, setText] = useState('');
  const time = timeIn(text);
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
      <output>{answer === undefined ? null : <Tag>{answer}</Tag>}</output>
    </label>
  );
}

/** A time as a field gives it, in ISO; `undefined` if that is no time. */
function timeIn(text: string): string | undefined {
  const at = new Date(text);
  return text === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
