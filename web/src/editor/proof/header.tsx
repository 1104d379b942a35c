import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** The title of a panel beside the drawing, and what closes it. */
export function PanelHeader({ title, close }: { readonly title: string; readonly close: () => void }) {
  const { t } = useTranslation();
  return (
    <header>
      <h2>{title}</h2>
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={t('canvas.close')}
        onClick={close}
      />
    </header>
  );
}
