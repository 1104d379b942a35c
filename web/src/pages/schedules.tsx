import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Segmented, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holidaysEndSoon } from '../../../lib/flow/holidayend.ts';
import { weekdays } from '../../../lib/flow/schedule.ts';
import type { Schedule } from '../api/generated/types.ts';
import { reasonOf } from '../api/refusal.ts';
import { deleteSchedule, listSchedules, overrideSchedule } from '../api/schedules.ts';
import { useApi, useMay } from '../session/context.ts';
import { PageHeader } from '../shell/pageheader.tsx';
import { QueryList } from '../shell/query.tsx';
import { dateTime } from '../words/time.ts';
import { MonthOfHours } from './calendar.tsx';
import { hoursOf, overrideOf, rangesText } from './hourstext.ts';
import { ScheduleDialog } from './schedule.tsx';
import { StateAtTime } from './stateattime.tsx';
import './schedules.css';
import { Empty } from '../shell/empty.tsx';
import { RowMenu } from '../shell/rowmenu.tsx';
import { Tag } from '../shell/tag.tsx';
import { toast } from '../shell/toast.ts';
import { UsedBy } from './usedby.tsx';

/** The opening hours: what callers meet now, the switch, and the hours themselves. */
export function SchedulesPage() {
  const { t } = useTranslation();
  const api = useApi();
  const may = useMay();
  const schedules = useQuery({
    queryKey: ['schedules'],
    queryFn: () => listSchedules(api),
    refetchInterval: 30_000,
  });
  const [asked, setAsked] = useState<{ readonly schedule?: Schedule } | undefined>(undefined);
  const add = may('PUT /api/schedules/{id}') ? (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAsked({})}>
      {t('schedules.add')}
    </Button>
  ) : null;
  return (
    <>
      <PageHeader title={t('schedules.title')} about={t('schedules.about')}>
        {schedules.data?.length === 0 ? null : add}
      </PageHeader>
      <QueryList
        query={schedules}
        items={schedules.data}
        empty={<Empty title={t('schedules.none')}>{add}</Empty>}
      >
        {(items) =>
          items.map((schedule) => (
            <ScheduleCard key={schedule.id} schedule={schedule} edit={() => setAsked({ schedule })} />
          ))
        }
      </QueryList>
      {asked === undefined ? null : <ScheduleDialog {...asked} close={() => setAsked(undefined)} />}
    </>
  );
}

function ScheduleCard({ schedule, edit }: { schedule: Schedule; edit: () => void }) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const { id, name, timeZone, weekly, holidays = [], usedBy, holidaysUntil } = schedule;
  const mayEdit = may('PUT /api/schedules/{id}');
  const api = useApi();
  const queries = useQueryClient();
  const remove = async () => {
    try {
      await deleteSchedule(api, id);
      toast.success(t('schedules.removed', { name }));
    } finally {
      await queries.invalidateQueries({ queryKey: ['schedules'] });
    }
  };
  const day = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  return (
    <section className="card schedule" data-schedule={id}>
      <header className="schedule-head">
        <div className="named">
          <b>{name}</b>
          <small>
            {id} · {timeZone}
          </small>
        </div>
        <Now schedule={schedule} />
      </header>
      <Switch schedule={schedule} />
      {holidaysEndSoon(holidaysUntil, Date.now()) ? (
        <Alert type="warning" showIcon title={t('schedules.holidaysEnd', { date: holidaysUntil })} />
      ) : null}
      <dl className="week">
        {weekdays.map((each, place) => (
          <div key={each}>
            {/* 2024-01-01 was a Monday. */}
            <dt>{day.format(new Date(Date.UTC(2024, 0, 1 + place)))}</dt>
            <dd>{rangesText(weekly[each]) || t('schedules.closed')}</dd>
          </div>
        ))}
      </dl>
      {holidays.length === 0 ? null : (
        <p className="faint">
          {holidays
            .map((each) => `${each.name} ${each.date}${each.until === undefined ? '' : `–${each.until}`}`)
            .join(' · ')}
        </p>
      )}
      <MonthOfHours hours={{ ...hoursOf(schedule), ...overrideOf(schedule) }} />
      <StateAtTime id={id} timeZone={timeZone} />
      <footer className="schedule-foot">
        <span className="faint">
          <UsedBy label={t(usedBy.length === 0 ? 'schedules.unused' : 'schedules.usedBy')} flows={usedBy} />
        </span>
        {mayEdit ? (
          <Space>
            <Button onClick={edit}>{t('schedules.edit')}</Button>
            <RowMenu
              name={name}
              choices={[
                {
                  key: 'remove',
                  label: t('schedules.remove'),
                  ask: { title: t('schedules.removeTitle', { name }) },
                  run: remove,
                },
              ]}
            />
          </Space>
        ) : null}
      </footer>
    </section>
  );
}

/** What a caller meets now, and until when, by the clock of the schedule. */
function Now({ schedule: { state, holiday, changesAt, timeZone } }: { schedule: Schedule }) {
  const { t, i18n } = useTranslation();
  const tones = { open: 'success', closed: 'error', holiday: 'warning' } as const;
  return (
    <span>
      <Tag tone={tones[state]}>{t(`schedules.states.${state}`)}</Tag>{' '}
      {holiday === undefined ? null : <span>{holiday} </span>}
      {changesAt === undefined ? null : (
        <small className="faint">
          {t('schedules.until', { time: dateTime(changesAt, i18n.language, timeZone) })}
        </small>
      )}
    </span>
  );
}

/** The emergency switch: it counts for the next call. */
function Switch({ schedule: { id, override } }: { schedule: Schedule }) {
  const { t } = useTranslation();
  const api = useApi();
  const may = useMay();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const states = ['auto', 'open', 'closed', 'holiday'] as const;
  const choose = async (state: (typeof states)[number]) => {
    setBusy(true);
    try {
      const now = await overrideSchedule(api, id, { state });
      toast.success(t('schedules.switched', { state: t(`schedules.states.${now.state}`) }));
    } catch (error) {
      toast.error(reasonOf(error));
    }
    await queries.invalidateQueries({ queryKey: ['schedules'] });
    setBusy(false);
  };
  return (
    <Segmented
      block
      disabled={busy || !may('PUT /api/schedules/{id}/override')}
      aria-label={t('schedules.switch')}
      value={override?.state ?? 'auto'}
      options={states.map((state) => ({
        value: state,
        label: state === 'auto' ? t('schedules.auto') : t(`schedules.force.${state}`),
      }))}
      onChange={(state) => void choose(state as (typeof states)[number])}
    />
  );
}
