import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Saver, SaveStatus } from '../draft/saver.ts';
import { toast } from '../shell/toast.ts';
import { useEditorState } from './documentstore.ts';

/** A network often is back some seconds before it answers: how long each attempt to save waits after the one before it. */
const attemptsAfterMs = [0, 1_000, 4_000, 15_000];

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
      for (const ms of attemptsAfterMs) {
        await new Promise((resolve) => setTimeout(resolve, ms));
        if (left.signal.aborted || saver.status().failure?.refused !== false) return;
        if (!(await save())) continue;
        toast.success(t('saving.doneAfterAll'), { key: 'save' });
        return;
      }
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
