import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * Keeps what was written into a dialog: once that is told by `touch`, a click beside the dialog does nothing, and Esc or × ask first.
 * Its button to cancel closes it. `dialog` goes to the dialog, and `question` is shown beside it.
 */
export function useUnsavedForm(close: () => void) {
  const { t } = useTranslation();
  const [touched, setTouched] = useState(false);
  const [asking, setAsking] = useState(false);
  return {
    touch: () => setTouched(true),
    dialog: {
      mask: { closable: !touched },
      onCancel: () => (touched ? setAsking(true) : close()),
      cancelButtonProps: { onClick: close },
    },
    question: (
      <Modal
        open={asking}
        destroyOnHidden
        title={t('saving.discardTitle')}
        okText={t('saving.discard')}
        okButtonProps={{ danger: true }}
        cancelText={t('saving.stay')}
        onOk={close}
        onCancel={() => setAsking(false)}
      >
        {t('saving.discardText')}
      </Modal>
    ),
  };
}
