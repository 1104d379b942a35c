import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Audio } from '../api/generated/types.ts';
import { reasonOf } from '../api/refusal.ts';
import { toast } from '../shell/toast.ts';
import type { AudioLibrary } from './library.ts';
import { Review } from './review.tsx';
import { audioTones } from './tones.ts';
import { UploadArea } from './upload.tsx';
import { Waveform } from './waveform.tsx';
import './audio.css';
import { Tag } from '../shell/tag.tsx';

interface AddAudioDialogProps {
  readonly library: AudioLibrary;
  /** Called whenever the library has changed. */
  readonly renew: () => void;
  /** Uses an audio where the dialog was opened. */
  readonly use: (id: string) => void;
  readonly close: () => void;
}

/** Uploads or records audio without leaving the canvas; who may review it does so here. */
export function AddAudioDialog({ library, renew, use, close }: AddAudioDialogProps) {
  const { t } = useTranslation();
  const [added, setAdded] = useState<readonly Audio[]>([]);
  const take = (audio: Audio) => {
    renew();
    if (audio.state !== 'rejected')
      setAdded((before) => [...before.filter(({ id }) => id !== audio.id), audio]);
  };
  const again = async (id: string) => take(await library.read(id));
  return (
    <Modal
      open
      width={640}
      title={t('audio.fromHereTitle')}
      footer={null}
      // A click beside it would lose a recording.
      mask={{ closable: false }}
      onCancel={close}
    >
      <UploadArea library={library} done={take} />
      {added.map((audio) => (
        <section key={audio.id} className="words">
          <div className="named">
            <b>{audio.name}</b>
            <span>
              <Tag tone={audioTones[audio.state]}>{t(`audio.states.${audio.state}`)}</Tag>
            </span>
          </div>
          <Waveform name={audio.name} load={async () => (await library.read(audio.id)).url ?? ''} />
          {audio.state === 'pending' ? (
            <p className="faint">{t('audio.waits', { name: audio.name })}</p>
          ) : null}
          <div className="choices">
            {library.may.review && audio.state === 'pending' ? (
              <Review
                audio={audio}
                library={library}
                done={() => again(audio.id).catch((error: unknown) => toast.error(reasonOf(error)))}
              />
            ) : (
              <span />
            )}
            <Button type="primary" onClick={() => use(audio.id)}>
              {t('audio.useIt')}
            </Button>
          </div>
        </section>
      ))}
    </Modal>
  );
}
