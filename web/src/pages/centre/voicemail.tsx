import { CaretRightOutlined, PhoneOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Skeleton, Space } from 'antd';
import { type SyntheticEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Voicemail } from '../../api/generated/types.ts';
import { reasonOf } from '../../api/refusal.ts';
import { deleteVoicemail, hearVoicemail, markVoicemail } from '../../api/voicemails.ts';
import { useApi } from '../../session/context.ts';
import { opensOnClick } from '../../shell/list.tsx';
import { RowMenu } from '../../shell/rowmenu.tsx';
import { Tag } from '../../shell/tag.tsx';
import { toast } from '../../shell/toast.ts';
import { callerOf } from '../../words/caller.ts';
import { dateTime } from '../../words/time.ts';
import { useGroupName } from './queries.ts';

interface RowProps {
  readonly message: Voicemail;
  /** Whether its sound is shown. */
  readonly isOpen: boolean;
  readonly open: (is: boolean) => void;
}

/** A message in the list, and below it its sound once that is asked for. */
export function VoicemailRow({ message: voicemail, isOpen, open }: RowProps) {
  const { t, i18n } = useTranslation();
  const nameOf = useGroupName();
  const { id, at, from, mailbox, seconds, state, callSid } = voicemail;
  const { name: caller, number } = callerOf(t, from);
  return (
    <>
      <tr data-voicemail={id} {...opensOnClick(() => open(!isOpen))}>
        <td className="named">
          {state === 'new' ? <b>{dateTime(at, i18n.language)}</b> : dateTime(at, i18n.language)}
          <Link to={`/calls/${callSid}`}>{t('voicemails.call')}</Link>
        </td>
        <td className="digits">
          {number === undefined ? (
            caller
          ) : (
            <a href={`tel:${number}`} aria-label={t('voicemails.callBack', { from: number })}>
              <PhoneOutlined aria-hidden /> {number}
            </a>
          )}
        </td>
        <td>{nameOf(mailbox)}</td>
        <td className="digits">{`${seconds} s`}</td>
        <td>
          <Tag tone={state === 'new' ? 'info' : 'neutral'}>{t(`voicemails.states.${state}`)}</Tag>
        </td>
        <td>
          <Actions message={voicemail} caller={caller} isOpen={isOpen} open={open} />
        </td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={6}>
            <Sound id={id} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function Actions({ message: { id, state }, caller, isOpen, open }: RowProps & { readonly caller: string }) {
  const { t } = useTranslation();
  const api = useApi();
  const { change } = useChanges();
  return (
    <Space wrap>
      <Button
        type={isOpen ? 'default' : 'primary'}
        icon={isOpen ? undefined : <CaretRightOutlined aria-hidden />}
        aria-expanded={isOpen}
        aria-label={isOpen ? t('voicemails.close') : t('voicemails.playOf', { from: caller })}
        onClick={() => open(!isOpen)}
      >
        {isOpen ? t('voicemails.close') : t('voicemails.play')}
      </Button>
      <RowMenu
        name={caller}
        choices={[
          {
            key: 'mark',
            label: state === 'new' ? t('voicemails.markHeard') : t('voicemails.markNew'),
            run: () => change(() => markVoicemail(api, id, state === 'new' ? 'heard' : 'new')),
          },
          {
            key: 'remove',
            label: t('voicemails.remove'),
            ask: { title: t('voicemails.removeAsk', { from: caller }) },
            run: () =>
              change(async () => {
                await deleteVoicemail(api, id);
                toast.success(t('voicemails.removed'));
              }),
          },
        ]}
      />
    </Space>
  );
}

/** How old the URL of a sound may be and still play, in milliseconds: it lasts for five minutes. */
const urlMs = 240_000;

/** The sound of a message. Who hears it to its end has heard it. */
function Sound({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const api = useApi();
  const { change } = useChanges();
  const found = useQuery({
    queryKey: ['voicemail', id],
    queryFn: () => hearVoicemail(api, id),
    // Each time that it is opened it gets a URL that lasts, and no other one while it plays.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const heardUntil = useRef(0);
  if (found.data === undefined) {
    if (found.isError) return reasonOf(found.error);
    return <Skeleton active title={false} paragraph={{ rows: 1 }} />;
  }
  const { url, sound, state } = found.data;
  if (url === undefined) return sound === 'lost' ? t('voicemails.lost') : t('voicemails.carrier');
  const failed = ({ currentTarget }: SyntheticEvent<HTMLAudioElement>) => {
    if (Date.now() - found.dataUpdatedAt < urlMs) return;
    heardUntil.current = currentTarget.currentTime;
    void found.refetch();
  };
  return (
    // biome-ignore lint/a11y/useMediaCaption: what callers say is not written down.
    <audio
      controls
      autoPlay
      className="voicemail-sound"
      src={url}
      onError={failed}
      onLoadedMetadata={({ currentTarget }) => {
        currentTarget.currentTime = heardUntil.current;
      }}
      onEnded={() => state === 'new' && change(() => markVoicemail(api, id, 'heard'))}
    />
  );
}

/** Makes a change, reads the list again, and tells why where it was refused. */
function useChanges() {
  const queries = useQueryClient();
  const change = (make: () => Promise<void>) => {
    make().then(
      () => queries.invalidateQueries({ queryKey: ['voicemails'] }),
      (error: unknown) => toast.error(reasonOf(error)),
    );
  };
  return { change };
}
