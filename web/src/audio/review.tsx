import { Button, Input, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Audio } from '../api/generated/types.ts';
import { reasonOf } from '../api/refusal.ts';
import { upTo } from '../shell/length.ts';
import { toast } from '../shell/toast.ts';
import type { AudioLibrary } from './library.ts';

interface ReviewProps {
  readonly audio: Audio;
  readonly library: AudioLibrary;
  /** Called after every review, whatever came of it. */
  readonly done: () => void;
}

/** Approves an audio that waits for its review, or rejects it with a reason. */
export function Review({ audio: { id, name }, library, done }: ReviewProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);

  async function review(approve: boolean) {
    setBusy(true);
    const why = reason.trim();
    try {
      await library.review(id, { approve, ...(approve || why === '' ? {} : { reason: why }) });
      toast.success(t(approve ? 'audio.approved' : 'audio.rejected', { name }));
    } catch (error) {
      toast.error(reasonOf(error));
    } finally {
      setBusy(false);
      done();
    }
  }

  return (
    <Space size={4}>
      <Button size="small" type="primary" loading={busy} onClick={() => void review(true)}>
        {t('audio.approve')}
      </Button>
      <Popconfirm
        title={t('audio.rejectTitle', { name })}
        description={
          <Input
            {...upTo(500)}
            aria-label={t('audio.reason')}
            placeholder={t('audio.reasonPlaceholder')}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        }
        okText={t('audio.reject')}
        okButtonProps={{ danger: true }}
        cancelText={t('flows.cancel')}
        onConfirm={() => review(false)}
      >
        <Button size="small" danger disabled={busy}>
          {t('audio.reject')}
        </Button>
      </Popconfirm>
    </Space>
  );
}
