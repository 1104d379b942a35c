import { CompressOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './zoombar.css';

interface ZoomBarProps {
  readonly zoom: number;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  readonly children?: ReactNode;
}

/** The buttons by which a drawing is brought nearer, farther, and into view as a whole. */
export function ZoomBar({ zoom, zoomIn, zoomOut, fit, children }: ZoomBarProps) {
  const { t } = useTranslation();
  const button = (name: string, icon: ReactNode, onClick: () => void) => (
    <Button type="text" size="small" icon={icon} aria-label={name} title={name} onClick={onClick} />
  );
  return (
    <div className="zoom">
      {button(t('canvas.zoomOut'), <MinusOutlined />, zoomOut)}
      <span>{Math.round(zoom * 100)}%</span>
      {button(t('canvas.zoomIn'), <PlusOutlined />, zoomIn)}
      {button(t('canvas.fit'), <CompressOutlined />, fit)}
      {children}
    </div>
  );
}
