import { Segmented, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listVoicemails, type VoicemailFilter } from '../../api/voicemails.ts';
import { useApi } from '../../session/context.ts';
import { ListTable } from '../../shell/list.tsx';
import { PageHeader } from '../../shell/pageheader.tsx';
import { MoreButton, QueryList } from '../../shell/query.tsx';
import { usePages } from '../../shell/usepages.ts';
import { polling } from './polling.ts';
import { useGroups } from './queries.ts';
import { VoicemailRow } from './voicemail.tsx';
import '../calls.css';
import './centre.css';
import { Empty } from '../../shell/empty.tsx';

const columns = ['left', 'from', 'mailbox', 'length', 'state'] as const;
const states = ['all', 'new', 'heard'] as const;

/** Messages that callers have left: for an admin all of them, for an agent those for their skill groups. */
export function VoicemailsPage() {
  const { t } = useTranslation();
  const api = useApi();
  const [wanted, setWanted] = useState<VoicemailFilter>({});
  const [open, setOpen] = useState<string | undefined>(undefined);
  const read = (after: string | undefined) => listVoicemails(api, wanted, after);
  const messages = usePages(['voicemails', wanted], read, polling(15));
  const nothing = Object.keys(wanted).length > 0 ? t('voicemails.noneFound') : t('voicemails.none');
  return (
    <>
      <PageHeader title={t('voicemails.title')} about={t('voicemails.about')}>
        {null}
      </PageHeader>
      <Filters wanted={wanted} choose={setWanted} />
      <QueryList query={messages} items={messages.items} empty={<Empty title={nothing} />}>
        {(items) => (
          <section className="card wide">
            <ListTable columns={columns.map((column) => t(`voicemails.${column}`))} actions>
              {items.map((message) => (
                <VoicemailRow
                  key={message.id}
                  message={message}
                  isOpen={open === message.id}
                  open={(is) => setOpen(is ? message.id : undefined)}
                />
              ))}
            </ListTable>
          </section>
        )}
      </QueryList>
      <MoreButton query={messages}>{t('voicemails.more')}</MoreButton>
    </>
  );
}

interface FiltersProps {
  readonly wanted: VoicemailFilter;
  readonly choose: (wanted: VoicemailFilter) => void;
}

function Filters({ wanted: { mailbox, state }, choose }: FiltersProps) {
  const { t } = useTranslation();
  const groups = useGroups().data ?? [];
  return (
    <Space wrap className="call-filters">
      <Segmented
        aria-label={t('voicemails.state')}
        value={state ?? 'all'}
        options={states.map((value) => ({ value, label: t(`voicemails.states.${value}`) }))}
        onChange={(chosen) => {
          const value = states.find((each) => each === chosen) ?? 'all';
          choose({
            ...(mailbox === undefined ? {} : { mailbox }),
            ...(value === 'all' ? {} : { state: value }),
          });
        }}
      />
      <Select
        allowClear
        aria-label={t('voicemails.mailbox')}
        placeholder={t('voicemails.every')}
        value={mailbox}
        options={groups.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id?: string) => {
          choose({ ...(id === undefined ? {} : { mailbox: id }), ...(state === undefined ? {} : { state }) });
        }}
      />
    </Space>
  );
}
