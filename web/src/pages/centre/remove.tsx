import { useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../../api/refusal.ts';
import { toast } from '../../shell/toast.ts';

interface RemoveButtonProps {
  readonly name: string;
  readonly remove: () => Promise<void>;
  /** The list that is read again after it, by its query key. */
  readonly list: string;
}

/** Deletes something after a question, and tells why if it was refused. */
export function RemoveButton({ name, remove, list }: RemoveButtonProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  async function confirmed() {
    try {
      await remove();
      await queries.invalidateQueries({ queryKey: [list] });
      toast.success(t('centre.removed', { name }));
    } catch (error) {
      toast.error(reasonOf(error));
    }
  }
  return (
    <Popconfirm title={t('centre.removeAsk', { name })} onConfirm={() => void confirmed()}>
      <Button danger>{t('flows.delete')}</Button>
    </Popconfirm>
  );
}
