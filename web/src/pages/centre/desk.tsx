import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { listCalls } from '../../api/calls.ts';
import { listAgents, readAgent } from '../../api/centre.ts';
import type { Agent } from '../../api/generated/types.ts';
import { openPhones } from '../../api/phones.ts';
import { listVoicemails } from '../../api/voicemails.ts';
import { PhoneControls } from '../../desk/controls.tsx';
import { openLocalPhone } from '../../desk/local.ts';
import type { Tell } from '../../desk/phone.ts';
import { useApi, useMay, useSigned } from '../../session/context.ts';
import { PageHeader } from '../../shell/pageheader.tsx';
import { NotLoaded, QueryError, QueryList } from '../../shell/query.tsx';
import { callerOf } from '../../words/caller.ts';
import { dateTime } from '../../words/time.ts';
import { CallDrawer } from '../call.tsx';
import { CallerCard } from './caller.tsx';
import { polling } from './polling.ts';
import { PresenceCard } from './presence.tsx';
import { useQueues } from './queries.ts';
import { QueueTable } from './queuetable.tsx';
import './centre.css';
import './desk.css';
import { Empty } from '../../shell/empty.tsx';
import { ListTable } from '../../shell/list.tsx';

/** Where an agent works: their presence, the queues of their groups, who rings, and their missed rings. */
export function DeskPage() {
  const { t } = useTranslation();
  const { api, session } = useSigned();
  const own = useQuery({
    queryKey: ['agents', 'of', session.user],
    queryFn: () => listAgents(api, session.user),
  });
  const [chosen, choose] = useState<string | undefined>(undefined);
  if (own.data === undefined) return <NotLoaded query={own} />;
  const agent = own.data.find(({ staffNo }) => staffNo === chosen) ?? own.data[0];
  return (
    <>
      <PageHeader title={t('desk.title')} about={t('desk.about')}>
        {own.data.length < 2
          ? null
          : own.data.map(({ staffNo, name }) => (
              <Button key={staffNo} disabled={staffNo === agent?.staffNo} onClick={() => choose(staffNo)}>
                {name}
              </Button>
            ))}
      </PageHeader>
      {agent === undefined ? <NoAgent user={session.user} /> : <Desk key={agent.staffNo} first={agent} />}
    </>
  );
}

/** Tells who is no agent how to become one; who may set agents does it themselves. */
function NoAgent({ user }: { user: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayEdit = useMay()('PUT /api/agents/{staffNo}');
  return (
    <Empty title={t('desk.nobody')} text={t(mayEdit ? 'desk.nobodyAdmin' : 'desk.nobodyText', { user })}>
      {mayEdit ? (
        <Button type="primary" onClick={() => void navigate('/agents')}>
          {t('desk.toAgents')}
        </Button>
      ) : null}
    </Empty>
  );
}

function Desk({ first }: { first: Agent }) {
  const { t } = useTranslation();
  const api = useApi();
  const { staffNo } = first;
  const agent = useQuery({
    queryKey: ['agents', staffNo],
    queryFn: async () => (await readAgent(api, staffNo)).data,
    initialData: first,
    // In the background, too, a ring must not be missed.
    ...polling(2, 4),
  });
  const { state, call, skillGroups } = agent.data;
  const queues = useQueues();
  return (
    <div className="desk">
      <QueryError query={agent} />
      <PresenceCard agent={agent.data} />
      <Phone agent={agent.data} />
      {call === undefined || (state !== 'ringing' && state !== 'talking') ? null : (
        <CallerCard call={call} state={state} />
      )}
      <section className="desk-wide">
        <h2>{t('desk.queues')}</h2>
        <QueryList
          query={queues}
          items={queues.data?.filter(({ group }) => skillGroups.includes(group))}
          empty={<Empty title={t('desk.noGroups')} />}
        >
          {(own) => <QueueTable queues={own} />}
        </QueryList>
      </section>
      <Messages />
      <Missed staffNo={staffNo} state={state} />
    </div>
  );
}

/** The phone of the desk: on a laptop it is here, else it has a page of its own. */
function Phone({ agent: { staffNo, endpoint, name, presence } }: { agent: Agent }) {
  const { t } = useTranslation();
  const { session } = useSigned();
  const phones = useMemo(() => openPhones(session), [session]);
  const open = useCallback(
    async (tell: Tell) => {
      if (phones === undefined) throw new Error('There are no phones here.');
      return await openLocalPhone(phones, endpoint, tell);
    },
    [phones, endpoint],
  );
  if (phones !== undefined)
    return (
      <PhoneControls
        open={open}
        ringText={t('desk.ringing', { name })}
        online={presence === 'online'}
        sound
      />
    );
  return (
    <section className="card desk-phone">
      <p>{t('desk.rungAt', { endpoint })}</p>
      {endpoint.startsWith('client:') ? (
        <Link to={`/desk/${staffNo}/phone`} target="_blank">
          {t('desk.openPhone')}
        </Link>
      ) : null}
    </section>
  );
}

/** How many new messages callers have left for the agent's groups, with the way to them; nothing if the user may not hear them. */
function Messages() {
  const { t } = useTranslation();
  const api = useApi();
  const may = useMay()('GET /api/voicemails');
  const found = useQuery({
    queryKey: ['voicemails', { state: 'new' }, 'first'],
    queryFn: () => listVoicemails(api, { state: 'new' }, undefined),
    enabled: may,
    ...polling(60),
  }).data;
  if (!may || found === undefined) return null;
  const count = `${found.items.length}${found.next === undefined ? '' : '+'}`;
  return (
    <section className="desk-wide">
      <h2>{t('voicemails.title')}</h2>
      <Link to="/voicemails">{t('desk.newMessages', { number: count })}</Link>
    </section>
  );
}

/** The rings that the agent missed since yesterday. */
function Missed({ staffNo, state }: Pick<Agent, 'staffNo' | 'state'>) {
  const { t, i18n } = useTranslation();
  const api = useApi();
  const [shown, show] = useState<string | undefined>(undefined);
  const queries = useQueryClient();
  useEffect(() => {
    if (state === 'ringing' || state === 'talking') return;
    // The record of the call is written moments after the ring.
    const timer = setTimeout(() => {
      void queries.invalidateQueries({ queryKey: ['calls', 'missed', staffNo] });
    }, 2000);
    return () => clearTimeout(timer);
  }, [state, staffNo, queries]);
  const missed = useQuery({
    queryKey: ['calls', 'missed', staffNo],
    queryFn: () => {
      const since = new Date(Date.now() - 24 * 3_600_000).toISOString();
      return listCalls(api, { missedBy: staffNo, since }, undefined);
    },
    // It looks through all calls of a day.
    ...polling(60),
  });
  return (
    <section className="desk-wide">
      <h2>{t('desk.missed')}</h2>
      <QueryList
        query={missed}
        items={missed.data?.items}
        empty={<p className="faint">{t('desk.noMissed')}</p>}
      >
        {(calls) => (
          <section className="card">
            <ListTable columns={[]} narrow label={t('desk.missed')}>
              {calls.map(({ callSid, from, startedAt }) => (
                <tr key={callSid}>
                  <td>{callerOf(t, from).name}</td>
                  <td>
                    <Button type="link" onClick={() => show(callSid)}>
                      {dateTime(startedAt, i18n.language)}
                    </Button>
                  </td>
                </tr>
              ))}
            </ListTable>
          </section>
        )}
      </QueryList>
      {shown === undefined ? null : <CallDrawer callSid={shown} close={() => show(undefined)} />}
    </section>
  );
}
