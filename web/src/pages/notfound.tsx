import { useTranslation } from 'react-i18next';
import { LinkButton } from '../shell/linkbutton.tsx';
import { Notice } from '../shell/notice.tsx';
import { useTitle } from '../shell/usetitle.ts';

/** Shown if the address leads nowhere. */
export function NotFound() {
  const { t } = useTranslation();
  useTitle(t('flows.missing'));
  return (
    <Notice
      status="info"
      title={t('flows.missing')}
      text={t('flows.missingText')}
      extra={
        <LinkButton type="primary" to="/flows">
          {t('flows.home')}
        </LinkButton>
      }
    />
  );
}
