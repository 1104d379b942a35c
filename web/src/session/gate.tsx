import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { type ReactNode, useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { openApi } from '../api/client.ts';
import { SignedContext } from './context.ts';
import { openSession, type Session } from './session.ts';

interface GateProps {
  /** What is shown until it is known who is signed in. */
  readonly waiting: ReactNode;
  readonly children: ReactNode;
}

/** Shows what stands inside to those who are signed in; others go and sign in first. */
export function Gate({ waiting, children }: GateProps) {
  // A suspended page would be shown a third of a second later than it could be.
  const { data: session } = useQuery({
    queryKey: ['session'],
    queryFn: openSession,
    staleTime: Number.POSITIVE_INFINITY,
    throwOnError: true,
  });
  const signed = useMemo(
    () => (session === undefined ? undefined : { session, api: openApi(session) }),
    [session],
  );
  if (signed === undefined) return waiting;
  return (
    <SignedContext value={signed}>
      {children}
      <RanOut session={signed.session} />
    </SignedContext>
  );
}

/** Asks to sign in again if the session has ended; the page stays as it is. */
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
