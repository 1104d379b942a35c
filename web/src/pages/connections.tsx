import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteConnection, listConnections } from '../api/connections.ts';
import type { Connection } from '../api/generated/types.ts';
import { useApi, useMay } from '../session/context.ts';
import { Empty } from '../shell/empty.tsx';
import { PageHeader } from '../shell/pageheader.tsx';
import { QueryList } from '../shell/query.tsx';
import { RowMenu } from '../shell/rowmenu.tsx';
import { toast } from '../shell/toast.ts';
import { ConnectionDialog } from './connection.tsx';
import { TryConnection } from './tryconnection.tsx';
import { UsedBy } from './usedby.tsx';

/** The services that flows may ask. */
export function ConnectionsPage() {
  const { t } = useTranslation();
  const api = useApi();
  const may = useMay();
  const connections = useQuery({ queryKey: ['connections'], queryFn: () => listConnections(api) });
  const [asked, setAsked] = useState<{ readonly connection?: Connection } | undefined>(undefined);
  const add = may('PUT /api/connections/{id}') ? (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAsked({})}>
      {t('connections.add')}
    </Button>
  ) : null;
  return (
    <>
      <PageHeader title={t('connections.title')} about={t('connections.about')}>
        {connections.data?.length === 0 ? null : add}
      </PageHeader>
      <QueryList
        query={connections}
        items={connections.data}
        empty={<Empty title={t('connections.none')}>{add}</Empty>}
      >
        {(items) =>
          items.map((each) => (
            <Card key={each.id} connection={each} edit={() => setAsked({ connection: each })} />
          ))
        }
      </QueryList>
      {asked === undefined ? null : <ConnectionDialog {...asked} close={() => setAsked(undefined)} />}
    </>
  );
}

function Card({ connection, edit }: { connection: Connection; edit: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { id, name, url, headers, usedBy } = connection;
  const api = useApi();
  const queries = useQueryClient();
  const remove = async () => {
    await deleteConnection(api, id);
    await queries.invalidateQueries({ queryKey: ['connections'] });
    toast.success(t('connections.removed', { name }));
  };
  return (
    <section className="card connection" data-connection={id}>
      <b>{name}</b> <small>{id}</small>
      <p>
        {url} <small className="faint">{Object.keys(headers).join(', ')}</small>
      </p>
      <p className="faint">
        <UsedBy label={t(usedBy.length === 0 ? 'connections.unused' : 'connections.usedBy')} flows={usedBy} />
      </p>
      {may('POST /api/connections/{id}/try') ? <TryConnection id={id} /> : null}
      {may('PUT /api/connections/{id}') ? (
        <Space>
          <Button onClick={edit}>{t('connections.edit')}</Button>
          <RowMenu
            name={name}
            choices={[
              {
                key: 'remove',
                label: t('connections.remove'),
                ask: { title: `${t('connections.remove')}: ${name}` },
                run: remove,
              },
            ]}
          />
        </Space>
      ) : null}
    </section>
  );
}
