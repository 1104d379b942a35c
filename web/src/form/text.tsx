import { TranslationOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Select, Tooltip } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languages } from '../../../lib/flow/language.ts';
import { longestText, type TextPart } from '../../../lib/flow/prompt.ts';
import { Audition } from '../audio/audition.tsx';
import { useSurroundings } from '../canvas/surroundings.ts';
import { FilledInput, Variables } from './filled.tsx';
import { languageName } from './languages.ts';

interface TextControlProps {
  readonly name: string;
  readonly part: TextPart;
  readonly example: string;
  readonly variables: readonly string[];
  readonly onChange: (part: TextPart) => void;
  /** What stands below the text beside its own tools. */
  readonly foot?: ReactNode;
}

/** A text that is spoken: completes `${…}`, counts characters, and may have a language and voice of its own. */
export function TextControl({ name, part, example, variables, onChange, foot }: TextControlProps) {
  const { t } = useTranslation();
  const { mayEdit } = useSurroundings();
  const own = part.language !== undefined || part.voice !== undefined;
  const [open, setOpen] = useState(own);
  const count = Array.from(part.text).length;
  return (
    <>
      <FilledInput
        name={name}
        value={part.text}
        example={example}
        variables={variables}
        rows={{ minRows: 2, maxRows: 10 }}
        onChange={(text) => onChange({ ...part, text })}
      />
      <div className="text-foot">
        {mayEdit ? (
          <>
            <Variables
              names={variables}
              insert={(name) => onChange({ ...part, text: `${part.text}\${${name}}` })}
            />
            <Tooltip title={t('form.speaks')}>
              <Button
                size="small"
                type="text"
                icon={<TranslationOutlined />}
                aria-label={t('form.speaks')}
                aria-expanded={open}
                onClick={() => setOpen(!open)}
              />
            </Tooltip>
          </>
        ) : null}
        <Audition name={name} part={part} />
        {foot}
        <span className={`count${count > longestText ? ' is-over' : ''}`}>
          {t('form.characters', { count, most: longestText })}
        </span>
      </div>
      {open ? <Speaking part={part} onChange={onChange} /> : null}
    </>
  );
}

function Speaking({ part, onChange }: Pick<TextControlProps, 'part' | 'onChange'>) {
  const { t, i18n } = useTranslation();
  const { mayEdit } = useSurroundings();
  const change = (field: 'language' | 'voice', value: string | undefined) => {
    const { [field]: _, ...rest } = part;
    onChange(value === undefined || value === '' ? (rest as TextPart) : { ...part, [field]: value });
  };
  return (
    <div className="speaking">
      <Select
        allowClear
        disabled={!mayEdit}
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('form.head.language')}
        placeholder={t('form.voiceDefault')}
        value={part.language ?? null}
        options={languages.map((tag) => ({ value: tag, label: languageName(tag, i18n.language) }))}
        onChange={(language) => change('language', language ?? undefined)}
      />
      <AutoComplete
        allowClear
        disabled={!mayEdit}
        aria-label={t('form.voiceOf')}
        placeholder={t('form.voiceOf')}
        value={part.voice ?? ''}
        onChange={(voice) => change('voice', voice ?? undefined)}
      />
    </div>
  );
}
