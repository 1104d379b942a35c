import { Alert, Button, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Changes } from '../compare/changes.tsx';
import { withEarlier } from '../document/history.ts';
import { browserStorage } from '../draft/storage.ts';
import { textOf, type Unreadable, type Unsaved } from '../draft/unsaved.ts';
import { download } from '../shell/download.ts';
import { ErrorBoundary } from '../shell/errorboundary.tsx';
import { dateTime } from '../words/time.ts';
import type { Backup } from './backup.ts';
import { useDocumentStore } from './documentstore.ts';
import type { SaveState } from './save.ts';
import { useUnsavedWork } from './unsavedwork.ts';

interface RestoreOfferProps {
  readonly backup: Backup;
  readonly state: SaveState;
}

/** Offers unsaved work that this browser has kept from earlier visits, and tells of work in other tabs. */
export function RestoreOffer({ backup, state }: RestoreOfferProps) {
  const { t } = useTranslation();
  const store = useDocumentStore();
  const { works, unreadable, elsewhere, drop } = useUnsavedWork(backup.place, state.base);
  // One restored is enough for a visit: older work stays where it is, to be offered at the next.
  const [restored, setRestored] = useState(false);
  const work = restored ? undefined : works[0];
  const stale = work !== undefined && work.etag !== state.revision.etag;
  const restore = async ({ place, history, etag, base }: Unsaved) => {
    const { history: now } = store.state();
    const untouched = now.past.length + now.future.length === 0 && !stale;
    store.setHistory(untouched ? history : withEarlier(now, history));
    drop(place);
    setRestored(true);
    if (stale) {
      const theirs = { ...state.revision, flow: state.base };
      // What somebody else has saved since is met by every save until the user has chosen.
      state.rebase({ ...state.revision, etag, flow: base });
      state.showConflict({ base, theirs });
    }
    // Not before it lies at its new place.
    if (await backup.flush()) await browserStorage.remove(place);
  };
  const discard = ({ place }: Pick<Unsaved, 'place'>) => {
    drop(place);
    void browserStorage.remove(place);
  };
  return (
    <div className="kept">
      {work === undefined ? null : (
        <ErrorBoundary
          key={work.place.join()}
          instead={() => <Rescue work={{ place: work.place, found: [work] }} discard={() => discard(work)} />}
        >
          <Offer
            work={work}
            {...(stale ? { stale: state.revision.savedBy } : {})}
            own={state.revision.savedBy === backup.place[0]}
            more={works.length - 1}
            restore={() => void restore(work)}
            discard={() => discard(work)}
          />
        </ErrorBoundary>
      )}
      {unreadable.map((each) => (
        <Rescue key={each.place.join()} work={each} discard={() => discard(each)} />
      ))}
      {elsewhere ? <Alert type="info" showIcon closable title={t('saving.elsewhere')} /> : null}
    </div>
  );
}

interface OfferProps {
  readonly work: Unsaved;
  /** Who has saved since, and whether that was the user. */
  readonly stale?: string;
  readonly own: boolean;
  /** How much older work there is. */
  readonly more: number;
  readonly restore: () => void;
  readonly discard: () => void;
}

function Offer({ work: { at, base, history }, stale, own, more, restore, discard }: OfferProps) {
  const { t, i18n } = useTranslation();
  return (
    <Alert
      type="warning"
      showIcon
      title={t('saving.keptTitle')}
      description={
        <>
          {t('saving.keptText', { at: dateTime(at, i18n.language) })}{' '}
          {stale === undefined ? '' : t(own ? 'saving.keptStaleOwn' : 'saving.keptStale', { who: stale })}{' '}
          {more > 0 ? t('saving.keptMore', { count: more }) : ''}
          <Changes before={base} after={history.flow} />
        </>
      }
      action={
        <Space orientation="vertical">
          <Button type="primary" onClick={restore}>
            {t('saving.restore')}
          </Button>
          <Discard discard={discard} />
        </Space>
      }
    />
  );
}

/** Hands out unsaved work that cannot be shown. */
function Rescue({ work, discard }: { work: Unreadable; discard: () => void }) {
  const { t } = useTranslation();
  const [, flow] = work.place;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('rescue.keptTitle')}
      description={t('rescue.keptText')}
      action={
        <Space orientation="vertical">
          <Button type="primary" onClick={() => download(`${flow}.unsaved.json`, textOf(work.found))}>
            {t('rescue.keptDownload')}
          </Button>
          <Discard discard={discard} />
        </Space>
      }
    />
  );
}

function Discard({ discard }: { discard: () => void }) {
  const { t } = useTranslation();
  return (
    <Popconfirm
      title={t('saving.discardTitle')}
      description={t('saving.discardText')}
      okText={t('saving.discard')}
      okButtonProps={{ danger: true }}
      cancelText={t('saving.cancel')}
      onConfirm={discard}
    >
      <Button>{t('saving.discard')}</Button>
    </Popconfirm>
  );
}
