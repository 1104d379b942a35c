import { useQuery } from '@tanstack/react-query';
import { Alert, Segmented, Select, Space } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Flow } from '../../../../lib/flow/flow.ts';
import { readTraffic } from '../../api/centre.ts';
import { listVersions, readDraft } from '../../api/flows.ts';
import type { Traffic } from '../../api/generated/types.ts';
import { withLayout } from '../../layout/layout.ts';
import { useApi } from '../../session/context.ts';
import { PageHeader } from '../../shell/pageheader.tsx';
import { NotLoaded, QueryError } from '../../shell/query.tsx';
import { LayeredFlow } from '../../traffic/layeredflow.tsx';
import { trafficLayer } from '../../traffic/layers.ts';
import { dateTime } from '../../words/time.ts';
import { versionQuery } from '../callquery.ts';
import { polling } from './polling.ts';
import { TrafficCalls } from './trafficcalls.tsx';
import './traffic.css';

const hours = { hour: 1, day: 24, week: 168 } as const;

type Period = keyof typeof hours;

/** How calls went through the versions of a flow: one version, or two beside each other. */
export function TrafficPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const api = useApi();
  const [period, setPeriod] = useState<Period>('day');
  const [chosen, setChosen] = useState<readonly (number | undefined)[]>([]);
  const [picked, pick] = useState<{ readonly version: number; readonly node: string } | undefined>(undefined);
  const flow = useQuery({
    queryKey: ['traffic-versions', id],
    async queryFn() {
      const [{ flow: draft, live }, { items }] = await Promise.all([
        readDraft(api, id),
        listVersions(api, id, undefined),
      ]);
      return { name: draft.name, live, versions: items.map(({ version }) => version) };
    },
  });
  const { data } = flow;
  const [first = data?.live ?? data?.versions[0], second] = chosen;
  const options = data?.versions.map((version) => ({
    value: version,
    label: t(version === data.live ? 'traffic.liveVersion' : 'compare.version', { version }),
  }));
  return (
    <>
      <PageHeader title={t('traffic.title', { name: data?.name ?? id })} about={t('traffic.about')}>
        <Space wrap>
          <Segmented
            value={period}
            options={(['hour', 'day', 'week'] as const).map((value) => ({
              value,
              label: t(`traffic.${value}`),
            }))}
            onChange={setPeriod}
          />
          <Select
            aria-label={t('traffic.version')}
            value={first ?? null}
            options={options ?? []}
            onChange={(version: number) => setChosen([version, second])}
            style={{ minWidth: 120 }}
          />
          <Select
            allowClear
            aria-label={t('traffic.beside')}
            placeholder={t('traffic.beside')}
            value={second ?? null}
            options={(options ?? []).filter(({ value }) => value !== first)}
            onChange={(version?: number) => setChosen([first, version])}
            style={{ minWidth: 150 }}
          />
        </Space>
      </PageHeader>
      {data === undefined ? <NotLoaded query={flow} /> : <QueryError query={flow} />}
      {data !== undefined && first === undefined ? (
        <Alert type="info" showIcon title={t('traffic.unpublished')} />
      ) : null}
      <div className="traffic">
        {[first, second].map((version) =>
          version === undefined ? null : (
            <VersionTraffic
              key={version}
              {...{ id, version, period }}
              node={picked !== undefined && picked.version === version ? picked.node : undefined}
              pick={(node) => pick(node === undefined ? undefined : { version, node })}
            />
          ),
        )}
      </div>
    </>
  );
}

interface VersionTrafficProps {
  readonly id: string;
  readonly version: number;
  readonly period: Period;
  readonly node: string | undefined;
  readonly pick: (node: string | undefined) => void;
}

/** The traffic of a version on its drawing, by one call of the API, and the calls of the node that was clicked. */
function VersionTraffic({ id, version, period, node, pick }: VersionTrafficProps) {
  const { t, i18n } = useTranslation();
  const api = useApi();
  const document = useQuery(versionQuery(api, id, version));
  const traffic = useQuery({
    queryKey: ['traffic', id, version, period],
    queryFn: () =>
      readTraffic(api, id, new Date(Date.now() - hours[period] * 3_600_000).toISOString(), version),
    ...polling(30),
  });
  if (document.data === undefined || traffic.data === undefined) {
    return <NotLoaded query={document.isError ? document : traffic} />;
  }
  const { calls, complete, since } = traffic.data;
  return (
    <section className="traffic-version" data-version={version}>
      <QueryError query={traffic} />
      <p className="faint" role="status">
        {t('traffic.calls', { version, count: calls })}
        {complete ? '' : ` ${t('traffic.partly', { since: dateTime(since, i18n.language) })}`}
      </p>
      <Drawn flow={document.data} traffic={traffic.data} version={version} node={node} pick={pick} />
      {node === undefined ? (
        <p className="faint">{t('traffic.pick')}</p>
      ) : (
        <TrafficCalls flow={document.data} traffic={traffic.data} {...{ version, node }} />
      )}
    </section>
  );
}

interface DrawnProps extends Pick<VersionTrafficProps, 'version' | 'node' | 'pick'> {
  readonly flow: Flow;
  readonly traffic: Traffic;
}

function Drawn({ flow, traffic, version, node, pick }: DrawnProps) {
  const { t } = useTranslation();
  const placed = useMemo(() => withLayout(flow), [flow]);
  const layer = useMemo(() => trafficLayer(traffic, placed, t), [traffic, placed, t]);
  return (
    <LayeredFlow
      id={`v${version}`}
      label={t('compare.version', { version })}
      flow={placed}
      layer={layer}
      about={node}
      pick={pick}
    />
  );
}
