import { LoadingOutlined, PauseCircleOutlined, SoundOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { defaultLanguage } from '../../../../lib/flow/flow.ts';
import type { OneText } from '../../../../lib/flow/prompt.ts';
import { useAudioPlayer } from '../../audio/audioplayer.ts';
import { useLibrary } from '../../audio/context.ts';
import { HoverTooltip } from '../../shell/hovertooltip.tsx';
import { useFlow } from '../documentstore.ts';

/** The longest text that is heard before it is saved, in characters. */
const longestHeard = 300;

/** Lets one hear a text as callers would; of a long one its beginning. */
export function TextPreview({ name, part }: { name: string; part: OneText }) {
  const { t } = useTranslation();
  const library = useLibrary();
  const flow = useFlow();
  const language = part.language ?? flow.language ?? defaultLanguage;
  const voice = part.voice ?? (part.language === undefined ? flow.voice : undefined);
  const text = Array.from(part.text).slice(0, longestHeard).join('');
  const { state, toggle } = useAudioPlayer(async () => {
    if (library === undefined) throw new Error(t('audio.notHeard'));
    return await library.preview({ text, language, ...(voice === undefined ? {} : { voice }) });
  });
  if (library === undefined) return null;
  const icons = { silent: <SoundOutlined />, loading: <LoadingOutlined />, playing: <PauseCircleOutlined /> };
  const does = t(state === 'playing' ? 'audio.auditionStop' : 'audio.audition');
  return (
    <HoverTooltip title={does}>
      <Button
        size="small"
        type="text"
        icon={icons[state]}
        aria-label={state === 'playing' ? does : t('audio.auditionOf', { name })}
        disabled={text.trim() === ''}
        onClick={toggle}
      />
    </HoverTooltip>
  );
}
