import { CheckCircleOutlined, CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Remote } from '../draft/remote.ts';
import type { EditorProps } from './props.ts';
import { usePublishImpact } from './publishimpact.tsx';
import type { SaveState } from './save.ts';
import './published.css';
import { toast } from '../shell/toast.ts';

/** A version that was published a moment ago, and the one that was live before. */
export interface JustPublished {
  readonly version: number;
  readonly before?: number;
}

interface PublishedProps {
  readonly remote: Remote;
  readonly state: SaveState;
  readonly published: JustPublished;
  readonly after: EditorProps['after'];
  readonly close: () => void;
}

/** For how long a publish can be taken back with one click, in seconds. */
const undoSeconds = 10;

/** Says that a version is live, and offers what comes next: calling it, binding a number, or taking it back. */
export function Published({ remote, state, published: { version, before }, after, close }: PublishedProps) {
  const { t } = useTranslation();
  const reach = usePublishImpact(remote);
  const left = useCountdown(undoSeconds);
  const [taking, setTaking] = useState(false);
  const [undone, setUndone] = useState(false);
  const { setLive } = remote;
  const numbers = reach.data?.numbers;

  const takeBack = async (live: number) => {
    setTaking(true);
    try {
      await setLive?.(live);
      state.updateVersions({ live });
      setUndone(true);
    } catch (error) {
      toast.error(error instanceof Error ? error.message : t('saving.offline'));
    } finally {
      setTaking(false);
    }
  };
  return (
    <section className="published">
      <p role="status">
        <CheckCircleOutlined aria-hidden className="is-fine" />{' '}
        {undone && before !== undefined
          ? t('saving.takenBack', { version: before })
          : t('saving.published', { version })}
      </p>
      {numbers?.length === 0 ? <p className="faint">{t('saving.reachNone')}</p> : null}
      <div className="published-next">
        {before !== undefined && setLive !== undefined && !undone && (left > 0 || taking) ? (
          <Button loading={taking} onClick={() => void takeBack(before)}>
            {t('saving.takeBack', { seconds: left })}
          </Button>
        ) : null}
        {numbers === undefined || undone ? null : after?.(numbers, () => void reach.refetch())}
      </div>
      <Button type="text" icon={<CloseOutlined />} aria-label={t('canvas.close')} onClick={close} />
    </section>
  );
}

/** Counts seconds down to 0 from when it is first shown. */
function useCountdown(from: number): number {
  const [left, setLeft] = useState(from);
  useEffect(() => {
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  return left;
}
