import { Alert, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Flow } from '../../../../lib/flow/flow.ts';
import { versionKey, versionName } from '../../api/calls.ts';
import type { CallRecord } from '../../api/generated/types.ts';
import { Refusal } from '../../api/refusal.ts';
import { withLayout } from '../../layout/layout.ts';
import { PageHeader } from '../../shell/pageheader.tsx';
import { NotLoaded, QueryError } from '../../shell/query.tsx';
import { LayeredFlow } from '../../traffic/layeredflow.tsx';
import { pathLayer } from '../../traffic/layers.ts';
import { Steps } from '../call.tsx';
import { NotFound } from '../notfound.tsx';
import { useCall } from '../usecall.ts';
import './traffic.css';

/** One call, drawn on the flows that it went through, with its times and what was heard beside it. */
export function PathPage() {
  const { t } = useTranslation();
  const { callSid = '' } = useParams();
  const seen = useCall(callSid, 5);
  const [chosen, choose] = useState<string | undefined>(undefined);
  const [node, pick] = useState<string | undefined>(undefined);
  if (seen.error instanceof Refusal && [404, 422].includes(seen.error.status)) return <NotFound />;
  if (seen.data === undefined) return <NotLoaded query={seen} />;
  const { call, flows } = seen.data;
  const version = chosen ?? versionKey(call);
  const flow = flows.get(version);
  return (
    <>
      <PageHeader title={t('traffic.path')} about={t('traffic.pathAbout')}>
        {flows.size < 2 ? null : (
          <Segmented
            value={version}
            options={Array.from(flows.keys(), (value) => ({ value, label: versionName(seen.data, value) }))}
            onChange={choose}
          />
        )}
      </PageHeader>
      <QueryError query={seen} />
      <div className="call-path">
        {flow === undefined ? (
          <Alert type="warning" showIcon title={t('calls.noVersion')} />
        ) : (
          <Path call={call} flow={flow} version={version} node={node} pick={pick} />
        )}
        <section className="card call-path-steps">
          <Steps seen={seen.data} {...(node === undefined ? {} : { marked: { version, node } })} />
        </section>
      </div>
    </>
  );
}

interface PathProps {
  readonly call: CallRecord;
  readonly flow: Flow;
  readonly version: string;
  readonly node: string | undefined;
  readonly pick: (node: string) => void;
}

function Path({ call, flow, version, node, pick }: PathProps) {
  const { t } = useTranslation();
  const placed = useMemo(() => withLayout(flow), [flow]);
  const steps = useMemo(
    () => call.steps.filter((step) => versionKey(call, step) === version),
    [call, version],
  );
  const layer = useMemo(() => pathLayer(call, steps, placed, t), [call, steps, placed, t]);
  const first = useMemo(() => new Set(steps.map(({ node }) => node)), [steps]);
  return <LayeredFlow id="path" label={flow.name} flow={placed} {...{ layer, pick, first }} about={node} />;
}
