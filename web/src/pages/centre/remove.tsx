import { DeleteOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RowMenu } from '../../shell/rowmenu.tsx';
import { toast } from '../../shell/toast.ts';

interface RemoveMenuProps {
  readonly name: string;
  readonly remove: () => Promise<void>;
  /** The list that is read again after it, by its query key. */
  readonly list: string;
}

/** The menu of a row that can be deleted. */
export function RemoveMenu({ name, remove, list }: RemoveMenuProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const run = async () => {
    await remove();
    await queries.invalidateQueries({ queryKey: [list] });
    toast.success(t('centre.removed', { name }));
  };
  const ask = { title: t('centre.removeAsk', { name }) };
  return (
    <RowMenu
      name={name}
      choices={[{ key: 'delete', icon: <DeleteOutlined />, label: t('flows.delete'), ask, run }]}
    />
  );
}
