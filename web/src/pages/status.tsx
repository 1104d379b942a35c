import { useTranslation } from 'react-i18next';
import type { FlowRow } from '../api/generated/types.ts';
import { Tag } from '../shell/tag.tsx';
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
        <Tag tone="neutral">{t('flows.draft')}</Tag>
      ) : (
        <Tag tone="success">{t('flows.live', { version: live })}</Tag>
      )}
      {newest !== undefined && live !== newest ? (
        <Tag tone="neutral">{t('flows.behind', { version: newest })}</Tag>
      ) : null}
      {changed && live !== undefined ? <Tag tone="info">{t('flows.unpublished')}</Tag> : null}
      {errors > 0 ? <Tag tone="error">{t('flows.errors', { count: errors })}</Tag> : null}
      {unsaved ? <Tag tone="warning">{t('flows.unsaved')}</Tag> : null}
    </div>
  );
}
