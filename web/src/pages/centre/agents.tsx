import { PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Select, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { deleteAgent, type Presence, setPresence } from '../../api/centre.ts';
import type { Agent, Stats } from '../../api/generated/types.ts';
import { reasonOf } from '../../api/refusal.ts';
import { useApi, useMay } from '../../session/context.ts';
import { ListTable, opensOnClick } from '../../shell/list.tsx';
import { PageHeader } from '../../shell/pageheader.tsx';
import { QueryList } from '../../shell/query.tsx';
import { callsPath } from '../callspath.ts';
import { AgentDialog } from './agent.tsx';
import { useAgents, useGroupName, useToday } from './queries.ts';
import { RemoveMenu } from './remove.tsx';
import { presences, State } from './state.tsx';
import './centre.css';
import { Empty } from '../../shell/empty.tsx';
import { Tag } from '../../shell/tag.tsx';
import { toast } from '../../shell/toast.ts';

/** The agents, with what they say of themselves and what they do. */
export function AgentsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const agents = useAgents();
  const today = useToday().data;
  const [asked, setAsked] = useState<{ readonly agent?: Agent } | undefined>(undefined);
  return (
    <>
      <PageHeader title={t('centre.agents')} about={t('centre.agentsAbout')}>
        {may('PUT /api/agents/{staffNo}') ? (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAsked({})}>
            {t('centre.addAgent')}
          </Button>
        ) : null}
      </PageHeader>
      <QueryList query={agents} items={agents.data} empty={<Empty title={t('centre.noAgents')} />}>
        {(items) => (
          <section className="card wide">
            <ListTable
              columns={(
                ['staffNo', 'name', 'groups', 'endpoint', 'presence', 'state', 'missedToday'] as const
              ).map((column) => t(`centre.${column}`))}
              actions
            >
              {items.map((agent) => (
                <Row
                  key={agent.staffNo}
                  agent={agent}
                  missed={<Missed today={today} staffNo={agent.staffNo} />}
                  edit={() => setAsked({ agent })}
                />
              ))}
            </ListTable>
          </section>
        )}
      </QueryList>
      {asked === undefined ? null : <AgentDialog {...asked} close={() => setAsked(undefined)} />}
    </>
  );
}

function Row({ agent, missed, edit }: { agent: Agent; missed: ReactNode; edit: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const may = useMay();
  const nameOf = useGroupName();
  const { staffNo, name, endpoint, skillGroups, user, state } = agent;
  return (
    <tr data-agent={staffNo} {...(may('PUT /api/agents/{staffNo}') ? opensOnClick(edit) : {})}>
      <td className="digits">{staffNo}</td>
      <td className="named">
        <b>{name}</b>
        {user === undefined ? null : <small>{user}</small>}
      </td>
      <td>
        <span className="tags">
          {skillGroups.map((group) => (
            <Tag key={group}>{nameOf(group)}</Tag>
          ))}
        </span>
      </td>
      <td>{endpoint}</td>
      <td>
        <PresenceSelect agent={agent} />
      </td>
      <td>
        <State state={state} />
      </td>
      <td className="digits">{missed}</td>
      <td>
        {may('PUT /api/agents/{staffNo}') ? (
          <Space size={0}>
            <Button type="text" className="on-hover" onClick={edit}>
              {t('flows.edit')}
            </Button>
            <RemoveMenu name={name} remove={() => deleteAgent(api, staffNo)} list="agents" />
          </Space>
        ) : null}
      </td>
    </tr>
  );
}

/** How often an agent has let it ring today, with the calls. */
function Missed({ today, staffNo }: { today: Stats | undefined; staffNo: string }) {
  const missed = today?.missedBy[staffNo] ?? 0;
  if (today === undefined || missed === 0) return 0;
  return <Link to={callsPath({ since: today.since, missedBy: staffNo })}>{missed}</Link>;
}

function PresenceSelect({ agent: { staffNo, name, presence } }: { agent: Agent }) {
  const { t } = useTranslation();
  const api = useApi();
  const may = useMay();
  const queries = useQueryClient();
  if (!may('PUT /api/agents/{staffNo}')) return t(`centre.presences.${presence}`);
  const say = async (next: Presence) => {
    try {
      await setPresence(api, staffNo, next);
    } catch (error) {
      toast.error(reasonOf(error));
    }
    await queries.invalidateQueries({ queryKey: ['agents'] });
  };
  return (
    <Select
      aria-label={`${t('centre.presence')}: ${name}`}
      value={presence}
      style={{ width: 110 }}
      options={presences.map((value) => ({ value, label: t(`centre.presences.${value}`) }))}
      onChange={(next: Presence) => void say(next)}
    />
  );
}
