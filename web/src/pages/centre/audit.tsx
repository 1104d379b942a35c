import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { listChanges } from '../../api/centre.ts';
import type { Change } from '../../api/generated/types.ts';
import { useApi } from '../../session/context.ts';
import { ListTable } from '../../shell/list.tsx';
import { LoadError } from '../../shell/loaderror.tsx';
import { PageHeader } from '../../shell/pageheader.tsx';
import { dateTime } from '../../words/time.ts';
import './centre.css';
import { Empty } from '../../shell/empty.tsx';

/** Every change by an admin, newest first. */
export function AuditPage() {
  const { t } = useTranslation();
  const api = useApi();
  const changes = useInfiniteQuery({
    queryKey: ['audit'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => listChanges(api, pageParam),
    getNextPageParam: ({ next }) => next,
  });
  const items = changes.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeader title={t('centre.audit')} about={t('centre.auditAbout')}>
        <Button loading={changes.isRefetching} onClick={() => void changes.refetch()}>
          {t('calls.refresh')}
        </Button>
      </PageHeader>
      {changes.isError ? <LoadError error={changes.error} retry={() => void changes.refetch()} /> : null}
      {changes.isPending ? <Skeleton active /> : null}
      {changes.data !== undefined && items.length === 0 ? <Empty title={t('centre.noChanges')} /> : null}
      {items.length === 0 ? null : (
        <section className="card wide">
          <ListTable columns={[t('centre.at'), t('centre.who'), t('centre.did'), t('centre.values')]}>
            {items.map((change) => (
              <Row key={`${change.at} ${change.who} ${change.did} ${change.what}`} change={change} />
            ))}
          </ListTable>
        </section>
      )}
      {changes.hasNextPage ? (
        <Button block loading={changes.isFetchingNextPage} onClick={() => void changes.fetchNextPage()}>
          {t('centre.older')}
        </Button>
      ) : null}
    </>
  );
}

function Row({ change: { at, who, did, what, before, after } }: { change: Change }) {
  const { t, i18n } = useTranslation();
  const [kind = '', ...id] = what.split(' ');
  // An entry that a later release wrote may have a verb or a kind that has no word here.
  const verb = i18n.exists(`centre.verbs.${did}`) ? t(`centre.verbs.${did as 'save'}`) : did;
  const thing = i18n.exists(`centre.kinds.${kind}`) ? t(`centre.kinds.${kind as 'flow'}`) : kind;
  return (
    <tr>
      <td>{dateTime(at, i18n.language)}</td>
      <td>{who}</td>
      <td className="named">
        <b>{verb}</b>
        <small>{[thing, ...id].join(' ')}</small>
      </td>
      <td>
        {before === undefined && after === undefined ? null : (
          <details>
            <summary>{t('centre.show')}</summary>
            {before === undefined ? null : <Values name={t('centre.before')} value={before} />}
            {after === undefined ? null : <Values name={t('centre.after')} value={after} />}
          </details>
        )}
      </td>
    </tr>
  );
}

function Values({ name, value }: { name: string; value: unknown }) {
  return (
    <>
      <small className="faint">{name}</small>
      <pre className="change-values">{JSON.stringify(value, null, 2)}</pre>
    </>
  );
}
