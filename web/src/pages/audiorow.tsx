import { Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Audio } from '../api/generated/types.ts';
import type { AudioLibrary } from '../audio/library.ts';
import { reasonFor } from '../audio/reason.ts';
import { Review } from '../audio/review.tsx';
import { audioTones } from '../audio/tones.ts';
import { Waveform } from '../audio/waveform.tsx';
import { Ago } from '../shell/ago.tsx';
import { opensOnClick } from '../shell/list.tsx';
import { RowMenu } from '../shell/rowmenu.tsx';
import { Tag } from '../shell/tag.tsx';
import { toast } from '../shell/toast.ts';
import { listed } from '../words/listing.ts';
import { dateTime } from '../words/time.ts';

interface AudioRowProps {
  readonly audio: Audio;
  readonly library: AudioLibrary;
  readonly renew: () => void;
}

/** An audio of the library, and below it how it sounds once that is asked for. */
export function AudioRow({ audio, library, renew }: AudioRowProps) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const { id, name, seconds, state, reviewedBy, reviewedAt, uploadedAt, uploadedBy, usedBy } = audio;
  const { may } = library;
  const turn = () => setOpen(!open);
  const heard = seconds !== undefined;
  const remove = async () => {
    try {
      await library.remove(id);
      toast.success(t('audio.deleted', { name }));
    } finally {
      renew();
    }
  };
  const inUse = usedBy.length > 0;
  const ask = {
    title: t('audio.deleteTitle', { name }),
    text: inUse
      ? t('audio.inUse', {
          flows: listed(
            usedBy.map((each) => each.name),
            i18n.language,
          ),
        })
      : t('audio.deleteText'),
    refused: inUse,
  };
  return (
    <>
      <tr data-audio={id} {...(heard ? opensOnClick(turn) : {})}>
        <td className="named">
          <b title={name}>{name}</b>
          <small>{id}</small>
        </td>
        <td>{heard ? t('audio.seconds', { seconds }) : '–'}</td>
        <td className="audio-state">
          <Tag tone={audioTones[state]}>{t(`audio.states.${state}`)}</Tag>
          <small>{reasonFor(audio)}</small>
          {reviewedBy === undefined ? null : (
            <small>
              {t('audio.reviewedBy', { who: reviewedBy, at: dateTime(reviewedAt ?? '', i18n.language) })}
            </small>
          )}
        </td>
        <td className="named">
          <Ago at={uploadedAt} />
          <small>{uploadedBy}</small>
        </td>
        <td className="named">
          {usedBy.length === 0 ? <span className="faint">{t('audio.unused')}</span> : null}
          {usedBy.map((each) => (
            <Link key={each.flow} to={`/flows/${each.flow}`}>
              {each.name}
            </Link>
          ))}
        </td>
        <td>
          <Space size={4}>
            {may.review && state === 'pending' ? <Review {...{ audio, library }} done={renew} /> : null}
            {heard ? (
              <Button
                size="small"
                aria-expanded={open}
                aria-label={t('audio.soundOf', { name })}
                onClick={turn}
              >
                {t('audio.sound')}
              </Button>
            ) : null}
            <RowMenu
              name={name}
              choices={may.remove ? [{ key: 'delete', label: t('audio.delete'), ask, run: remove }] : []}
            />
          </Space>
        </td>
      </tr>
      {open ? (
        <tr>
          <td colSpan={6}>
            <Waveform name={name} load={() => urlOf(library, audio)} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

async function urlOf(library: AudioLibrary, { id, name }: Audio): Promise<string> {
  const { url } = await library.read(id);
  if (url === undefined) throw new Error(name);
  return url;
}
