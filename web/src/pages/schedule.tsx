import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Holiday, isTimeZone, weekdays } from '../../../lib/flow/schedule.ts';
import type { Schedule } from '../api/generated/types.ts';
import { putSchedule, readSchedule, type ScheduleSettings } from '../api/schedules.ts';
import type { Replaces } from '../api/tagged.ts';
import { useApi } from '../session/context.ts';
import { upTo } from '../shell/length.ts';
import { SaveDialog } from '../shell/savedialog.tsx';
import { hoursOf, rangesText, readRanges } from './hourstext.ts';
import { NameAndId } from './nameandid.tsx';
import { Proposal } from './proposal.tsx';

interface HolidayFields {
  readonly date: string;
  readonly until?: string;
  readonly name: string;
  readonly open?: string;
}

interface Fields {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly weekly: Readonly<Record<string, string | undefined>>;
  readonly holidays?: readonly HolidayFields[];
}

const zones = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];

/** A holiday, of the API or of a proposal. */
type Proposed = Omit<Holiday, 'open'> & { readonly open?: readonly (readonly string[])[] };

/** Creates a schedule, or changes one. */
export function ScheduleDialog({ schedule, close }: { schedule?: Schedule; close: () => void }) {
  const { t, i18n } = useTranslation();
  const api = useApi();
  const [form] = Form.useForm<Fields>();
  const [proposing, setProposing] = useState(false);
  const day = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' });
  const readable = async (_: unknown, text = '') => {
    if (readRanges(text) === undefined) throw new Error(t('schedules.rangesWrong'));
  };

  const known = async (_: unknown, zone = '') => {
    if (!isTimeZone(zone.trim())) throw new Error(t('schedules.timeZoneWrong'));
  };
  /** A day is not before the first one of the same row. */
  const ordered = (row: number) => ({
    async validator(_: unknown, until = '') {
      const date: string = form.getFieldValue(['holidays', row, 'date']) ?? '';
      if (until !== '' && until < date) throw new Error(t('schedules.untilBefore'));
    },
  });

  const save = async (fields: Fields, replaces: Replaces) => {
    await putSchedule(api, fields.id, settingsOf(fields), replaces);
    return t('schedules.saved', { name: fields.name });
  };

  return (
    <SaveDialog
      width={640}
      title={schedule === undefined ? t('schedules.add') : t('schedules.editOf', { name: schedule.name })}
      okText={t('schedules.save')}
      form={form}
      read={schedule && (() => readSchedule(api, schedule.id))}
      fieldsOf={fieldsOf}
      save={save}
      list="schedules"
      close={close}
    >
      <NameAndId
        form={form}
        isNew={schedule === undefined}
        list="schedules"
        example="office"
        fallback="hours"
      />
      <Form.Item name="timeZone" label={t('schedules.timeZone')} required rules={[{ validator: known }]}>
        <AutoComplete showSearch options={zones.map((zone) => ({ value: zone }))} />
      </Form.Item>
      <p>{t('schedules.rangesHelp')}</p>
      {weekdays.map((each, place) => (
        <Form.Item
          key={each}
          name={['weekly', each]}
          label={day.format(new Date(Date.UTC(2024, 0, 1 + place)))}
          rules={[{ validator: readable }]}
        >
          <Input placeholder={t('schedules.closed')} />
        </Form.Item>
      ))}
      <h3>{t('schedules.holidays')}</h3>
      <Form.List name="holidays">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <div key={key} className="holiday">
                <Form.Item
                  name={[name, 'name']}
                  rules={[{ required: true, message: t('schedules.nameNeeded') }]}
                >
                  <Input aria-label={t('schedules.name')} placeholder={t('schedules.name')} {...upTo(100)} />
                </Form.Item>
                <Form.Item
                  name={[name, 'date']}
                  rules={[{ required: true, message: t('schedules.dateNeeded') }]}
                >
                  <Input type="date" aria-label={t('schedules.from')} />
                </Form.Item>
                <Form.Item
                  name={[name, 'until']}
                  dependencies={[['holidays', name, 'date']]}
                  rules={[ordered(name)]}
                >
                  <Input type="date" aria-label={t('schedules.to')} />
                </Form.Item>
                <Form.Item name={[name, 'open']} rules={[{ validator: readable }]}>
                  <Input aria-label={t('schedules.holidayHours')} placeholder={t('schedules.closed')} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('schedules.holidayRemove')}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Space wrap>
              <Button icon={<PlusOutlined />} onClick={() => add({})}>
                {t('schedules.holidayAdd')}
              </Button>
              <Button aria-expanded={proposing} onClick={() => setProposing(!proposing)}>
                {t('schedules.propose')}
              </Button>
            </Space>
            {proposing ? (
              <Proposal
                hours={hoursOf(settingsOf(form.getFieldsValue(true)))}
                add={(holidays) => {
                  for (const each of holidays.map(fieldsOfHoliday)) add(each);
                  setProposing(false);
                }}
              />
            ) : null}
          </>
        )}
      </Form.List>
    </SaveDialog>
  );
}

function fieldsOf(schedule: Schedule | undefined): Partial<Fields> {
  if (schedule === undefined) {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const workdays = weekdays.slice(0, 5).map((day) => [day, '09:00–17:00']);
    return { timeZone, weekly: Object.fromEntries(workdays) };
  }
  const { id, name, timeZone, weekly, holidays = [] } = schedule;
  return {
    ...{ id, name, timeZone },
    weekly: Object.fromEntries(weekdays.map((day) => [day, rangesText(weekly[day])])),
    holidays: holidays.map(fieldsOfHoliday),
  };
}

function fieldsOfHoliday({ open, ...rest }: Proposed): HolidayFields {
  return { ...rest, ...(open === undefined ? {} : { open: rangesText(open) }) };
}

function settingsOf({ name, timeZone, weekly, holidays = [] }: Fields): ScheduleSettings {
  const days = weekdays.flatMap((day) => {
    const ranges = readRanges(weekly[day] ?? '') ?? [];
    return ranges.length === 0 ? [] : [[day, ranges]];
  });
  const read = holidays.map(({ date, until, name: called, open }) => ({
    ...{ date, name: called },
    ...(until === undefined || until === '' || until === date ? {} : { until }),
    ...(open === undefined || open.trim() === '' ? {} : { open: readRanges(open) ?? [] }),
  }));
  return {
    name,
    timeZone: timeZone.trim(),
    weekly: Object.fromEntries(days),
    ...(read.length === 0 ? {} : { holidays: read }),
  };
}
