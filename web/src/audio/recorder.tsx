import { AudioOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Progress, Space } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upTo } from '../shell/length.ts';
import type { Recording } from './recording.ts';

/** Where a recording stands. */
type State =
  | { readonly at: 'rest' }
  | { readonly at: 'recording'; readonly recording: Recording; readonly since: number }
  | { readonly at: 'recorded'; readonly wav: ArrayBuffer; readonly url: string }
  | { readonly at: 'refused'; readonly why: 'denied' | 'missing' | 'notRecorded' };

/** Records from the microphone: with its level, to be heard before it is named and sent, or recorded again. */
export function Recorder({ send }: { send: (file: File) => Promise<void> }) {
  const { t } = useTranslation();
  const [state, setState] = useState<State>({ at: 'rest' });
  const asking = useRef<AbortController>(undefined);
  useEndOf(state);
  useEffect(() => () => asking.current?.abort(), []);

  async function begin() {
    asking.current?.abort();
    const own = new AbortController();
    asking.current = own;
    try {
      const { record } = await import('./recording.ts');
      const recording = await record();
      // Who has gone on meanwhile allows the microphone too late.
      if (own.signal.aborted) recording.cancel();
      else setState({ at: 'recording', recording, since: Date.now() });
    } catch (error) {
      if (own.signal.aborted) return;
      const denied = error instanceof DOMException && error.name === 'NotAllowedError';
      setState({ at: 'refused', why: denied ? 'denied' : 'missing' });
    }
  }

  if (state.at === 'recording') {
    const stop = async () => {
      try {
        const wav = await state.recording.stop();
        const url = URL.createObjectURL(new Blob([wav], { type: 'audio/wav' }));
        setState({ at: 'recorded', wav, url });
      } catch {
        setState({ at: 'refused', why: 'notRecorded' });
      }
    };
    return <Level recording={state.recording} since={state.since} stop={stop} />;
  }
  if (state.at === 'recorded') {
    return <Recorded {...state} send={send} again={begin} close={() => setState({ at: 'rest' })} />;
  }
  return (
    <div className="recorder">
      <Button icon={<AudioOutlined />} onClick={begin}>
        {t('audio.record')}
      </Button>
      {state.at === 'refused' ? <Alert type="warning" showIcon title={t(`audio.${state.why}`)} /> : null}
    </div>
  );
}

/** Releases the microphone, and what was recorded, when something else takes its place. */
function useEndOf(state: State): void {
  useEffect(
    () => () => {
      if (state.at === 'recording') state.recording.cancel();
      if (state.at === 'recorded') URL.revokeObjectURL(state.url);
    },
    [state],
  );
}

interface LevelProps {
  readonly recording: Recording;
  readonly since: number;
  readonly stop: () => Promise<void>;
}

function Level({ recording, since, stop }: LevelProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState({ level: 0, seconds: 0 });
  const stopping = useRef(false);
  useEffect(() => {
    const timer = setInterval(
      () => setShown({ level: recording.level(), seconds: Math.floor((Date.now() - since) / 1000) }),
      100,
    );
    return () => clearInterval(timer);
  }, [recording, since]);
  const end = () => {
    if (!stopping.current) void stop();
    stopping.current = true;
  };
  return (
    <div className="recorder">
      <Button danger type="primary" icon={<AudioOutlined />} onClick={end} autoFocus>
        {t('audio.stop')}
      </Button>
      <span role="timer">{t('audio.seconds', { seconds: shown.seconds })}</span>
      <Progress
        percent={Math.round(shown.level * 100)}
        showInfo={false}
        size="small"
        aria-label={t('audio.level')}
      />
    </div>
  );
}

interface RecordedProps {
  readonly wav: ArrayBuffer;
  readonly url: string;
  readonly send: (file: File) => Promise<void>;
  readonly again: () => Promise<void>;
  readonly close: () => void;
}

function Recorded({ wav, url, send, again, close }: RecordedProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const take = () => {
    close();
    void send(new File([wav], `${name.trim()}.wav`, { type: 'audio/wav' }));
  };
  return (
    <div className="recorder">
      {/* biome-ignore lint/a11y/useMediaCaption: it is what was said a moment ago */}
      <audio controls src={url} aria-label={t('audio.recorded')} />
      <Input
        {...upTo(100)}
        aria-label={t('audio.name')}
        placeholder={t('audio.namePlaceholder')}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <Space wrap>
        <Button type="primary" disabled={name.trim() === ''} onClick={take}>
          {t('audio.send')}
        </Button>
        <Button onClick={again}>{t('audio.again')}</Button>
        <Button onClick={close}>{t('audio.discard')}</Button>
      </Space>
    </div>
  );
}
