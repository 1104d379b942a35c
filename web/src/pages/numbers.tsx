import { PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Binding } from '../api/generated/types.ts';
import { unbindNumber } from '../api/numbers.ts';
import { useApi, useMay, useSigned } from '../session/context.ts';
import { Ago } from '../shell/ago.tsx';
import { Empty } from '../shell/empty.tsx';
import { ListTable, opensOnClick } from '../shell/list.tsx';
import { PageHeader } from '../shell/pageheader.tsx';
import { QueryList } from '../shell/query.tsx';
import { type RowChoice, RowMenu } from '../shell/rowmenu.tsx';
import { Tag } from '../shell/tag.tsx';
import { toast } from '../shell/toast.ts';
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
      <PageHeader title={t('numbers.title')} about={t('numbers.about')}>
        {numbers.data?.length === 0 ? null : bind}
      </PageHeader>
      <QueryList
        query={numbers}
        items={numbers.data}
        empty={
          <Empty title={t('numbers.none')} text={t('numbers.noneText')}>
            {bind}
          </Empty>
        }
      >
        {(items) => (
          <section className="card wide">
            <ListTable
              columns={[t('numbers.number'), t('numbers.flow'), t('flows.status'), t('numbers.boundAt')]}
              actions
              step={50}
            >
              {items.map((binding) => (
                <Row
                  key={binding.number}
                  binding={binding}
                  change={() => setAsked({ number: binding.number })}
                />
              ))}
            </ListTable>
          </section>
        )}
      </QueryList>
      {asked === undefined ? null : <BindDialog {...asked} close={() => setAsked(undefined)} />}
    </>
  );
}

interface RowProps {
  readonly binding: Binding;
  readonly change: () => void;
}

function Row({ binding: { number, flow, boundAt, boundBy }, change }: RowProps) {
  const { t } = useTranslation();
  const may = useMay();
  const flows = useFlows().data;
  const choices = useChoices(number, change);
  const row = flows?.find((each) => each.id === flow);
  return (
    <tr data-number={number} {...(may('PUT /api/numbers/{e164}') ? opensOnClick(change) : {})}>
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
        <Ago at={boundAt} />
        <small>{boundBy}</small>
      </td>
      <td>
        <Space size={0} className="on-hover">
          {choices
            .filter(({ ask }) => ask === undefined)
            .map(({ key, label, run }) => (
              <Button key={key} type="text" onClick={run}>
                {label}
              </Button>
            ))}
        </Space>
        <RowMenu name={number} choices={choices} />
      </td>
    </tr>
  );
}

/** What the user may do to a number. */
function useChoices(number: string, change: () => void): RowChoice[] {
  const { t } = useTranslation();
  const may = useMay();
  const { phones } = useSigned().session;
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const call = () => void navigate(`/phones?to=${encodeURIComponent(number)}`);
  const unbind = async () => {
    try {
      await unbindNumber(api, number);
      toast.success(t('numbers.unbound', { number }));
    } finally {
      await queries.invalidateQueries({ queryKey: ['numbers'] });
    }
  };
  const ask = { title: t('numbers.unbindTitle', { number }), text: t('numbers.unbindText') };
  return [
    ...(phones === undefined ? [] : [{ key: 'call', label: t('phones.call1'), run: call }]),
    ...(may('PUT /api/numbers/{e164}') ? [{ key: 'change', label: t('numbers.change'), run: change }] : []),
    ...(may('DELETE /api/numbers/{e164}')
      ? [{ key: 'unbind', label: t('numbers.unbind'), ask, run: unbind }]
      : []),
  ];
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
