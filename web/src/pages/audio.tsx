import { DeleteOutlined } from '@ant-design/icons';
import { Button, Empty, Popconfirm, Segmented, Space, Table, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Audio } from '../api/generated/types.ts';
import { reasonOf } from '../api/refusal.ts';
import { useAudio } from '../audio/context.ts';
import type { AudioLibrary } from '../audio/library.ts';
import { useOpenLibrary } from '../audio/open.ts';
import { reasonFor } from '../audio/reason.ts';
import { Review } from '../audio/review.tsx';
import { UploadArea } from '../audio/upload.tsx';
import { Waveform } from '../audio/waveform.tsx';
import { Failed } from '../shell/failed.tsx';
import { Head } from '../shell/head.tsx';
import { dateTime } from '../words/time.ts';
import { Pronunciations } from './pronunciations.tsx';
import '../audio/audio.css';
import { toast } from '../shell/toast.ts';

const states = ['all', 'pending', 'approved', 'rejected'] as const;

/** The audio of the library: what there is, what waits for a review, where it is used; and how words are spoken. */
export function AudioPage() {
  const { t } = useTranslation();
  const library = useOpenLibrary();
  const audio = useAudio(library);
  const [state, setState] = useState<(typeof states)[number]>('all');
  const renew = () => void audio.renew();
  const columns = useColumns(library, renew);
  const all = audio.data ?? [];
  const shown = all.filter((each) => state === 'all' || each.state === state);
  return (
    <>
      <Head title={t('audio.title')} about={t('audio.about')}>
        <Pronunciations />
      </Head>
      {library.may.upload ? <UploadArea library={library} done={renew} /> : null}
      {audio.isError ? <Failed error={audio.error} retry={() => void audio.refetch()} /> : null}
      {audio.data?.length === 0 ? (
        <Empty
          className="nothing"
          description={
            <>
              <b>{t('audio.none')}</b>
              <p>{t('audio.noneText')}</p>
            </>
          }
        />
      ) : (
        <section className="card">
          <Segmented
            aria-label={t('audio.filter')}
            value={state}
            options={states.map((value) => ({
              value,
              label: `${t(`audio.states.${value}`)} (${value === 'all' ? all.length : all.filter((each) => each.state === value).length})`,
            }))}
            onChange={setState}
          />
          <Table
            rowKey="id"
            rowClassName={({ id }) => `audio-${id}`}
            columns={columns}
            dataSource={shown}
            loading={audio.isPending}
            scroll={{ x: 'max-content' }}
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            expandable={{
              rowExpandable: ({ seconds }) => seconds !== undefined,
              expandedRowRender: (each) => <Waveform name={each.name} load={() => urlOf(library, each)} />,
            }}
          />
        </section>
      )}
    </>
  );
}

async function urlOf(library: AudioLibrary, { id, name }: Audio): Promise<string> {
  const { url } = await library.read(id);
  if (url === undefined) throw new Error(name);
  return url;
}

const colors = {
  uploading: 'default',
  pending: 'processing',
  approved: 'success',
  rejected: 'error',
} as const;

function useColumns(library: AudioLibrary, renew: () => void): TableColumnsType<Audio> {
  const { t, i18n } = useTranslation();
  const { may } = library;
  return [
    {
      title: t('audio.name'),
      key: 'name',
      render: (_, { id, name }) => (
        <div className="named">
          <b>{name}</b>
          <small>{id}</small>
        </div>
      ),
    },
    {
      title: t('audio.length'),
      key: 'seconds',
      render: (_, { seconds }) => (seconds === undefined ? '–' : t('audio.seconds', { seconds })),
    },
    {
      title: t('audio.state'),
      key: 'state',
      width: 260,
      render: (_, { state, reviewedBy, reviewedAt, ...audio }) => (
        <div className="named audio-state">
          <span>
            <Tag color={colors[state]}>{t(`audio.states.${state}`)}</Tag>
          </span>
          <small>{reasonFor(audio)}</small>
          {reviewedBy === undefined ? null : (
            <small>
              {t('audio.reviewedBy', { who: reviewedBy, at: dateTime(reviewedAt ?? '', i18n.language) })}
            </small>
          )}
        </div>
      ),
    },
    {
      title: t('audio.uploaded'),
      key: 'uploaded',
      render: (_, { uploadedAt, uploadedBy }) => (
        <div className="named">
          <span>{dateTime(uploadedAt, i18n.language)}</span>
          <small>{uploadedBy}</small>
        </div>
      ),
    },
    {
      title: t('audio.usedBy'),
      key: 'usedBy',
      render: (_, { usedBy }) =>
        usedBy.length === 0 ? (
          <span className="faint">{t('audio.unused')}</span>
        ) : (
          <div className="named">
            {usedBy.map(({ flow, name }) => (
              <Link key={flow} to={`/flows/${flow}`}>
                {name}
              </Link>
            ))}
          </div>
        ),
    },
    {
      title: t('flows.actions'),
      key: 'actions',
      align: 'right',
      render: (_, audio) => (
        <Space size={4}>
          {may.review && audio.state === 'pending' ? <Review {...{ audio, library }} done={renew} /> : null}
          {may.remove ? <Remove {...{ audio, library }} done={renew} /> : null}
        </Space>
      ),
    },
  ];
}

/** Deletes an audio; one that flows use says which first. */
function Remove({ audio, library, done }: { audio: Audio; library: AudioLibrary; done: () => void }) {
  const { t } = useTranslation();
  const { id, name, usedBy } = audio;
  const remove = async () => {
    try {
      await library.remove(id);
      toast.success(t('audio.deleted', { name }));
    } catch (error) {
      toast.error(reasonOf(error));
    }
    done();
  };
  return (
    <Popconfirm
      title={t('audio.deleteTitle', { name })}
      description={
        usedBy.length === 0
          ? t('audio.deleteText')
          : t('audio.inUse', { flows: usedBy.map((each) => each.name).join('、') })
      }
      okText={t('audio.delete')}
      okButtonProps={{ danger: true, disabled: usedBy.length > 0 }}
      cancelText={t('flows.cancel')}
      onConfirm={remove}
    >
      <Button
        size="small"
        type="text"
        danger
        icon={<DeleteOutlined />}
        aria-label={t('audio.deleteOf', { name })}
      />
    </Popconfirm>
  );
}
