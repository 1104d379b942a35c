import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Select, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holidayRegions, holidayStates, listedHolidays } from '../../../lib/calendar/holidays.ts';
import { proposedHolidays } from '../../../lib/flow/proposal.ts';
import type { Holiday, OpeningHours } from '../../../lib/flow/schedule.ts';
import { rangesText } from './hourstext.ts';

interface ProposalProps {
  /** The hours as they are entered: what they have already is not proposed. */
  readonly hours: Pick<OpeningHours, 'weekly' | 'holidays'>;
  readonly add: (holidays: readonly Holiday[]) => void;
}

/** Proposes the holidays of a country, to be looked at and added by a person: none is taken by itself. */
export function Proposal({ hours, add }: ProposalProps) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const [region, setRegion] = useState<string | undefined>(/^zh\b/.test(language) ? 'CN' : undefined);
  const [state, setState] = useState<string | undefined>(undefined);
  const [left, setLeft] = useState<readonly string[]>([]);
  const regions = useQuery({ queryKey: ['regions', language], queryFn: () => holidayRegions(language) });
  const states = useQuery({
    queryKey: ['states', region, language],
    queryFn: () => (region === undefined ? [] : holidayStates(region, language)),
  });
  const wanted = state ?? region;
  const today = new Date().toISOString().slice(0, 10);
  const found = useQuery({
    queryKey: ['holidays', wanted, language],
    queryFn: () => (wanted === undefined ? [] : listedHolidays(wanted, today, language)),
  });
  const fresh = proposedHolidays(hours, found.data ?? []);
  const chosen = fresh.filter(({ date }) => !left.includes(date));
  const chooseRegion = (code: string) => {
    setRegion(code);
    setState(undefined);
  };
  return (
    <section className="proposal" aria-label={t('schedules.propose')}>
      <Space wrap>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('schedules.country')}
          placeholder={t('schedules.country')}
          loading={regions.isPending}
          value={region ?? null}
          options={regions.data?.map(({ code, name }) => ({ value: code, label: name })) ?? []}
          onChange={chooseRegion}
        />
        {(states.data ?? []).length === 0 ? null : (
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('schedules.state')}
            placeholder={t('schedules.state')}
            value={state ?? null}
            options={states.data?.map(({ code, name }) => ({ value: code, label: name })) ?? []}
            onChange={(code?: string) => setState(code)}
          />
        )}
      </Space>
      {found.isFetching ? <Skeleton active /> : null}
      {found.isError ? <Alert type="error" title={String(found.error.message)} /> : null}
      {wanted !== undefined && found.isSuccess && fresh.length === 0 ? (
        <p>{t('schedules.noneProposed')}</p>
      ) : null}
      <ul className="proposed">
        {fresh.map((each) => (
          <li key={each.date}>
            <Checkbox
              checked={!left.includes(each.date)}
              onChange={({ target }) =>
                setLeft(target.checked ? left.filter((date) => date !== each.date) : [...left, each.date])
              }
            >
              {each.name} {each.date}
              {each.until === undefined ? '' : `–${each.until}`}
              {each.open === undefined ? '' : ` ${rangesText(each.open)}`}
            </Checkbox>
          </li>
        ))}
      </ul>
      {fresh.length === 0 ? null : (
        <>
          <p className="faint">{t('schedules.proposedHelp')}</p>
          <Button type="primary" disabled={chosen.length === 0} onClick={() => add(chosen)}>
            {t('schedules.addProposed', { count: chosen.length })}
          </Button>
        </>
      )}
    </section>
  );
}
