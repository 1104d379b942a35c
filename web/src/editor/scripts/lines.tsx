import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';

interface ScriptLinesProps {
  readonly area: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  /** What is wrong with lines, by their numbers. */
  readonly marks: ReadonlyMap<number, string>;
  /** Takes the text as it is written; left out, it can only be read. */
  readonly write: ((text: string) => void) | undefined;
}

/** A call script with the numbers of its lines; those that fail are marked. */
export function ScriptLines({ area, text, marks, write }: ScriptLinesProps) {
  const { t } = useTranslation();
  const lines = text.split('\n');
  return (
    <div className="scripts-frame">
      <ol className="scripts-numbers" aria-hidden="true">
        {lines.map((_, index) => {
          const mark = marks.get(index + 1);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is what it is by its number
            <li key={index} className={mark === undefined ? undefined : 'is-failing'} title={mark}>
              {index + 1}
            </li>
          );
        })}
      </ol>
      <textarea
        ref={area}
        aria-label={t('scripts.title')}
        className="scripts-text"
        wrap="off"
        spellCheck={false}
        readOnly={write === undefined}
        rows={Math.max(lines.length, 12)}
        placeholder={t('scripts.example')}
        value={text}
        onChange={({ target }) => write?.(target.value)}
      />
    </div>
  );
}
