import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Drawer, Space, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { nodeOf } from '../../../lib/flow/flow.ts';
import { spanOf } from '../../../lib/flow/span.ts';
import { type CallWithFlows, flowsById, versionKey, versionName } from '../api/calls.ts';
import type { CallStep } from '../api/generated/types.ts';
import { download } from '../shell/download.ts';
import { callerOf } from '../words/caller.ts';
import { listed } from '../words/listing.ts';
import { useNames } from '../words/naming.ts';
import { dateTime } from '../words/time.ts';
import { Ending } from './ending.tsx';
import { endText } from './endtext.ts';
import { useCall } from './usecall.ts';
import './calls.css';
import { Empty } from '../shell/empty.tsx';
import { HoverTooltip } from '../shell/hovertooltip.tsx';
import { NotLoaded } from '../shell/query.tsx';
import { Tag } from '../shell/tag.tsx';

/** A call, step by step, and a button that makes a call script of it. */
export function CallDrawer({ callSid, close }: { readonly callSid: string; readonly close: () => void }) {
  const { t } = useTranslation();
  const seen = useCall(callSid);
  return (
    <Drawer
      open
      size={560}
      title={t('calls.one')}
      onClose={close}
      extra={
        seen.data === undefined ? null : (
          <Space>
            <Link to={`/calls/${callSid}`}>{t('traffic.show')}</Link>
            <SaveAsScript seen={seen.data} />
          </Space>
        )
      }
    >
      {seen.data === undefined ? <NotLoaded query={seen} /> : <Steps seen={seen.data} />}
    </Drawer>
  );
}

/** Gives the user the call as a script. What it needs is loaded when it is asked for. */
function SaveAsScript({ seen }: { seen: CallWithFlows }) {
  const { t } = useTranslation();
  const { call } = seen;
  const flow = seen.flows.get(versionKey(call));
  const save = async () => {
    if (flow === undefined) return;
    const { scriptOfRecord } = await import('../../../lib/proof/recorded.ts');
    const flows = flowsById(seen);
    const script = scriptOfRecord(call, flow, (id) => flows.get(id));
    download(`${flow.id}-${call.callSid}.calls.txt`, script, 'text/plain');
  };
  return (
    <HoverTooltip title={flow === undefined ? t('calls.noVersion') : t('calls.scriptHelp')}>
      <Button icon={<DownloadOutlined />} disabled={flow === undefined} onClick={() => void save()}>
        {t('calls.script')}
      </Button>
    </HoverTooltip>
  );
}

interface StepsProps {
  readonly seen: CallWithFlows;
  /** The node whose steps stand out, in one of the versions. */
  readonly marked?: { readonly version: string; readonly node: string };
}

/** A call, step by step. */
export function Steps({ seen, marked }: StepsProps) {
  const { t, i18n } = useTranslation();
  const { call } = seen;
  const { from, to, startedAt, callSid, missing, steps } = call;
  const isMarked = (step: CallStep) =>
    step.node === marked?.node && versionKey(call, step) === marked.version;
  return (
    <>
      <dl className="call-facts">
        <Fact name={t('calls.from')}>{callerOf(t, from).name}</Fact>
        <Fact name={t('calls.to')}>{to ?? ''}</Fact>
        <Fact name={t('calls.began')}>{dateTime(startedAt, i18n.language)}</Fact>
        <Fact name={t('calls.ended')}>
          <Ending call={call} />
        </Fact>
        <Fact name={t('calls.sid')}>
          <code>{callSid}</code>
        </Fact>
      </dl>
      {missing.length === 0 ? null : (
        <Alert
          type="warning"
          showIcon
          title={t('calls.missing', { steps: listed(missing.map(String), i18n.language) })}
        />
      )}
      {steps.length === 0 ? <Empty title={t('calls.noSteps')} /> : null}
      <Timeline
        className="call-steps"
        items={steps.map((step, place) => ({
          key: place,
          color: step.fault === undefined ? 'blue' : 'red',
          content: <Step step={step} seen={seen} marked={isMarked(step)} />,
        }))}
      />
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface StepProps {
  readonly step: CallStep;
  readonly seen: CallWithFlows;
  readonly marked: boolean;
}

/** What happened at one node, in the order in which it happened. */
function Step({ step, seen, marked }: StepProps) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const { heard = [], key, digits, silent, agent, exit, lost, assumed, fault, forgot, unset, at } = step;
  const version = versionKey(seen.call, step);
  const flow = seen.flows.get(version);
  const node = flow && nodeOf(flow, step.node);
  const happened = [
    key === undefined ? '' : t('calls.pressed', { key }),
    digits === undefined ? '' : t('calls.typed', { count: digits }),
    silent === true ? t('calls.silent') : '',
    agent === undefined ? '' : t('calls.agent', { agent }),
    lost === undefined ? '' : t('calls.lost', { reason: endText(t, lost) }),
    assumed === true ? t('calls.assumed') : '',
    forgot === true ? t('calls.forgot') : '',
    unset === undefined ? '' : t('calls.unset', { names: listed(unset, i18n.language) }),
    fault === undefined ? '' : t('calls.fault', { fault }),
  ].filter((text) => text !== '');
  return (
    <article className={marked ? 'call-step is-marked' : 'call-step'}>
      <header>
        <b>{node === undefined ? step.node || t('calls.noNode') : names.node(node)}</b>
        <Space size={4}>
          {step.flow === undefined ? null : <Tag>{versionName(seen, version)}</Tag>}
          {exit === undefined ? null : <Tag>{node === undefined ? exit : names.exit(node.type, exit)}</Tag>}
        </Space>
        <time className="faint" dateTime={at}>
          {spanOf(seen.call.startedAt, at)}
        </time>
      </header>
      {happened.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {heard.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was heard stays in its order, and may stand twice
        <blockquote key={place}>
          {'text' in part ? part.text : t('calls.audio', { id: part.audio })}
        </blockquote>
      ))}
    </article>
  );
}
