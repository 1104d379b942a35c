import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Saver, SaveStatus } from '../draft/saver.ts';
import { toast } from '../shell/toast.ts';
import { useEditorState } from './documentstore.ts';

/** Whether the document is saved, and the ways to save it. */
export interface SaveState
  extends SaveStatus,
    Pick<Saver, 'save' | 'publish' | 'rebase' | 'showConflict' | 'updateVersions'> {
  readonly unsaved: boolean;
}

/** Follows a saver: tells why something was not saved, and saves that once the network is back. */
export function useSaving(saver: Saver): SaveState {
  const status = useSyncExternalStore(saver.subscribe, saver.status);
  const { t } = useTranslation();
  const unsaved = useEditorState(() => saver.unsaved);

  const tell = useCallback(() => {
    const { failure } = saver.status();
    if (failure === undefined) return;
    const { reason, refused } = failure;
    const content = refused
      ? t('saving.refused', { reason })
      : t(navigator.onLine ? 'saving.failed' : 'saving.offlineNow', { reason });
    toast.error(content, { key: 'save', seconds: 8 });
  }, [saver, t]);

  const save = useCallback(async () => {
    const saved = await saver.save();
    if (!saved) tell();
    return saved;
  }, [saver, tell]);

  useEffect(() => {
    const left = new AbortController();
    const again = async () => {
      if (saver.status().failure?.refused !== false) return;
      if (await save()) toast.success(t('saving.doneAfterAll'), { key: 'save' });
    };
    window.addEventListener('online', () => void again(), { signal: left.signal });
    return () => left.abort();
  }, [saver, save, t]);

  return {
    ...status,
    unsaved,
    save,
    async publish(note, despite) {
      const published = await saver.publish(note, despite);
      if (published.outcome === 'kept back') tell();
      return published;
    },
    rebase: saver.rebase,
    showConflict: saver.showConflict,
    updateVersions: saver.updateVersions,
  };
}
