import { PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Empty, Popconfirm, Space, Table, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Binding } from '../api/generated/types.ts';
import { unbindNumber } from '../api/numbers.ts';
import { reasonOf } from '../api/refusal.ts';
import { useApi, useMay, useSigned } from '../session/context.ts';
import { Failed } from '../shell/failed.tsx';
import { Head } from '../shell/head.tsx';
import { dateTime } from '../words/time.ts';
import { BindDialog } from './bind.tsx';
import { useFlows, useNumbers } from './queries.ts';

/** The numbers that are bound: where their callers go, and how to change that. */
export function NumbersPage() {
  const { t } = useTranslation();
  const may = useMay();
  const numbers = useNumbers();
  const [asked, setAsked] = useState<{ readonly number?: string } | undefined>(undefined);
  const columns = useColumns((number) => setAsked({ number }));
  const bind = may('PUT /api/numbers/{e164}') ? (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAsked({})}>
      {t('numbers.bind')}
    </Button>
  ) : null;
  return (
    <>
      <Head title={t('numbers.title')} about={t('numbers.about')}>
        {bind}
      </Head>
      {numbers.isError ? <Failed error={numbers.error} retry={() => void numbers.refetch()} /> : null}
      {numbers.data?.length === 0 ? (
        <Empty
          className="nothing"
          description={
            <>
              <b>{t('numbers.none')}</b>
              <p>{t('numbers.noneText')}</p>
            </>
          }
        >
          {bind}
        </Empty>
      ) : (
        <section className="card">
          <Table
            rowKey="number"
            columns={columns}
            dataSource={numbers.data ?? []}
            loading={numbers.isPending}
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          />
        </section>
      )}
      {asked === undefined ? null : <BindDialog {...asked} close={() => setAsked(undefined)} />}
    </>
  );
}

function useColumns(change: (number: string) => void): TableColumnsType<Binding> {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const { phones } = useSigned().session;
  const flows = useFlows().data;
  const target = (id: string) => {
    const row = flows?.find((each) => each.id === id);
    if (row === undefined) return flows === undefined ? id : `${id} (${t('numbers.noFlow')})`;
    return (
      <div className="named">
        <Link to={`/flows/${id}`}>{row.name}</Link>
        <small>{id}</small>
      </div>
    );
  };
  const status = (id: string) => {
    const live = flows?.find((each) => each.id === id)?.live;
    if (flows === undefined) return null;
    return live === undefined ? (
      <Tag>{t('flows.draft')}</Tag>
    ) : (
      <Tag color="success">{t('flows.live', { version: live })}</Tag>
    );
  };
  const actions = ({ number }: Binding) => (
    <Space size={0}>
      {phones === undefined ? null : (
        <Link className="ant-btn ant-btn-text" to={`/phones?to=${encodeURIComponent(number)}`}>
          {t('phones.call1')}
        </Link>
      )}
      {may('PUT /api/numbers/{e164}') ? (
        <Button type="text" onClick={() => change(number)}>
          {t('numbers.change')}
        </Button>
      ) : null}
      {may('DELETE /api/numbers/{e164}') ? <Unbind number={number} /> : null}
    </Space>
  );
  return [
    {
      title: t('numbers.number'),
      key: 'number',
      render: (_, { number }) => <b className="digits">{number}</b>,
    },
    { title: t('numbers.flow'), key: 'flow', render: (_, { flow }) => target(flow) },
    { title: t('flows.status'), key: 'status', render: (_, { flow }) => status(flow) },
    {
      title: t('numbers.boundAt'),
      key: 'boundAt',
      render: (_, { boundAt, boundBy }) => (
        <div className="named">
          <span>{dateTime(boundAt, i18n.language)}</span>
          <small>{boundBy}</small>
        </div>
      ),
    },
    { title: t('flows.actions'), key: 'actions', align: 'right', render: (_, binding) => actions(binding) },
  ];
}

function Unbind({ number }: { number: string }) {
  const { t } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const unbind = async () => {
    try {
      await unbindNumber(api, number);
      void message.success(t('numbers.unbound', { number }));
    } catch (error) {
      void message.error(reasonOf(error));
    }
    await queries.invalidateQueries({ queryKey: ['numbers'] });
  };
  return (
    <Popconfirm
      title={t('numbers.unbindTitle', { number })}
      description={t('numbers.unbindText')}
      okText={t('numbers.unbind')}
      okButtonProps={{ danger: true }}
      cancelText={t('flows.cancel')}
      onConfirm={unbind}
    >
      <Button type="text" danger>
        {t('numbers.unbind')}
      </Button>
    </Popconfirm>
  );
}
