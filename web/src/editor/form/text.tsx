import { TranslationOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languagesOf } from '../../../../lib/engine/translations.ts';
import { defaultLanguage } from '../../../../lib/flow/flow.ts';
import { languages } from '../../../../lib/flow/language.ts';
import { isTranslated, longestText, type TextPart, textIn } from '../../../../lib/flow/prompt.ts';
import { textOf, withText } from '../../document/languagetexts.ts';
import { HoverTooltip } from '../../shell/hovertooltip.tsx';
import { languageName } from '../../words/languages.ts';
import { useFlow } from '../documentstore.ts';
import { useEditorContext } from '../editorcontext.ts';
import { Part } from './mark.tsx';
import { TextPreview } from './textpreview.tsx';
import { Translations } from './translations.tsx';
import { VariableInput, Variables } from './variableinput.tsx';

interface TextControlProps {
  readonly name: string;
  readonly part: TextPart;
  readonly example: string;
  readonly variables: readonly string[];
  readonly onChange: (part: TextPart) => void;
  /** What stands below the text beside its own tools. */
  readonly foot?: ReactNode;
}

/** A text that is spoken: completes `${…}`, counts characters, and may have a language and voice of its own, or several languages. */
export function TextControl({ name, part, example, variables, onChange, foot }: TextControlProps) {
  const { t } = useTranslation();
  const { mayEdit } = useEditorContext();
  const flow = useFlow();
  const own = flow.language ?? defaultLanguage;
  const spoken = languagesOf(flow);
  const translated = isTranslated(part);
  const [open, setOpen] = useState(
    part.language !== undefined || part.voice !== undefined || spoken.length > 1,
  );
  const [chosen, setChosen] = useState(own);
  const tags = translated ? Object.keys(part.text) : [];
  const tag = translated && !tags.includes(chosen) ? (tags[0] ?? own) : chosen;
  const text = textOf(part, tag);
  const write = (next: string) => onChange(withText(part, tag, next));
  const heard = textIn(part, tag, own);
  const called = translated ? `${name} ${tag}` : name;
  const count = Array.from(text).length;
  return (
    <>
      {translated || open ? (
        <Part>
          <Translations {...{ part, own, spoken, tag, onChange }} choose={setChosen} />
        </Part>
      ) : null}
      <Part within={translated ? `text.${tag}` : 'text'} forWhole>
        <VariableInput name={called} value={text} example={example} variables={variables} onChange={write} />
      </Part>
      <div className="text-foot">
        {mayEdit ? (
          <>
            <Variables names={variables} insert={(variable) => write(`${text}\${${variable}}`)} />
            <HoverTooltip title={t('form.speaks')}>
              <Button
                size="small"
                type="text"
                icon={<TranslationOutlined />}
                aria-label={t('form.speaks')}
                aria-expanded={open}
                onClick={() => setOpen(!open)}
              />
            </HoverTooltip>
          </>
        ) : null}
        {heard === undefined ? null : <TextPreview name={called} part={{ ...heard, text }} />}
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
  const { mayEdit } = useEditorContext();
  const change = (field: 'language' | 'voice', value: string | undefined) => {
    const { [field]: _, ...rest } = part;
    onChange(value === undefined || value === '' ? (rest as TextPart) : { ...part, [field]: value });
  };
  return (
    <div className="speaking">
      {isTranslated(part) ? null : (
        <Part within="language">
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
        </Part>
      )}
      <Part within="voice">
        <AutoComplete
          allowClear
          disabled={!mayEdit}
          aria-label={t('form.voiceOf')}
          placeholder={t('form.voiceOf')}
          value={part.voice ?? ''}
          onChange={(voice) => change('voice', voice ?? undefined)}
        />
      </Part>
    </div>
  );
}
