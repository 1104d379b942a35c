import { Alert, Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Changes } from './changes.tsx';
import { useDesk } from './desk.ts';
import { replace } from './edits.ts';
import type { Draft } from './remote.ts';
import { changed } from './same.ts';
import type { SaveState } from './save.ts';
import { dateTime } from './time.ts';
import { forget, kept } from './unsaved.ts';

/** Offers unsaved work that this browser has kept from an earlier visit. */
export function KeptOffer({ draft, state }: { draft: Draft; state: SaveState }) {
  const { t, i18n } = useTranslation();
  const desk = useDesk();
  const [found, setFound] = useState(() => {
    const unsaved = kept(localStorage, draft.flow.id);
    return unsaved !== undefined && changed(unsaved.flow, draft.flow) ? unsaved : undefined;
  });
  if (found === undefined) return null;
  const stale = found.etag !== draft.etag;
  const restore = () => {
    desk.act(replace(desk.flow, found.flow, 'restore'));
    if (stale) state.meet({ base: found.base, theirs: draft });
    setFound(undefined);
  };
  const discard = () => {
    forget(localStorage, draft.flow.id);
    setFound(undefined);
  };
  return (
    <Alert
      className="kept"
      type="warning"
      showIcon
      title={t('saving.keptTitle')}
      description={
        <>
          {t('saving.keptText', { at: dateTime(found.at, i18n.language) })}{' '}
          {stale ? t('saving.keptStale', { who: draft.savedBy }) : ''}
          <Changes before={found.base} after={found.flow} />
        </>
      }
      action={
        <Space orientation="vertical">
          <Button type="primary" onClick={restore}>
            {t('saving.restore')}
          </Button>
          <Button onClick={discard}>{t('saving.discard')}</Button>
        </Space>
      }
    />
  );
}
