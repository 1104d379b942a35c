import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../api/refusal.ts';

/** Says why something could not be loaded, and tries again. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="error"
      showIcon
      title={t('flows.failed')}
      description={reasonOf(error)}
      action={<Button onClick={retry}>{t('flows.retry')}</Button>}
    />
  );
}
