import { PauseOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type WaveSurfer from 'wavesurfer.js';
import { reasonOf } from '../api/refusal.ts';

/** Draws a sound as its wave, and plays it from where it is clicked. `load` resolves with its URL. */
export function Waveform({ name, load }: { name: string; load: () => Promise<string> }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const loading = useRef(load);
  const [wave, setWave] = useState<WaveSurfer | undefined>(undefined);
  const [playing, setPlaying] = useState(false);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  useEffect(() => {
    let over = false;
    let drawn: WaveSurfer | undefined;
    async function draw() {
      const [{ default: Wave }, url] = await Promise.all([import('wavesurfer.js'), loading.current()]);
      if (over || place.current === null) return;
      drawn = Wave.create({
        container: place.current,
        height: 48,
        waveColor: 'rgba(127, 127, 127, .55)',
        progressColor: '#1677ff',
        url,
      });
      drawn.on('ready', () => setWave(drawn));
      drawn.on('play', () => setPlaying(true));
      drawn.on('pause', () => setPlaying(false));
      drawn.on('error', () => setFailure(t('audio.notHeard')));
    }
    draw().catch((error: unknown) => setFailure(reasonOf(error)));
    return () => {
      over = true;
      drawn?.destroy();
    };
  }, [t]);
  return (
    <div className="waveform">
      <Button
        shape="circle"
        icon={playing ? <PauseOutlined /> : <PlayCircleOutlined />}
        aria-label={t(playing ? 'audio.pause' : 'audio.play', { name })}
        disabled={wave === undefined}
        onClick={() => void wave?.playPause()}
      />
      <div ref={place} className="wave" aria-hidden="true" />
      {failure === undefined ? null : <Alert type="error" showIcon title={failure} />}
    </div>
  );
}
