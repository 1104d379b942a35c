import { PlusOutlined, SearchOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Empty, Input, Space } from 'antd';
import { lazy, Suspense, startTransition, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FlowRow } from '../api/generated/types.ts';
import { useMay } from '../session/context.ts';
import { Failed } from '../shell/failed.tsx';
import { Head } from '../shell/head.tsx';
import { DeleteDialog } from './delete.tsx';
import { FlowTable } from './flowtable.tsx';
import { useFlows, useNumbers } from './queries.ts';

const BindDialog = lazy(async () => ({ default: (await import('./bind.tsx')).BindDialog }));
const CreateDialog = lazy(async () => ({ default: (await import('./create.tsx')).CreateDialog }));

type View =
  | { readonly view: 'create' }
  | { readonly view: 'import' }
  | { readonly view: 'bind'; readonly flow: FlowRow }
  | { readonly view: 'delete'; readonly flow: FlowRow };

/** IVR 管理: the flows, and all that can be done to one without drawing. */
export function FlowsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const flows = useFlows();
  const numbers = useNumbers();
  const [search, setSearch] = useState('');
  const [view, setView] = useState<View | undefined>(undefined);
  // The page stays as it is until what a dialog needs is loaded.
  const show = (next: View) => startTransition(() => setView(next));
  const close = () => setView(undefined);
  const found = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    const bound = (id: string) => (numbers.data ?? []).filter(({ flow }) => flow === id);
    return (flows.data ?? [])
      .map((flow) => ({ ...flow, numbers: bound(flow.id).map(({ number }) => number) }))
      .filter(({ id, name, numbers: own }) => `${name} ${id} ${own.join(' ')}`.toLowerCase().includes(wanted))
      .sort((a, b) => b.savedAt.localeCompare(a.savedAt));
  }, [flows.data, numbers.data, search]);

  const creating = may('POST /api/flows') ? (
    <Space>
      <Button icon={<UploadOutlined aria-hidden />} onClick={() => show({ view: 'import' })}>
        {t('flows.import')}
      </Button>
      <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => show({ view: 'create' })}>
        {t('flows.create')}
      </Button>
    </Space>
  ) : null;
  const nothing = flows.data?.length === 0;
  return (
    <>
      <Head title={t('flows.title')} about={t('flows.about')}>
        <Space wrap>
          <Link to="/deleted">{t('centre.deleted')}</Link>
          {creating}
        </Space>
      </Head>
      {flows.isError ? <Failed error={flows.error} retry={() => void flows.refetch()} /> : null}
      {nothing ? (
        <Empty
          className="nothing"
          description={
            <>
              <b>{t('flows.none')}</b>
              <p>{t('flows.noneText')}</p>
            </>
          }
        >
          {creating}
        </Empty>
      ) : null}
      {nothing || (flows.isError && flows.data === undefined) ? null : (
        <section className="card">
          <Input
            className="search"
            prefix={<SearchOutlined aria-hidden />}
            allowClear
            placeholder={t('flows.search')}
            aria-label={t('flows.search')}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
          <FlowTable
            flows={found}
            loading={flows.isPending}
            nothing={search === '' ? '' : t('flows.noneFound', { search })}
            bind={(flow) => show({ view: 'bind', flow })}
            remove={(flow) => show({ view: 'delete', flow })}
          />
        </section>
      )}
      <Suspense>
        {view?.view === 'create' || view?.view === 'import' ? (
          <CreateDialog from={view.view === 'create' ? 'template' : 'file'} close={close} />
        ) : null}
        {view?.view === 'bind' ? <BindDialog flow={view.flow.id} close={close} /> : null}
      </Suspense>
      {view?.view === 'delete' ? <DeleteDialog flow={view.flow} close={close} /> : null}
    </>
  );
}
