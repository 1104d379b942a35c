import { Button, Modal } from 'antd';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../api/refusal.ts';
import { toast } from '../shell/toast.ts';
import type { Session } from './session.ts';

/** Asks to sign in again if the session has ended; the page stays as it is. */
export function SessionExpired({ session }: { session: Session }) {
  const { t } = useTranslation();
  const open = useSyncExternalStore(session.subscribe, session.ranOut);
  return (
    <Modal
      open={open}
      title={t('session.ranOutTitle')}
      closable={false}
      footer={[
        <Button key="later" onClick={() => session.later()}>
          {t('session.later')}
        </Button>,
        <Button
          key="again"
          type="primary"
          onClick={() => void session.again().catch((error: unknown) => toast.error(reasonOf(error)))}
        >
          {t('session.again')}
        </Button>,
      ]}
    >
      {t('session.ranOutText')}
    </Modal>
  );
}
