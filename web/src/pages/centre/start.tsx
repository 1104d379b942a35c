import { Alert, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import type { Stats } from '../../api/generated/types.ts';
import { useSigned } from '../../session/context.ts';
import { ListTable } from '../../shell/list.tsx';
import { PageHeader } from '../../shell/pageheader.tsx';
import { NotLoaded, QueryError } from '../../shell/query.tsx';
import { dateTime } from '../../words/time.ts';
import { callsPath } from '../callspath.ts';
import { endReasons } from '../ending.tsx';
import { useNodeNames } from '../nodenames.ts';
import { useFlows } from '../queries.ts';
import { useToday } from './queries.ts';
import './centre.css';

/** The first page: what happens now, and what happened today. */
export function StartPage() {
  const { roles } = useSigned().session;
  // Who is an agent and nothing else works at their desk.
  if (roles.length === 1 && roles[0] === 'agent') return <Navigate to="/desk" replace />;
  return <Overview />;
}

function Overview() {
  const { t, i18n } = useTranslation();
  const today = useToday();
  const { data } = today;
  return (
    <>
      <PageHeader title={t('centre.start')} about={t('centre.startAbout')}>
        {null}
      </PageHeader>
      {data === undefined ? (
        <NotLoaded query={today} />
      ) : (
        <>
          <QueryError query={today} />
          {data.complete ? null : (
            <Alert
              type="info"
              showIcon
              title={t('centre.partly', { since: dateTime(data.since, i18n.language) })}
            />
          )}
          <Figures stats={data} />
          <div className="panels">
            <Flows stats={data} />
            <Ends stats={data} />
            <Exits stats={data} />
          </div>
        </>
      )}
    </>
  );
}

/** The counts that a supervisor looks at first. */
function Figures({ stats }: { stats: Stats }) {
  const { t } = useTranslation();
  const { since, now, calls, waiting, queued, missedRings } = stats;
  const { answered, answeredWithin20, answeredWithin180 } = stats;
  return (
    <dl className="figures">
      <Figure name={t('centre.now')} value={now} />
      <Figure name={t('centre.today')} value={calls} to={callsPath({ since })} />
      <Figure name={t('centre.waiting')} value={waiting} to="/queues" />
      <Figure name={t('centre.answered')} value={answered} of={queued} />
      <Figure name={t('centre.within20')} value={answeredWithin20} of={answered} />
      <Figure name={t('centre.within180')} value={answeredWithin180} of={answered} />
      <Figure name={t('centre.missedRings')} value={missedRings} to="/agents" />
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: number;
  /** The whole that it is a part of. */
  readonly of?: number;
  readonly to?: string;
}

function Figure({ name, value, of, to }: FigureProps) {
  const share = of === undefined || of === 0 ? undefined : Math.round((100 * value) / of);
  return (
    <div className="card figure">
      <dt>{to === undefined ? name : <Link to={to}>{name}</Link>}</dt>
      <dd>
        <b>{value}</b>
        {of === undefined ? null : <small> / {of}</small>}
        {share === undefined ? null : (
          <Progress percent={share} status="normal" size="small" aria-label={`${name}: ${share} %`} />
        )}
      </dd>
    </div>
  );
}

function Flows({ stats: { since, byFlow } }: { stats: Stats }) {
  const { t } = useTranslation();
  const flows = useFlows().data;
  return (
    <Panel
      title={t('centre.byFlow')}
      empty={byFlow.length === 0 && t('centre.noneYet')}
      columns={[t('calls.flow'), t('centre.now'), t('centre.today')]}
    >
      {byFlow.map(({ flow, calls, now }) => (
        <tr key={flow} data-flow={flow}>
          <td>
            <Link to={`/flows/${flow}`}>{flows?.find(({ id }) => id === flow)?.name ?? flow}</Link>
          </td>
          <td className="digits">{now}</td>
          <td className="digits">
            <Link to={callsPath({ since, flow })}>{calls}</Link>
          </td>
        </tr>
      ))}
    </Panel>
  );
}

function Ends({ stats: { since, byEndReason, calls } }: { stats: Stats }) {
  const { t } = useTranslation();
  const ends = endReasons
    .map((reason) => ({ reason, count: byEndReason[reason] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count);
  return (
    <Panel title={t('centre.ends')} empty={ends.length === 0 && t('centre.noneEndedYet')}>
      {ends.map(({ reason, count }) => (
        <tr key={reason}>
          <td>
            <Link to={callsPath({ since, endReason: reason })}>{t(`calls.reasons.${reason}`)}</Link>
          </td>
          <td className="digits">{count}</td>
          <td className="share">
            <Progress
              percent={Math.round((100 * count) / calls)}
              size="small"
              aria-label={t(`calls.reasons.${reason}`)}
            />
          </td>
        </tr>
      ))}
    </Panel>
  );
}

function Exits({ stats: { since, busiestExits } }: { stats: Stats }) {
  const { t } = useTranslation();
  const flows = useFlows().data;
  const names = useNodeNames(busiestExits.map(({ flow }) => flow));
  return (
    <Panel title={t('centre.exits')} empty={busiestExits.length === 0 && t('centre.noExitsYet')}>
      {busiestExits.map(({ flow, node, exit, calls }) => (
        <tr key={`${flow} ${node} ${exit}`}>
          <td>
            {flows?.find(({ id }) => id === flow)?.name ?? flow} › {names.node(flow, node)} ›{' '}
            {names.exit(flow, node, exit)}
          </td>
          <td className="digits">
            <Link to={callsPath({ since, flow, node, exit })}>{calls}</Link>
          </td>
        </tr>
      ))}
    </Panel>
  );
}

interface PanelProps {
  readonly title: string;
  /** What is told instead of the rows if there are none. */
  readonly empty: string | false;
  readonly columns?: readonly string[];
  readonly children: React.ReactNode;
}

function Panel({ title, empty, columns = [], children }: PanelProps) {
  return (
    <section className="card">
      <h2>{title}</h2>
      {empty !== false ? (
        <p className="faint loading">{empty}</p>
      ) : (
        <ListTable columns={columns} narrow label={title}>
          {children}
        </ListTable>
      )}
    </section>
  );
}
