import { useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteFlow } from '../api/flows.ts';
import type { FlowRow } from '../api/generated/types.ts';
import { Refusal, reasonOf } from '../api/refusal.ts';
import { useApi } from '../session/context.ts';
import { LinkButton } from '../shell/linkbutton.tsx';
import { toast } from '../shell/toast.ts';
import { listed } from '../words/listing.ts';
import { useNumbers } from './queries.ts';

/** Asks whether a flow shall be deleted; while numbers point at it, says which and where to change that. */
export function DeleteDialog({ flow: { id, name }, close }: { flow: FlowRow; close: () => void }) {
  const { t, i18n } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const numbers = useNumbers();
  const [busy, setBusy] = useState(false);
  const bound = (numbers.data ?? []).filter(({ flow }) => flow === id).map(({ number }) => number);

  async function remove() {
    setBusy(true);
    try {
      await deleteFlow(api, id);
      await queries.invalidateQueries({ queryKey: ['flows'] });
      toast.success(t('flows.deleted', { name }));
      close();
    } catch (error) {
      // Bound since the numbers were read: they are read again, and the dialog says which.
      if (error instanceof Refusal && error.code === 'flow-bound') await numbers.refetch();
      else toast.error(reasonOf(error));
    } finally {
      setBusy(false);
    }
  }

  const cancel = (
    <Button key="cancel" onClick={close}>
      {t('flows.cancel')}
    </Button>
  );
  if (bound.length > 0) {
    const go = (
      <LinkButton key="numbers" type="primary" to="/numbers">
        {t('flows.toNumbers')}
      </LinkButton>
    );
    return (
      <Modal open title={t('flows.boundTitle', { name })} onCancel={close} footer={[cancel, go]}>
        {t('flows.boundText', { numbers: listed(bound, i18n.language) })}
      </Modal>
    );
  }
  const sure = (
    <Button key="delete" type="primary" danger loading={busy} onClick={() => void remove()}>
      {t('flows.delete')}
    </Button>
  );
  return (
    <Modal open title={t('flows.deleteTitle', { name })} onCancel={close} footer={[cancel, sure]}>
      {t('flows.deleteText')}
    </Modal>
  );
}
