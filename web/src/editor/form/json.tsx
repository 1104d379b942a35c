import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { same } from '../../../../lib/flow/same.ts';
import { useNames } from '../../words/naming.ts';
import type { ControlProps } from './props.ts';
import { TypedText } from './typed.tsx';
import { isJson, jsonText, type TypedJson, typeJson } from './typedjson.ts';

/** JSON as text. What is not JSON yet stays in the field and is not set. */
export function JsonControl({ type, path, at, value, onChange }: ControlProps) {
  const { t } = useTranslation();
  const names = useNames();
  const [typed, setTyped] = useState<TypedJson | undefined>(undefined);
  const change = (text: string) => {
    const next = typeJson(text, value);
    setTyped(next);
    if (!same(next.value, value)) onChange(next.value);
  };
  const text = jsonText(typed, value);
  const isWrong = text.trim() !== '' && !isJson(text);
  return (
    <>
      <TypedText
        name={names.field(type, at)}
        value={text}
        example={names.example(type, path)}
        isWrong={isWrong}
        isCode
        onChange={change}
      />
      {isWrong ? <span role="alert">{t('form.notJson')}</span> : null}
    </>
  );
}
