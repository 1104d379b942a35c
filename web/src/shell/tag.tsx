import { CloseOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './tag.css';

/** What a state means, as a list shows it. */
export type TagTone = 'neutral' | 'info' | 'success' | 'warning' | 'error';

interface TagProps {
  /** Puts a dot of this tone before the text; without one the text has a frame: it is a name, not a state. */
  readonly tone?: TagTone;
  /** Takes the tag away. */
  readonly remove?: () => void;
  readonly children: ReactNode;
}

/** A state as a dot and a text, or a name in a frame. The text has the colour of all text, so that it can be read. */
export function Tag({ tone, remove, children }: TagProps) {
  const { t } = useTranslation();
  return (
    <span className={tone === undefined ? 'tag is-name' : 'tag'} data-tone={tone}>
      {children}
      {remove === undefined ? null : (
        <button type="button" aria-label={t('shell.remove')} onClick={remove}>
          <CloseOutlined aria-hidden />
        </button>
      )}
    </span>
  );
}
