import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { LoadError } from '../../shell/loaderror.tsx';
import { PageHeader } from '../../shell/pageheader.tsx';
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
      {queues.isError ? <LoadError error={queues.error} retry={() => void queues.refetch()} /> : null}
      {queues.isPending ? <Skeleton active /> : null}
      {queues.data?.length === 0 ? <Empty title={t('centre.noGroups')} /> : null}
      {queues.data === undefined || queues.data.length === 0 ? null : <QueueTable queues={queues.data} />}
    </>
  );
}
