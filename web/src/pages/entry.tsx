import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Version } from '../api/generated/types.ts';
import { Tag } from '../shell/tag.tsx';
import { dateTime } from '../words/time.ts';

interface VersionEntryProps {
  readonly flow: string;
  readonly version: Version;
  readonly live: boolean;
  readonly compare: () => void;
  /** Left out if the user may not. */
  readonly restore?: () => void;
  readonly makeLive?: () => void;
}

/** A version in the list: who, when, the note, and what can be done with it. */
export function VersionEntry({ flow, version, live, compare, restore, makeLive }: VersionEntryProps) {
  const { t, i18n } = useTranslation();
  const { version: number, at, by, note } = version;
  return (
    <article className="version" data-version={number}>
      <header>
        <b>v{number}</b>
        {live ? <Tag tone="success">{t('versions.live')}</Tag> : null}
        <small>{t('versions.by', { at: dateTime(at, i18n.language), who: by })}</small>
      </header>
      <p className={note ? '' : 'faint'}>{note || t('versions.noNote')}</p>
      <footer>
        {/* In a page of its own, signed in as this one: what is not saved here stays. */}
        <Button size="small" href={`/flows/${flow}/versions/${number}`} target="_blank" rel="opener">
          {t('versions.look')}
        </Button>
        <Button size="small" onClick={compare}>
          {t('versions.compare')}
        </Button>
        {restore === undefined ? null : (
          <Button size="small" onClick={restore}>
            {t('versions.restore')}
          </Button>
        )}
        {makeLive === undefined || live ? null : (
          <Button size="small" onClick={makeLive}>
            {t('versions.makeLive')}
          </Button>
        )}
      </footer>
    </article>
  );
}
