import { InfoCircleFilled } from '@ant-design/icons';
import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { Markdown } from '../words/markdown.tsx';

/** The mark of a node that has a description; the text shows while the pointer or the focus is on it. */
export function About({ name, text }: { name: string; text: string }) {
  const { t } = useTranslation();
  const read = (
    <div className="about-text">
      <Markdown text={text} />
    </div>
  );
  return (
    <Popover trigger={['hover', 'focus']} placement="topLeft" content={read}>
      <button type="button" className="about nodrag" aria-label={t('canvas.described', { name })}>
        <InfoCircleFilled />
      </button>
    </Popover>
  );
}
