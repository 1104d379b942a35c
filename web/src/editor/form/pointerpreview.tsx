import { useTranslation } from 'react-i18next';
import { settingsOf } from '../../../../lib/engine/settings.ts';
import { valueInLastAnswer } from '../../api/lastanswer.ts';
import { useNode } from '../documentstore.ts';

/** What a pointer would get of the last answer of the node's connection, which was tried on the page of connections. */
export function PointerPreview({ id, type, pointer }: { id: string; type: string; pointer: unknown }) {
  const { t } = useTranslation();
  const node = useNode(id);
  const setting = settingsOf(type).find(
    ({ field }) => field.field === 'reference' && field.resource === 'connections',
  );
  const connection = node?.[setting?.name ?? ''];
  if (typeof connection !== 'string' || typeof pointer !== 'string') return null;
  const got = valueInLastAnswer(connection, pointer);
  if (got === undefined) return <small className="faint">{t('form.notTried')}</small>;
  return (
    <small className="faint" role="status">
      {got.value === undefined ? t('form.getsNothing') : t('form.gets', { value: got.value })}
    </small>
  );
}
