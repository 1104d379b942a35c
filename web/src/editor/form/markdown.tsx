import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Markdown } from '../../words/markdown.tsx';
import { useEditorContext } from '../editorcontext.ts';
import { TypedText } from './typed.tsx';

interface MarkdownControlProps {
  readonly name: string;
  readonly value: string;
  /** How long it may be, in characters. */
  readonly most: number;
  readonly onChange: (value: string) => void;
}

/** A text in Markdown: written, or looked at as it will be read. Who may not write just reads it. */
export function MarkdownControl({ name, value, most, onChange }: MarkdownControlProps) {
  const { t } = useTranslation();
  const { mayEdit } = useEditorContext();
  const [reading, setReading] = useState(false);
  if (!mayEdit) return <Reading text={value} />;
  return (
    <>
      {reading ? (
        <Reading text={value} />
      ) : (
        <TypedText name={name} value={value} most={most} onChange={onChange} />
      )}
      <div className="text-foot">
        {value === '' ? null : (
          <Segmented
            size="small"
            aria-label={name}
            value={reading ? 'preview' : 'markdown'}
            options={[
              { value: 'markdown', label: t('form.markdown') },
              { value: 'preview', label: t('form.preview') },
            ]}
            onChange={(next) => setReading(next === 'preview')}
          />
        )}
        <span className="count">{t('form.characters', { count: Array.from(value).length, most })}</span>
      </div>
    </>
  );
}

function Reading({ text }: { text: string }) {
  if (text.trim() === '') return null;
  return (
    <div className="reading">
      <Markdown text={text} />
    </div>
  );
}
