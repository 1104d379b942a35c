import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { listChanges } from '../../api/centre.ts';
import type { Change } from '../../api/generated/types.ts';
import { useApi } from '../../session/context.ts';
import { ListTable } from '../../shell/list.tsx';
import { PageHeader } from '../../shell/pageheader.tsx';
import { MoreButton, QueryList } from '../../shell/query.tsx';
import { usePages } from '../../shell/usepages.ts';
import { dateTime } from '../../words/time.ts';
import './centre.css';
import { Empty } from '../../shell/empty.tsx';

/** Every change by an admin, newest first. */
export function AuditPage() {
  const { t } = useTranslation();
  const api = useApi();
  const changes = usePages(['audit'], (after) => listChanges(api, after));
  return (
    <>
      <PageHeader title={t('centre.audit')} about={t('centre.auditAbout')}>
        <Button loading={changes.isRefetching} onClick={() => void changes.refetch()}>
          {t('calls.refresh')}
        </Button>
      </PageHeader>
      <QueryList query={changes} items={changes.items} empty={<Empty title={t('centre.noChanges')} />}>
        {(items) => (
          <section className="card wide">
            <ListTable columns={[t('centre.at'), t('centre.who'), t('centre.did'), t('centre.values')]}>
              {items.map((change) => (
                <Row key={`${change.at} ${change.who} ${change.did} ${change.what}`} change={change} />
              ))}
            </ListTable>
          </section>
        )}
      </QueryList>
      <MoreButton query={changes}>{t('centre.older')}</MoreButton>
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
