import { CompressOutlined, MinusOutlined, PicCenterOutlined, PlusOutlined } from '@ant-design/icons';
import { useReactFlow, useViewport } from '@xyflow/react';
import { Button } from 'antd';
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
  const button = (name: string, icon: React.ReactNode, onClick: () => void) => (
    <Button type="text" size="small" icon={icon} aria-label={name} title={name} onClick={onClick} />
  );
  return (
    <div className="zoom">
      {button(t('canvas.zoomOut'), <MinusOutlined />, () => void canvas.zoomOut({ duration: 150 }))}
      <span>{Math.round(zoom * 100)}%</span>
      {button(t('canvas.zoomIn'), <PlusOutlined />, () => void canvas.zoomIn({ duration: 150 }))}
      {button(t('canvas.fit'), <CompressOutlined />, () => {
        void canvas.fitView({ duration: 250, maxZoom: 1, padding: 0.15 });
      })}
      <Button
        type={map ? 'default' : 'text'}
        size="small"
        icon={<PicCenterOutlined />}
        aria-label={t('canvas.map')}
        aria-pressed={map}
        title={t('canvas.map')}
        onClick={toggleMap}
      />
    </div>
  );
}
