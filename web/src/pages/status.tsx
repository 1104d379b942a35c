import { CloseCircleFilled } from '@ant-design/icons';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FlowRow } from '../api/generated/types.ts';
import { useErrors, useUnsaved } from './queries.ts';

/** How a flow stands: what callers get, what is not published, and what keeps it from being published. */
export function FlowStatus({ flow }: { flow: FlowRow }) {
  const { t } = useTranslation();
  const { id, live, newest, changed } = flow;
  const errors = useErrors(flow) ?? 0;
  const unsaved = useUnsaved().has(id);
  return (
    <div className="tags">
      {live === undefined ? (
        <Tag>{t('flows.draft')}</Tag>
      ) : (
        <Tag color="success">{t('flows.live', { version: live })}</Tag>
      )}
      {newest !== undefined && live !== newest ? <Tag>{t('flows.behind', { version: newest })}</Tag> : null}
      {changed && live !== undefined ? <Tag color="processing">{t('flows.unpublished')}</Tag> : null}
      {errors > 0 ? (
        <Tag color="error" icon={<CloseCircleFilled />}>
          {t('flows.errors', { count: errors })}
        </Tag>
      ) : null}
      {unsaved ? <Tag color="warning">{t('flows.unsaved')}</Tag> : null}
    </div>
  );
}
