import { InboxOutlined } from '@ant-design/icons';
import { Alert, Progress, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Audio } from '../api/generated/types.ts';
import { reasonOf } from '../api/refusal.ts';
import { fileFault } from './filefault.ts';
import type { AudioLibrary } from './library.ts';
import { reasonFor } from './reason.ts';
import { Recorder } from './recorder.tsx';

/** A file on its way. */
interface Sending {
  readonly key: number;
  readonly name: string;
  /** How much of it was sent, from 0 to 1; then it is checked. */
  readonly share: number;
  /** Why it was not taken. */
  readonly fault?: string;
}

interface UploadAreaProps {
  readonly library: AudioLibrary;
  /** Called for every file that was checked, whatever came of it. */
  readonly done: (audio: Audio) => void;
}

/** Takes files that are dropped, chosen or recorded, uploads them, and tells how far they are. */
export function UploadArea({ library, done }: UploadAreaProps) {
  const { t } = useTranslation();
  const { sending, send, forget } = useSending(library, done);
  return (
    <section className="upload-area">
      <Upload.Dragger
        multiple
        accept=".mp3,.wav,audio/mpeg,audio/wav"
        showUploadList={false}
        beforeUpload={(file) => {
          void send(file);
          return Upload.LIST_IGNORE;
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p className="ant-upload-text">{t('audio.drop')}</p>
        <p className="ant-upload-hint">{t('audio.dropHint')}</p>
      </Upload.Dragger>
      <Recorder send={send} />
      {sending.map(({ key, name, share, fault }) =>
        fault === undefined ? (
          <div key={key} className="sending" role="status">
            <span>{t(share < 1 ? 'audio.sending' : 'audio.checking', { name })}</span>
            <Progress
              percent={Math.round(share * 100)}
              size="small"
              status={share < 1 ? 'normal' : 'active'}
            />
          </div>
        ) : (
          <Alert
            key={key}
            type="error"
            showIcon
            closable={{ onClose: () => forget(key) }}
            title={t('audio.notTaken', { name })}
            description={fault}
          />
        ),
      )}
    </section>
  );
}

function useSending(library: AudioLibrary, done: (audio: Audio) => void) {
  const { t } = useTranslation();
  const [sending, setSending] = useState<readonly Sending[]>([]);
  const forget = (key: number) => setSending((before) => before.filter((each) => each.key !== key));
  const change = (key: number, news: Partial<Sending>) =>
    setSending((before) => before.map((each) => (each.key === key ? { ...each, ...news } : each)));

  async function send(file: File) {
    const key = Math.random();
    const wrong = fileFault(file);
    const begun = { key, name: file.name, share: 0 };
    const entry = wrong === undefined ? begun : { ...begun, fault: t(`audio.fileFaults.${wrong}`) };
    setSending((before) => [...before, entry]);
    if (wrong !== undefined) return;
    try {
      const audio = await library.upload(file, (share) => change(key, { share }));
      done(audio);
      if (audio.state !== 'rejected') return forget(key);
      change(key, { fault: reasonFor(audio) ?? t('audio.states.rejected') });
    } catch (error) {
      change(key, { fault: reasonOf(error) });
    }
  }

  return { sending, send, forget };
}
