import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isShowable } from '../document/validate.ts';
import type { Draft } from '../draft/remote.ts';
import type { Saver } from '../draft/saver.ts';
import { toast } from '../shell/toast.ts';
import { useDocumentStore } from './documentstore.ts';

/** Tells the other pages of this browser with the same flow of each save and publish, and hears of theirs. */
export function useTabs(saver: Saver): void {
  const store = useDocumentStore();
  const { t } = useTranslation();
  useEffect(() => {
    if (typeof BroadcastChannel === 'undefined') return;
    const channel = new BroadcastChannel(`branchline.saved.${store.flow.id}`);
    let known = saver.status().revision;
    let isHearing = false;
    const stop = saver.subscribe(() => {
      const { revision, base } = saver.status();
      if (revision === known || isHearing) return;
      known = revision;
      channel.postMessage({ ...revision, flow: base });
    });
    channel.onmessage = ({ data }: MessageEvent<Draft>) => {
      // A page of another release may be open, too.
      if (typeof data?.etag !== 'string' || !isShowable(data.flow)) return;
      isHearing = true;
      const heard = saver.receive(data);
      isHearing = false;
      known = saver.status().revision;
      if (heard === 'taken') toast.info(t('saving.takenOver'), { key: 'tabs' });
      if (heard === 'behind') toast.warning(t('saving.behind'), { key: 'tabs', seconds: 8 });
    };
    return () => {
      stop();
      channel.close();
    };
  }, [saver, store, t]);
}
