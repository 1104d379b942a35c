import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CalendarDay, calendarDays } from '../../../lib/flow/calendar.ts';
import { dateAt, type OpeningHours } from '../../../lib/flow/schedule.ts';
import { rangesText } from './hourstext.ts';

const days = 7;

/** A month of a schedule: what really counts on each day, its holidays and moved workdays included. */
export function MonthOfHours({ hours }: { readonly hours: OpeningHours }) {
  const { t, i18n } = useTranslation();
  const [month, setMonth] = useState(() => dateAt(hours.timeZone, Date.now()).slice(0, 7));
  const first = new Date(`${month}-01T00:00:00Z`);
  const move = (months: number) => {
    const other = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + months, 1);
    setMonth(new Date(other).toISOString().slice(0, 7));
  };
  const name = new Intl.DateTimeFormat(i18n.language, { year: 'numeric', month: 'long', timeZone: 'UTC' });
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  return (
    <details className="month">
      <summary>{t('schedules.month')}</summary>
      <div className="month-head">
        <Button
          type="text"
          icon={<LeftOutlined />}
          aria-label={t('schedules.monthBefore')}
          onClick={() => move(-1)}
        />
        <b aria-live="polite">{name.format(first)}</b>
        <Button
          type="text"
          icon={<RightOutlined />}
          aria-label={t('schedules.monthAfter')}
          onClick={() => move(1)}
        />
      </div>
      <table>
        <thead>
          <tr>
            {Array.from({ length: days }, (_, place) => weekday.format(Date.UTC(2024, 0, 1 + place))).map(
              (each) => (
                <th key={each}>{each}</th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {weeksOf(hours, first).map((week) => (
            <tr key={week[0]?.date}>
              {week.map((day) => (
                <Day key={day.date} day={day} isOther={!day.date.startsWith(month)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** The weeks that a month touches, from Monday on, as they count now. */
function weeksOf(hours: OpeningHours, first: Date): CalendarDay[][] {
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth()];
  const before = (first.getUTCDay() + 6) % days;
  const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const from = new Date(Date.UTC(year, month, 1 - before)).toISOString().slice(0, 10);
  const weeks = Math.ceil((before + count) / days);
  const all = calendarDays(hours, from, weeks * days, Date.now());
  return Array.from({ length: weeks }, (_, week) => all.slice(week * days, (week + 1) * days));
}

function Day({ day, isOther }: { readonly day: CalendarDay; readonly isOther: boolean }) {
  const { t } = useTranslation();
  const { date, ranges, holiday, otherwise, override } = day;
  const state = override ?? (ranges.length > 0 ? 'open' : otherwise);
  return (
    <td className={`is-${state}${isOther ? ' is-other' : ''}`} data-date={date}>
      <time dateTime={date}>{Number(date.slice(8))}</time>
      <span>{rangesText(ranges) || t(`schedules.states.${otherwise}`)}</span>
      {holiday === undefined ? null : <small>{holiday}</small>}
      {override === undefined ? null : (
        <small>{t('schedules.byHand', { state: t(`schedules.states.${override}`) })}</small>
      )}
    </td>
  );
}
