import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { restoreFlow } from '../../api/centre.ts';
import type { FlowRow } from '../../api/generated/types.ts';
import { reasonOf } from '../../api/refusal.ts';
import { useApi, useMay } from '../../session/context.ts';
import { ListTable } from '../../shell/list.tsx';
import { PageHeader } from '../../shell/pageheader.tsx';
import { QueryList } from '../../shell/query.tsx';
import { dateTime } from '../../words/time.ts';
import { useDeletedFlows } from '../queries.ts';
import './centre.css';
import { Empty } from '../../shell/empty.tsx';
import { toast } from '../../shell/toast.ts';

/** The deleted flows, each with until when it can come back. */
export function DeletedPage() {
  const { t } = useTranslation();
  const deleted = useDeletedFlows();
  return (
    <>
      <PageHeader title={t('centre.deleted')} about={t('centre.deletedAbout')}>
        <Link to="/flows">{t('flows.home')}</Link>
      </PageHeader>
      <QueryList query={deleted} items={deleted.data} empty={<Empty title={t('centre.noDeleted')} />}>
        {(items) => (
          <section className="card wide">
            <ListTable columns={[t('flows.name'), t('centre.deletedAt'), t('centre.keptUntil')]} actions>
              {items.map((flow) => (
                <Row key={flow.id} flow={flow} />
              ))}
            </ListTable>
          </section>
        )}
      </QueryList>
    </>
  );
}

function Row({ flow: { id, name, deletedAt = '', keptUntil = '' } }: { flow: FlowRow }) {
  const { i18n } = useTranslation();
  const may = useMay();
  return (
    <tr data-flow={id}>
      <td className="named">
        <b>{name}</b>
        <small>{id}</small>
      </td>
      <td>{dateTime(deletedAt, i18n.language)}</td>
      <td>{dateTime(keptUntil, i18n.language)}</td>
      <td>{may('POST /api/flows/{id}/restore') ? <Restore id={id} name={name} /> : null}</td>
    </tr>
  );
}

function Restore({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const restore = async () => {
    setBusy(true);
    try {
      await restoreFlow(api, id);
      await queries.invalidateQueries({ queryKey: ['flows'] });
      toast.success(t('centre.restored', { name }));
      void navigate(`/flows/${id}`);
    } catch (error) {
      setBusy(false);
      toast.error(reasonOf(error));
    }
  };
  return (
    <Button loading={busy} onClick={() => void restore()}>
      {t('centre.restore')}
    </Button>
  );
}
