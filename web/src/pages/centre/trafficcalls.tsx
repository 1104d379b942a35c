import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Flow, nodeOf } from '../../../../lib/flow/flow.ts';
import { type CallFilter, listCalls } from '../../api/calls.ts';
import type { Traffic } from '../../api/generated/types.ts';
import { useApi } from '../../session/context.ts';
import { ListTable } from '../../shell/list.tsx';
import { NotLoaded } from '../../shell/query.tsx';
import { callerOf } from '../../words/caller.ts';
import { useNames } from '../../words/naming.ts';
import { dateTime } from '../../words/time.ts';
import { CallDrawer } from '../call.tsx';
import { callsPath } from '../callspath.ts';
import { Ending } from '../ending.tsx';

interface TrafficCallsProps {
  readonly flow: Flow;
  readonly traffic: Traffic;
  readonly version: number;
  readonly node: string;
}

/** What is listed: all calls that came to the node, those that ended there, or those that took an exit (`exit:1`). */
type Which = 'all' | 'ended' | `exit:${string}`;

/** The calls of a node, and of each of its exits. */
export function TrafficCalls({ flow, traffic, version, node }: TrafficCallsProps) {
  const { t } = useTranslation();
  const names = useNames();
  const [chosen, choose] = useState<Which>('all');
  const told = Object.hasOwn(traffic.nodes, node) ? traffic.nodes[node] : undefined;
  const found = nodeOf(flow, node);
  if (told === undefined || found === undefined) return <p className="faint">{t('traffic.none')}</p>;
  const exits = Object.entries(told.exits)
    .map(([exit, count = 0]) => ({ exit, count }))
    .sort((one, other) => other.count - one.count);
  const options: { value: Which; label: string }[] = [
    { value: 'all', label: `${t('traffic.entered')} ${told.entered}` },
    ...exits.map(({ exit, count }) => ({
      value: `exit:${exit}` as const,
      label: `${names.exit(found.type, exit)} ${count}`,
    })),
    ...(told.ended === 0
      ? []
      : [{ value: 'ended' as const, label: t('traffic.ended', { count: told.ended }) }]),
  ];
  // Another node may not have the exit that was chosen at this one.
  const which = options.some(({ value }) => value === chosen) ? chosen : 'all';
  const wanted: CallFilter = {
    ...{ flow: flow.id, version, node, since: traffic.since },
    ...(which === 'ended' ? { ended: true } : {}),
    ...(which.startsWith('exit:') ? { exit: which.slice('exit:'.length) } : {}),
  };
  return (
    <section className="card traffic-calls">
      <header>
        <b>{names.node(found)}</b>
        <Segmented value={which} options={options} onChange={choose} />
      </header>
      <Listed wanted={wanted} />
    </section>
  );
}

function Listed({ wanted }: { wanted: CallFilter }) {
  const { t, i18n } = useTranslation();
  const api = useApi();
  const [shown, show] = useState<string | undefined>(undefined);
  const calls = useQuery({
    queryKey: ['calls', 'first', wanted],
    queryFn: () => listCalls(api, wanted, undefined),
  });
  if (calls.data === undefined) return <NotLoaded query={calls} />;
  return (
    <>
      <ListTable columns={[]} narrow>
        {calls.data.items.map((call) => (
          <tr key={call.callSid}>
            <td>
              <Button type="link" className="call-open" onClick={() => show(call.callSid)}>
                {dateTime(call.startedAt, i18n.language)}
              </Button>
            </td>
            <td>{callerOf(t, call.from).name}</td>
            <td>
              <Ending call={call} />
            </td>
          </tr>
        ))}
      </ListTable>
      {calls.data.next === undefined ? null : <Link to={callsPath(wanted)}>{t('calls.more')}</Link>}
      {shown === undefined ? null : <CallDrawer callSid={shown} close={() => show(undefined)} />}
    </>
  );
}
