import {
  CustomerServiceOutlined,
  LoadingOutlined,
  PauseCircleOutlined,
  SoundOutlined,
} from '@ant-design/icons';
import { Button, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AudioPart, holdMusic } from '../../../../lib/flow/prompt.ts';
import type { Audio } from '../../api/generated/types.ts';
import { useAudioPlayer } from '../../audio/audioplayer.ts';
import { useAudio, useLibrary } from '../../audio/context.ts';
import type { AudioLibrary } from '../../audio/library.ts';
import { audioTones } from '../../audio/tones.ts';
import { HoverTooltip } from '../../shell/hovertooltip.tsx';
import { Tag } from '../../shell/tag.tsx';
import { useEditorContext } from '../editorcontext.ts';

const Additions = lazy(async () => ({ default: (await import('../../audio/addaudio.tsx')).AddAudioDialog }));

interface AudioChoiceProps {
  readonly name: string;
  readonly value: AudioPart | undefined;
  readonly onChange: (value: AudioPart) => void;
}

/** Chooses an audio: the system's own, one of the library, or one that is uploaded or recorded for it. */
export function AudioChoice({ name, value, onChange }: AudioChoiceProps) {
  const { t } = useTranslation();
  const { mayEdit } = useEditorContext();
  const library = useLibrary();
  const audio = useAudio(library);
  const [adding, setAdding] = useState(false);
  const chosen = value?.audio ?? holdMusic;
  const known = audio.data ?? [];
  const current = known.find(({ id }) => id === chosen);
  return (
    <>
      <div className="audio-choice">
        <Select
          aria-label={name}
          disabled={!mayEdit}
          loading={library !== undefined && audio.isPending}
          prefix={<CustomerServiceOutlined />}
          showSearch={{ optionFilterProp: 'title' }}
          value={chosen}
          options={optionsOf(known, chosen, t('form.holdMusic')).map(({ id, name: called, state }) => ({
            value: id,
            title: called,
            label:
              state === undefined || state === 'approved' ? (
                called
              ) : (
                <>
                  {called} <Tag tone={audioTones[state]}>{t(`audio.states.${state}`)}</Tag>
                </>
              ),
          }))}
          onChange={(id: string) => onChange({ audio: id })}
        />
        {library === undefined || current === undefined ? null : <Hear audio={current} library={library} />}
      </div>
      {library?.may.upload === true && mayEdit ? (
        <Button size="small" type="link" onClick={() => setAdding(true)}>
          {t('audio.fromHere')}
        </Button>
      ) : null}
      {adding && library !== undefined ? (
        <Suspense fallback={<LoadingOutlined />}>
          <Additions
            library={library}
            renew={() => void audio.renew()}
            use={(id) => {
              onChange({ audio: id });
              setAdding(false);
            }}
            close={() => setAdding(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}

/** What can be chosen: approved audio, and the one that the document names, in whatever state it is. */
function optionsOf(known: readonly Audio[], chosen: string, music: string) {
  const approved = known.filter(({ id, state }) => state === 'approved' || id === chosen);
  const named =
    chosen === holdMusic || approved.some(({ id }) => id === chosen) ? [] : [{ id: chosen, name: chosen }];
  return [
    { id: holdMusic, name: music, state: undefined },
    ...named.map((each) => ({ ...each, state: undefined })),
    ...approved.map(({ id, name, state }) => ({ id, name, state })),
  ];
}

function Hear({ audio: { id, name }, library }: { audio: Audio; library: AudioLibrary }) {
  const { t } = useTranslation();
  const { state, toggle } = useAudioPlayer(async () => {
    const { url } = await library.read(id);
    if (url === undefined) throw new Error(t('audio.notHeard'));
    return url;
  });
  const icons = { silent: <SoundOutlined />, loading: <LoadingOutlined />, playing: <PauseCircleOutlined /> };
  const does = state === 'playing' ? t('audio.auditionStop') : t('audio.auditionOf', { name });
  return (
    <HoverTooltip title={does}>
      <Button type="text" icon={icons[state]} aria-label={does} onClick={toggle} />
    </HoverTooltip>
  );
}
