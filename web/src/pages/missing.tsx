import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** Shown if the address leads nowhere. */
export function Missing() {
  const { t } = useTranslation();
  return (
    <Result
      status="404"
      title={t('flows.missing')}
      subTitle={t('flows.missingText')}
      extra={
        <Link to="/flows">
          <Button type="primary">{t('flows.home')}</Button>
        </Link>
      }
    />
  );
}
