import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNames } from '../../words/naming.ts';
import type { ControlProps } from './props.ts';
import { TypedText } from './typed.tsx';

/** JSON as text. What is not JSON yet stays in the field and is not set. */
export function JsonControl({ type, path, at, value, onChange }: ControlProps) {
  const { t } = useTranslation();
  const names = useNames();
  const [typed, setTyped] = useState<string>();
  const change = (text: string) => {
    if (text.trim() === '') {
      setTyped(undefined);
      onChange(undefined);
      return;
    }
    setTyped(text);
    try {
      onChange(JSON.parse(text));
    } catch {
      // It is being typed.
    }
  };
  const isWrong = typed !== undefined && !isJson(typed);
  return (
    <>
      <TypedText
        name={names.field(type, at)}
        value={typed ?? (value === undefined ? '' : JSON.stringify(value, null, 2))}
        example={names.example(type, path)}
        isWrong={isWrong}
        isCode
        onChange={change}
      />
      {isWrong ? <span role="alert">{t('form.notJson')}</span> : null}
    </>
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
