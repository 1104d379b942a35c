import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../shell/pageheader.tsx';
import { QueryList } from '../../shell/query.tsx';
import { useQueues } from './queries.ts';
import { QueueTable } from './queuetable.tsx';
import './centre.css';
import { Empty } from '../../shell/empty.tsx';

/** Who waits for each skill group, and who is there to answer: as it is. */
export function QueuesPage() {
  const { t } = useTranslation();
  const queues = useQueues();
  return (
    <>
      <PageHeader title={t('centre.queues')} about={t('centre.queuesAbout')}>
        {null}
      </PageHeader>
      <QueryList query={queues} items={queues.data} empty={<Empty title={t('centre.noGroups')} />}>
        {(items) => <QueueTable queues={items} />}
      </QueryList>
    </>
  );
}
