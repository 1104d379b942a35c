import { PicCenterOutlined } from '@ant-design/icons';
import { useReactFlow, useViewport } from '@xyflow/react';
import { Button } from 'antd';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { fitOptions } from '../canvas/fit.ts';
import { ZoomBar } from '../shell/zoombar.tsx';

interface ZoomProps {
  readonly map: boolean;
  readonly setMap: (map: boolean) => void;
}

/** Zoom, fit and overview, at the foot of the canvas. */
export const Zoom = memo(function Zoom({ map, setMap }: ZoomProps) {
  const { t } = useTranslation();
  const canvas = useReactFlow();
  const { zoom } = useViewport();
  return (
    <ZoomBar
      zoom={zoom}
      zoomIn={() => void canvas.zoomIn({ duration: 150 })}
      zoomOut={() => void canvas.zoomOut({ duration: 150 })}
      fit={() => void canvas.fitView({ ...fitOptions, duration: 250 })}
    >
      <Button
        type={map ? 'default' : 'text'}
        size="small"
        icon={<PicCenterOutlined />}
        aria-label={t('canvas.map')}
        aria-pressed={map}
        title={t('canvas.map')}
        onClick={() => setMap(!map)}
      />
    </ZoomBar>
  );
});
