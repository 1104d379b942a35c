import { InfoCircleFilled } from '@ant-design/icons';
import { NodeToolbar, Position } from '@xyflow/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Markdown } from '../words/markdown.tsx';

/** The icon of a node with a description; the text is shown on hover and focus. */
export function NodeDescription({ name, text }: { name: string; text: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const show = () => setOpen(true);
  const hide = () => setOpen(false);
  return (
    <>
      <button
        type="button"
        className="about nodrag"
        aria-label={t('canvas.described', { name })}
        aria-expanded={open}
        {...{ onMouseEnter: show, onFocus: show, onMouseLeave: hide, onBlur: hide }}
      >
        <InfoCircleFilled />
      </button>
      <NodeToolbar isVisible={open} position={Position.Top} align="start" className="about-text">
        <Markdown text={text} />
      </NodeToolbar>
    </>
  );
}
