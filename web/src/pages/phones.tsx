import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { setPresence } from '../api/centre.ts';
import type { Agent } from '../api/generated/types.ts';
import type { Phones } from '../api/phoneport.ts';
import { openPhones } from '../api/phones.ts';
import { reasonOf } from '../api/refusal.ts';
import { LibraryContext } from '../audio/context.ts';
import { useOpenLibrary } from '../audio/open.ts';
import { Handset } from '../phone/handset.tsx';
import { useCarrierPhone } from '../phone/usecarrierphone.ts';
import { useApi, useSigned } from '../session/context.ts';
import { Empty } from '../shell/empty.tsx';
import { PageHeader } from '../shell/pageheader.tsx';
import { NotLoaded } from '../shell/query.tsx';
import { toast } from '../shell/toast.ts';
import { useAgents } from './centre/queries.ts';
import { useFlows, useNumbers } from './queries.ts';

/** The phones of the carrier that runs beside the console: the caller's and those of the agents, side by side. */
export function PhonesPage() {
  const { t } = useTranslation();
  const { session } = useSigned();
  const library = useOpenLibrary();
  const phones = useMemo(() => openPhones(session), [session]);
  return (
    <LibraryContext value={library}>
      <PageHeader title={t('phones.title')} about={t('phones.about')}>
        {null}
      </PageHeader>
      {phones === undefined ? <Empty title={t('phones.none')} /> : <All phones={phones} />}
    </LibraryContext>
  );
}

function All({ phones }: { phones: Phones }) {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const agents = useAgents();
  if (numbers.data === undefined || agents.data === undefined) {
    return <NotLoaded query={numbers.isError ? numbers : agents} />;
  }
  return (
    <div className="handsets">
      <CallerPhone phones={phones} />
      {agents.data.length === 0 ? <p>{t('phones.noAgents')}</p> : null}
      {agents.data.map((agent) => (
        <AgentPhone key={agent.staffNo} agent={agent} phones={phones} />
      ))}
    </div>
  );
}

function CallerPhone({ phones }: { phones: Phones }) {
  const { t } = useTranslation();
  const phone = useCarrierPhone(phones);
  const [asked] = useSearchParams();
  const numbers = useNumbers().data ?? [];
  const flows = useFlows().data ?? [];
  const [to, setTo] = useState(asked.get('to') ?? numbers[0]?.number);
  const [from, setFrom] = useState('+15550199');
  return (
    <Handset name={t('phones.caller')} phone={phone} dials>
      <form
        className="handset-fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (to !== undefined) phone.hold({ to, from: from.trim() });
        }}
      >
        <Select
          aria-label={t('phones.number')}
          value={to}
          onChange={setTo}
          notFoundContent={t('phones.noNumbers')}
          options={numbers.map(({ number, flow }) => ({
            value: number,
            label: `${number} · ${flows.find(({ id }) => id === flow)?.name ?? flow}`,
          }))}
        />
        <Input
          aria-label={t('phones.from')}
          prefix={t('phones.from')}
          value={from}
          onChange={({ target }) => setFrom(target.value)}
        />
        <Button type="primary" htmlType="submit" autoFocus disabled={to === undefined || from.trim() === ''}>
          {t('phones.call')}
        </Button>
      </form>
    </Handset>
  );
}

function AgentPhone({ agent: { staffNo, name, endpoint }, phones }: { agent: Agent; phones: Phones }) {
  const { t } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const phone = useCarrierPhone(phones);
  const { phase } = phone.line;
  const be = async (presence: 'online' | 'offline') => {
    try {
      await setPresence(api, staffNo, presence);
    } catch (error) {
      toast.error(reasonOf(error));
    }
    await queries.invalidateQueries({ queryKey: ['agents'] });
  };
  return (
    <Handset name={name} about={staffNo} phone={phone}>
      {phase === 'idle' ? (
        <Button
          onClick={() => {
            phone.hold({ address: endpoint });
            void be('online');
          }}
        >
          {t('phones.pickUp')}
        </Button>
      ) : (
        <Button
          onClick={() => {
            phone.release();
            void be('offline');
          }}
        >
          {t('phones.lay')}
        </Button>
      )}
    </Handset>
  );
}
