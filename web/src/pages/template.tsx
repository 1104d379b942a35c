import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Template, templates } from './templates.ts';

/** The templates as cards, one of which is chosen. */
export function TemplatePicker({ value, pick }: { value: Template; pick: (template: Template) => void }) {
  const { t } = useTranslation();
  return (
    <Radio.Group className="templates" value={value} onChange={({ target }) => pick(target.value)}>
      {(Object.keys(templates) as Template[]).map((template) => (
        <Radio key={template} value={template}>
          <b>{t(`flows.templates.${template}.name`)}</b>
          <small>{t(`flows.templates.${template}.about`)}</small>
        </Radio>
      ))}
    </Radio.Group>
  );
}
