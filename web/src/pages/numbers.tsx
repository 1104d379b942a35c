import { PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Binding } from '../api/generated/types.ts';
import { unbindNumber } from '../api/numbers.ts';
import { reasonOf } from '../api/refusal.ts';
import { useApi, useMay, useSigned } from '../session/context.ts';
import { Empty } from '../shell/empty.tsx';
import { Failed } from '../shell/failed.tsx';
import { Head } from '../shell/head.tsx';
import { ListTable } from '../shell/list.tsx';
import { Tag } from '../shell/tag.tsx';
import { toast } from '../shell/toast.ts';
import { dateTime } from '../words/time.ts';
import { BindDialog } from './bind.tsx';
import { useFlows, useNumbers } from './queries.ts';

/** The numbers that are bound: where their callers go, and how to change that. */
export function NumbersPage() {
  const { t } = useTranslation();
  const may = useMay();
  const numbers = useNumbers();
  const [asked, setAsked] = useState<{ readonly number?: string } | undefined>(undefined);
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
        <Empty title={t('numbers.none')} text={t('numbers.noneText')}>
          {bind}
        </Empty>
      ) : null}
      {numbers.isPending ? <Skeleton active /> : null}
      {numbers.data === undefined || numbers.data.length === 0 ? null : (
        <section className="card wide">
          <ListTable
            columns={[t('numbers.number'), t('numbers.flow'), t('flows.status'), t('numbers.boundAt')]}
            actions
            step={50}
          >
            {numbers.data.map((binding) => (
              <Row
                key={binding.number}
                binding={binding}
                change={() => setAsked({ number: binding.number })}
              />
            ))}
          </ListTable>
        </section>
      )}
      {asked === undefined ? null : <BindDialog {...asked} close={() => setAsked(undefined)} />}
    </>
  );
}

interface RowProps {
  readonly binding: Binding;
  readonly change: () => void;
}

function Row({ binding: { number, flow, boundAt, boundBy }, change }: RowProps) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const { phones } = useSigned().session;
  const flows = useFlows().data;
  const row = flows?.find((each) => each.id === flow);
  return (
    <tr data-number={number}>
      <td>
        <b className="digits">{number}</b>
      </td>
      {row === undefined ? (
        <td>{flows === undefined ? flow : `${flow} (${t('numbers.noFlow')})`}</td>
      ) : (
        <td className="named">
          <Link to={`/flows/${flow}`}>{row.name}</Link>
          <small>{flow}</small>
        </td>
      )}
      <td>{flows === undefined ? null : <Live version={row?.live} />}</td>
      <td className="named">
        <span>{dateTime(boundAt, i18n.language)}</span>
        <small>{boundBy}</small>
      </td>
      <td>
        <Space size={0}>
          {phones === undefined ? null : (
            <Link className="ant-btn ant-btn-text" to={`/phones?to=${encodeURIComponent(number)}`}>
              {t('phones.call1')}
            </Link>
          )}
          {may('PUT /api/numbers/{e164}') ? (
            <Button type="text" onClick={change}>
              {t('numbers.change')}
            </Button>
          ) : null}
          {may('DELETE /api/numbers/{e164}') ? <Unbind number={number} /> : null}
        </Space>
      </td>
    </tr>
  );
}

/** Which version of a flow its callers hear. */
function Live({ version }: { version: number | undefined }) {
  const { t } = useTranslation();
  return version === undefined ? (
    <Tag tone="neutral">{t('flows.draft')}</Tag>
  ) : (
    <Tag tone="success">{t('flows.live', { version })}</Tag>
  );
}

function Unbind({ number }: { number: string }) {
  const { t } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const unbind = async () => {
    try {
      await unbindNumber(api, number);
      toast.success(t('numbers.unbound', { number }));
    } catch (error) {
      toast.error(reasonOf(error));
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
