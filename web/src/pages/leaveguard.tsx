import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

/** Asks before the editor is left for another page of the console while that would lose unsaved work. */
export function LeaveGuard({ losing }: { losing: boolean }) {
  const { t } = useTranslation();
  const blocker = useBlocker(losing);
  return (
    <Modal
      open={blocker.state === 'blocked'}
      title={t('saving.leaveTitle')}
      okText={t('saving.leave')}
      okButtonProps={{ danger: true }}
      cancelText={t('saving.stay')}
      onOk={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    >
      {t('saving.leaveText')}
    </Modal>
  );
}
