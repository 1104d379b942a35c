import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Notice } from '../shell/notice.tsx';

/** Shown if the address leads nowhere. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <Notice
      status="info"
      title={t('flows.missing')}
      text={t('flows.missingText')}
      extra={
        <Link to="/flows">
          <Button type="primary">{t('flows.home')}</Button>
        </Link>
      }
    />
  );
}
