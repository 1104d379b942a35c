import { Button, Modal } from 'antd';
import { type ReactNode, use, useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { openApi } from '../api/client.ts';
import { SignedContext } from './context.ts';
import { openSession, type Session } from './session.ts';

/** Shows what stands inside to those who are signed in; others go and sign in first. */
export function Gate({ children }: { children: ReactNode }) {
  const session = use(openSession());
  const signed = useMemo(() => ({ session, api: openApi(session) }), [session]);
  return (
    <SignedContext value={signed}>
      {children}
      <RanOut session={session} />
    </SignedContext>
  );
}

/** Asks to sign in again where the session has run out; the page stays as it is. */
function RanOut({ session }: { session: Session }) {
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
        <Button key="again" type="primary" onClick={() => void session.again()}>
          {t('session.again')}
        </Button>,
      ]}
    >
      {t('session.ranOutText')}
    </Modal>
  );
}
