import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { completenessOf } from '../../../../lib/engine/translations.ts';
import { defaultLanguage, longestDescription } from '../../../../lib/flow/flow.ts';
import type { HeadField } from '../../../../lib/flow/head.ts';
import { languages } from '../../../../lib/flow/language.ts';
import { setHead } from '../../document/edits.ts';
import { languageName } from '../../words/languages.ts';
import { useDocumentStore, useFlow } from '../documentstore.ts';
import { useEditorContext, useProblems } from '../editorcontext.ts';
import { useChoosing } from './choosing.ts';
import { Field } from './field.tsx';
import { MarkdownControl } from './markdown.tsx';
import { TypedLine } from './typed.tsx';

/** How much of the flow is translated, if it speaks several languages. */
function Completed() {
  const { t } = useTranslation();
  const languages = completenessOf(useFlow());
  if (languages.length < 2) return null;
  const told = languages.map(({ language, translated, total }) => `${language} ${translated}/${total}`);
  return <p className="faint">{t('form.completeness', { languages: told.join(' · ') })}</p>;
}

/** The form of the flow itself. */
export function FlowForm() {
  const { t, i18n } = useTranslation();
  const store = useDocumentStore();
  const flow = useFlow();
  const { mayEdit } = useEditorContext();
  const problems = useProblems();
  const of = (field: string) =>
    problems.filter((problem) => problem.node === undefined && problem.field === field);
  const change = (field: HeadField, value: string) =>
    store.apply(setHead(store.flow, field, value === '' && field !== 'name' ? undefined : value));
  const chooseLanguage = useChoosing((language: string) => change('language', language));
  return (
    <Form layout="vertical" component="div" disabled={!mayEdit}>
      <Field name="name" label={t('form.head.name')} required problems={of('name')}>
        <TypedLine
          name={t('form.head.name')}
          value={flow.name}
          most={100}
          onChange={(text) => change('name', text)}
        />
      </Field>
      <Field
        name="language"
        label={t('form.head.language')}
        help={t('form.headHelp.language')}
        problems={of('language')}
      >
        <Select
          aria-label={t('form.head.language')}
          showSearch={{ optionFilterProp: 'label' }}
          value={flow.language ?? defaultLanguage}
          options={languages.map((tag) => ({ value: tag, label: languageName(tag, i18n.language) }))}
          onChange={chooseLanguage}
        />
        <Completed />
      </Field>
      <Field name="voice" label={t('form.head.voice')} help={t('form.headHelp.voice')} problems={of('voice')}>
        <TypedLine
          name={t('form.head.voice')}
          value={flow.voice ?? ''}
          onChange={(text) => change('voice', text)}
        />
      </Field>
      <Field
        name="description"
        label={t('form.head.description')}
        help={t('form.headHelp.description')}
        problems={of('description')}
      >
        <MarkdownControl
          name={t('form.head.description')}
          value={flow.description ?? ''}
          most={longestDescription.flow}
          onChange={(text) => change('description', text)}
        />
      </Field>
    </Form>
  );
}
