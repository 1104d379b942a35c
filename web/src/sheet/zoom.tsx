import { CompressOutlined, MinusOutlined, PicCenterOutlined, PlusOutlined } from '@ant-design/icons';
import { useReactFlow, useViewport } from '@xyflow/react';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface ZoomProps {
  readonly map: boolean;
  readonly toggleMap: () => void;
}

/** Zoom, fit and overview, at the foot of the canvas. */
export function Zoom({ map, toggleMap }: ZoomProps) {
  const { t } = useTranslation();
  const canvas = useReactFlow();
  const { zoom } = useViewport();
  return (
    <ZoomBar
      zoom={zoom}
      zoomIn={() => void canvas.zoomIn({ duration: 150 })}
      zoomOut={() => void canvas.zoomOut({ duration: 150 })}
      fit={() => void canvas.fitView({ duration: 250, maxZoom: 1, padding: 0.15 })}
    >
      <Button
        type={map ? 'default' : 'text'}
        size="small"
        icon={<PicCenterOutlined />}
        aria-label={t('canvas.map')}
        aria-pressed={map}
        title={t('canvas.map')}
        onClick={toggleMap}
      />
    </ZoomBar>
  );
}

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
