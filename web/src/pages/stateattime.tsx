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
  const [answer, setAnswer] = useState<string | undefined>(undefined);
  const ask = async (text: string) => {
    const at = new Date(text);
    if (text === '' || Number.isNaN(at.getTime())) return setAnswer(undefined);
    try {
      const { state, holiday } = await scheduleAt(api, id, at.toISOString());
      setAnswer([t(`schedules.states.${state}`), holiday].filter(Boolean).join(' · '));
    } catch (error) {
      setAnswer(reasonOf(error));
    }
  };
  return (
    <label className="what-then">
      <span>{t('schedules.whatThen')}</span>
      <Input type="datetime-local" style={{ width: 220 }} onChange={({ target }) => void ask(target.value)} />
      <output>{answer === undefined ? null : <Tag>{answer}</Tag>}</output>
    </label>
  );
}
