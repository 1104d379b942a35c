import { Alert, Button, Space } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../api/refusal.ts';
import { InvalidDocument } from '../document/invaliddocument.ts';
import { download } from './download.ts';
import { LinkButton } from './linkbutton.tsx';
import { Notice } from './notice.tsx';

const ProblemLine = lazy(async () => ({ default: (await import('./problemline.tsx')).ProblemLine }));

/** Says why something could not be loaded, and tries again. A document that cannot be shown can be downloaded. */
export function LoadError({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  if (error instanceof InvalidDocument) return <MisshapenDocument error={error} />;
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

function MisshapenDocument({ error: { document, problems } }: { error: InvalidDocument }) {
  const { t } = useTranslation();
  return (
    <Notice
      status="error"
      title={t('rescue.misshapen')}
      text={t('rescue.misshapenText')}
      extra={
        <Space wrap>
          <Button type="primary" onClick={() => window.location.reload()}>
            {t('shell.reload')}
          </Button>
          <Button onClick={() => download('flow.json', `${JSON.stringify(document, null, 2)}\n`)}>
            {t('rescue.documentDownload')}
          </Button>
          <LinkButton to="/flows">{t('flows.home')}</LinkButton>
        </Space>
      }
    >
      <Suspense>
        <ProblemLine problems={problems} />
      </Suspense>
    </Notice>
  );
}
