import { CloseOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { languages } from '../../../../lib/flow/language.ts';
import { isSameLanguage, type TextPart } from '../../../../lib/flow/prompt.ts';
import { textsOf, withLanguage, withoutLanguage } from '../../document/languagetexts.ts';
import { languageName } from '../../words/languages.ts';
import { useEditorContext } from '../editorcontext.ts';

interface TranslationsProps {
  readonly part: TextPart;
  /** The language of the flow. */
  readonly own: string;
  /** The languages that the flow speaks elsewhere: they are offered first. */
  readonly spoken: readonly string[];
  readonly tag: string;
  readonly choose: (tag: string) => void;
  readonly onChange: (part: TextPart) => void;
}

/** The languages of a text, as tabs, and a way to add one. */
export function Translations({ part, own, spoken, tag, choose, onChange }: TranslationsProps) {
  const { t, i18n } = useTranslation();
  const { mayEdit } = useEditorContext();
  const texts = textsOf(part) ?? {};
  const tags = Object.keys(texts);
  const free = [...new Set([...spoken, ...languages])].filter(
    (each) => !isSameLanguage(each, own) && !tags.some((other) => isSameLanguage(each, other)),
  );
  const add = (next: string) => {
    onChange(withLanguage(part, own, next));
    choose(next);
  };
  return (
    <div className="translations">
      {tags.length > 0 ? (
        <Segmented
          size="small"
          aria-label={t('form.translations')}
          value={tag}
          options={tags.map((each) => ({
            value: each,
            label: <span className={texts[each] === '' ? 'is-missing' : ''}>{each}</span>,
          }))}
          onChange={choose}
        />
      ) : null}
      {mayEdit && tags.length > 0 && !isSameLanguage(tag, own) ? (
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined />}
          aria-label={t('form.translationRemove', { language: languageName(tag, i18n.language) })}
          onClick={() => {
            onChange(withoutLanguage(part, own, tag));
            choose(own);
          }}
        />
      ) : null}
      {mayEdit ? (
        <Select
          size="small"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('form.translationAdd')}
          placeholder={t('form.translationAdd')}
          value={null}
          style={{ width: 160 }}
          options={free.map((each) => ({ value: each, label: languageName(each, i18n.language) }))}
          onChange={(next: string | null) => next !== null && add(next)}
        />
      ) : null}
    </div>
  );
}
