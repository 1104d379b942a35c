import { PlusOutlined, SearchOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Input, Space } from 'antd';
import { lazy, Suspense, startTransition, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { FlowRow } from '../api/generated/types.ts';
import { useMay } from '../session/context.ts';
import { Empty } from '../shell/empty.tsx';
import { FilterButtons } from '../shell/filterbuttons.tsx';
import { PageHeader } from '../shell/pageheader.tsx';
import { QueryError } from '../shell/query.tsx';
import { DeleteDialog } from './delete.tsx';
import { type FlowView, flowStates, readView, shownFlows, writeView } from './flowlist.ts';
import { FlowTable } from './flowtable.tsx';
import { useFlows, useNumbers } from './queries.ts';
import { useHeldText } from './useheldtext.ts';

const BindDialog = lazy(async () => ({ default: (await import('./bind.tsx')).BindDialog }));
const CreateDialog = lazy(async () => ({ default: (await import('./create.tsx')).CreateDialog }));

type Dialog =
  | { readonly view: 'create' }
  | { readonly view: 'import' }
  | { readonly view: 'bind'; readonly flow: FlowRow }
  | { readonly view: 'delete'; readonly flow: FlowRow };

/** IVR 管理: the flows, and all that can be done to one without drawing. */
export function FlowsPage() {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const flows = useFlows();
  const numbers = useNumbers();
  const [asked, setAsked] = useSearchParams();
  const view = readView(asked);
  const { text: search, hold, mark } = useHeldText(view.search);
  const shown = { ...view, search };
  const look = (news: Partial<FlowView>) =>
    setAsked(writeView({ ...shown, ...news }), { replace: true, state: mark() });
  const [dialog, setDialog] = useState<Dialog | undefined>(undefined);
  // The page stays as it is until what a dialog needs is loaded.
  const show = (next: Dialog) => startTransition(() => setDialog(next));
  const close = () => setDialog(undefined);
  const all = useMemo(() => {
    const bound = (id: string) => (numbers.data ?? []).filter(({ flow }) => flow === id);
    return (flows.data ?? []).map((flow) => ({
      ...flow,
      numbers: bound(flow.id).map(({ number }) => number),
    }));
  }, [flows.data, numbers.data]);

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
      <PageHeader title={t('flows.title')} about={t('flows.about')}>
        <Space wrap>
          <Link to="/deleted">{t('centre.deleted')}</Link>
          {nothing ? null : creating}
        </Space>
      </PageHeader>
      <QueryError query={flows} />
      {nothing ? (
        <Empty title={t('flows.none')} text={t('flows.noneText')}>
          {creating}
        </Empty>
      ) : null}
      {nothing || (flows.isError && flows.data === undefined) ? null : (
        <section className="card">
          <div className="filters">
            <Input
              className="search"
              prefix={<SearchOutlined aria-hidden />}
              allowClear
              placeholder={t('flows.search')}
              aria-label={t('flows.search')}
              value={shown.search}
              onChange={({ target }) => {
                hold(target.value);
                look({ search: target.value });
              }}
            />
            <FilterButtons
              label={t('flows.status')}
              value={shown.state}
              options={flowStates.map((state) => ({
                value: state,
                label: t(`flows.states.${state}`),
                count: shownFlows(all, { ...shown, state, search: '' }, i18n.language).length,
              }))}
              choose={(state) => look({ state })}
            />
          </div>
          <FlowTable
            flows={shownFlows(all, shown, i18n.language)}
            loading={flows.isPending}
            nothing={shown.search === '' ? t('flows.noneIn') : t('flows.noneFound', { search: shown.search })}
            view={shown}
            sort={(order) =>
              look({ order, descending: order === shown.order ? !shown.descending : order === 'changed' })
            }
            bind={(flow) => show({ view: 'bind', flow })}
            remove={(flow) => show({ view: 'delete', flow })}
          />
        </section>
      )}
      <Suspense>
        {dialog?.view === 'create' || dialog?.view === 'import' ? (
          <CreateDialog from={dialog.view === 'create' ? 'template' : 'file'} close={close} />
        ) : null}
        {dialog?.view === 'bind' ? <BindDialog flow={dialog.flow.id} close={close} /> : null}
      </Suspense>
      {dialog?.view === 'delete' ? <DeleteDialog flow={dialog.flow} close={close} /> : null}
    </>
  );
}
