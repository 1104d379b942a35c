import i18next from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftBackup } from '../draft/backup.ts';
import { acquireLock } from '../draft/lock.ts';
import type { Saver } from '../draft/saver.ts';
import { browserStorage, nameOf } from '../draft/storage.ts';
import type { Place } from '../draft/unsaved.ts';
import { toast } from '../shell/toast.ts';
import { useDocumentStore } from './documentstore.ts';

/** What becomes of the work when the page goes. */
export interface Backup {
  /** Where this visit keeps its work. */
  readonly place: Place;
  /** Whether the browser keeps nothing: what is not saved goes with the page. */
  readonly losing: boolean;
  /** Keeps the work as it stands; resolves, once that is over, with whether there is work and it is kept. */
  flush(): Promise<boolean>;
}

/** Keeps unsaved work in this browser, for its user alone, until it is saved. */
export function useBackup(saver: Saver, user: string, mayEdit: boolean): Backup {
  const store = useDocumentStore();
  const [losing, setLosing] = useState(false);
  // Every visit has a place of its own: two pages with the same flow overwrite nothing of each other's.
  const [place] = useState<Place>(() => [user, store.flow.id, crypto.randomUUID()]);
  const [backup] = useState(() => {
    const told = (kept: boolean) => setLosing(!kept);
    return new DraftBackup(place, { store, saver, storage: browserStorage, told, now: () => new Date() });
  });
  useWatch(backup, place, mayEdit);
  useWarning(losing, saver);
  return { place, losing, flush: () => backup.flush() };
}

/** Keeps the work while the editor is open, when it is left, and when the page goes away. */
function useWatch(backup: DraftBackup, place: Place, mayEdit: boolean): void {
  useEffect(() => {
    if (!mayEdit) return;
    const left = new AbortController();
    const { signal } = left;
    // Other pages can tell by this that the work is still at hand here.
    void acquireLock(nameOf(place), signal);
    const stop = backup.follow();
    window.addEventListener('pagehide', () => backup.leave(), { signal });
    document.addEventListener('visibilitychange', () => void backup.flush(), { signal });
    return () => {
      left.abort();
      void stop().then((kept) => {
        if (kept) toast.info(i18next.t('saving.left'), { key: 'left' });
      });
    };
  }, [backup, place, mayEdit]);
}

/** Asks before the page is closed or loaded again while that would lose what was written. */
export function useUnloadQuestion(isLosing: boolean): void {
  useEffect(() => {
    if (!isLosing) return;
    const left = new AbortController();
    window.addEventListener('beforeunload', (event) => event.preventDefault(), { signal: left.signal });
    return () => left.abort();
  }, [isLosing]);
}

/** Tells once that nothing can be kept, and lets nobody leave unasked then. */
function useWarning(losing: boolean, saver: Saver): void {
  const { t } = useTranslation();
  useEffect(() => {
    if (!losing) return;
    toast.warning(t('saving.full'), { key: 'full', seconds: 8 });
    const left = new AbortController();
    const ask = (event: BeforeUnloadEvent) => {
      if (saver.unsaved) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask, { signal: left.signal });
    return () => left.abort();
  }, [losing, saver, t]);
}
