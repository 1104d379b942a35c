import { Button, DatePicker, Input, Select, Space } from 'antd';
import { type ComponentProps, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { spanOf } from '../../../lib/flow/span.ts';
import { type CallFilter, listCalls } from '../api/calls.ts';
import type { Call } from '../api/generated/types.ts';
import { useApi } from '../session/context.ts';
import { ListTable, opensOnClick } from '../shell/list.tsx';
import { PageHeader } from '../shell/pageheader.tsx';
import { MoreButton, QueryList } from '../shell/query.tsx';
import { usePages } from '../shell/usepages.ts';
import { callerOf } from '../words/caller.ts';
import { dateTime } from '../words/time.ts';
import { CallDrawer } from './call.tsx';
import { Ending, endReasons } from './ending.tsx';
import { FlowSelect } from './flowselect.tsx';
import { useNodeNames } from './nodenames.ts';
import { useFlows } from './queries.ts';
import { useHeldText } from './useheldtext.ts';
import './calls.css';
import { Empty } from '../shell/empty.tsx';
import { Tag } from '../shell/tag.tsx';

/** What the page filters by; it stands in its address, so that a list can be sent to somebody. */
const filters = [
  ...(['number', 'flow', 'endReason', 'since', 'until'] as const),
  ...(['version', 'node', 'exit', 'ended', 'missedBy'] as const),
] as const;

type Filter = (typeof filters)[number];

type Days = ComponentProps<typeof DatePicker.RangePicker>['value'];

/** The calls that came in: how each ended, and one step by step. */
export function CallsPage() {
  const { t } = useTranslation();
  const api = useApi();
  const [asked, setAsked] = useSearchParams();
  const wanted = Object.fromEntries(
    filters.flatMap((name) => (asked.get(name) ? [[name, asked.get(name)]] : [])),
  ) as CallFilter;
  const number = useHeldText(wanted.number ?? '');
  const [shown, setShown] = useState<string | undefined>(undefined);
  const calls = usePages(['calls', wanted], (after) => listCalls(api, wanted, after));
  const choose = (given: Partial<Record<Filter, string | undefined>>) => {
    const next = { ...wanted, ...given };
    // What says more of a flow or a node is nothing without it.
    const gone = next.flow ? (next.node ? [] : ['exit', 'ended']) : ['node', 'version', 'exit', 'ended'];
    const all = Object.entries(next).filter(([name, value]) => value && !gone.includes(name));
    setAsked(Object.fromEntries(all) as Record<string, string>, { replace: true, state: number.mark() });
  };
  const filtered = Object.keys(wanted).length > 0;
  return (
    <>
      <PageHeader title={t('calls.title')} about={t('calls.about')}>
        <Button loading={calls.isRefetching} onClick={() => void calls.refetch()}>
          {t('calls.refresh')}
        </Button>
      </PageHeader>
      <Filters wanted={wanted} choose={choose} number={number} />
      <QueryList
        query={calls}
        items={calls.items}
        empty={<Empty title={filtered ? t('calls.noneFound') : t('calls.none')} />}
      >
        {(items) => (
          <section className="card wide">
            <ListTable
              columns={[
                t('calls.began'),
                t('calls.from'),
                t('calls.to'),
                t('calls.flow'),
                t('calls.ended'),
                t('calls.length'),
              ]}
            >
              {items.map((call) => (
                <Row key={call.callSid} call={call} show={() => setShown(call.callSid)} />
              ))}
            </ListTable>
          </section>
        )}
      </QueryList>
      <MoreButton query={calls}>{t('calls.more')}</MoreButton>
      {shown === undefined ? null : <CallDrawer callSid={shown} close={() => setShown(undefined)} />}
    </>
  );
}

/** The days that were chosen, and the times that they begin and end at. */
interface Picked {
  readonly days?: Days;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

interface FiltersProps {
  readonly wanted: CallFilter;
  readonly choose: (given: Partial<Record<Filter, string | undefined>>) => void;
  /** What is typed for the number. */
  readonly number: { readonly text: string; readonly hold: (text: string) => void };
}

function Filters({ wanted, choose, number }: FiltersProps) {
  const { t, i18n } = useTranslation();
  const nameOf = useNodeNames(wanted.flow === undefined ? [] : [wanted.flow]);
  const { flow = '', node = '', exit = '' } = wanted;
  const named: Partial<Record<Filter, string>> = {
    node: nameOf.node(flow, node),
    exit: nameOf.exit(flow, node, exit),
  };
  // A span that the address brought is no choice of days, and is told as the other filters are.
  const [picked, setPicked] = useState<Picked>({});
  const isPicked = (name: 'since' | 'until') => wanted[name] !== undefined && wanted[name] === picked[name];
  const [first = null, last = null] = picked.days ?? [];
  return (
    <Space wrap className="call-filters">
      <Input.Search
        allowClear
        aria-label={t('calls.number')}
        placeholder={t('calls.number')}
        value={number.text}
        onChange={({ target }) => number.hold(target.value)}
        onSearch={(text) => choose({ number: text.trim() })}
      />
      <FlowSelect
        allowClear
        aria-label={t('calls.flow')}
        placeholder={t('calls.flow')}
        value={wanted.flow ?? null}
        onChange={(flow?: string) => choose({ flow })}
      />
      <Select
        allowClear
        aria-label={t('calls.ended')}
        placeholder={t('calls.ended')}
        value={wanted.endReason}
        options={endReasons.map((value) => ({ value, label: t(`calls.reasons.${value}`) }))}
        onChange={(endReason?: string) => choose({ endReason })}
      />
      <DatePicker.RangePicker
        allowEmpty={[true, true]}
        aria-label={t('calls.began')}
        value={[isPicked('since') ? first : null, isPicked('until') ? last : null]}
        onChange={(days) => {
          const [first, last] = days ?? [];
          const span = {
            since: first?.startOf('day').toISOString(),
            until: last?.add(1, 'day').startOf('day').toISOString(),
          };
          setPicked({ ...span, days });
          choose(span);
        }}
      />
      {(['since', 'until'] as const).map((name) =>
        wanted[name] === undefined || isPicked(name) ? null : (
          <Tag key={name} remove={() => choose({ [name]: undefined })}>
            {t(`calls.only.${name}`, { value: dateTime(wanted[name], i18n.language) })}
          </Tag>
        ),
      )}
      {(['version', 'node', 'exit', 'ended', 'missedBy'] as const).map((name) =>
        wanted[name] === undefined ? null : (
          <Tag key={name} remove={() => choose({ [name]: undefined })}>
            {t(`calls.only.${name}`, { value: named[name] ?? String(wanted[name]) })}
          </Tag>
        ),
      )}
    </Space>
  );
}

function Row({ call, show }: { call: Call; show: () => void }) {
  const { t, i18n } = useTranslation();
  const flows = useFlows().data;
  const { callSid, startedAt, endedAt, from, to, flow, version } = call;
  return (
    <tr data-call={callSid} {...opensOnClick(show)}>
      <td>
        <Button type="link" className="call-open" onClick={show}>
          {dateTime(startedAt, i18n.language)}
        </Button>
      </td>
      <td>{callerOf(t, from).name}</td>
      <td>{to}</td>
      <td>
        {flow === undefined ? null : (
          <Link to={`/flows/${flow}`}>
            {flows?.find(({ id }) => id === flow)?.name ?? flow}
            {version === undefined ? '' : ` v${version}`}
          </Link>
        )}
      </td>
      <td>
        <Ending call={call} />
      </td>
      <td>{endedAt === undefined ? null : spanOf(startedAt, endedAt)}</td>
    </tr>
  );
}
