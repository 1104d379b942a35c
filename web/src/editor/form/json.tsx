import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { same } from '../../../../lib/flow/same.ts';
import { useNames } from '../../words/naming.ts';
import type { ControlProps } from './props.ts';
import { TypedText } from './typed.tsx';

/** What was typed, and what the setting was set to by it. */
interface Typed {
  readonly text: string;
  readonly value: unknown;
}

/** JSON as text. What is not JSON yet stays in the field and is not set. */
export function JsonControl({ type, path, at, value, onChange }: ControlProps) {
  const { t } = useTranslation();
  const names = useNames();
  const [typed, setTyped] = useState<Typed | undefined>(undefined);
  const change = (text: string) => {
    const read = text.trim() === '' ? { value: undefined } : parsed(text);
    setTyped({ text, value: read === undefined ? value : read.value });
    if (read !== undefined) onChange(read.value);
  };
  // What undo, or somebody else, has set since is shown in place of what was typed.
  const shown = typed !== undefined && same(typed.value, value) ? typed.text : undefined;
  const isWrong = shown !== undefined && shown.trim() !== '' && parsed(shown) === undefined;
  return (
    <>
      <TypedText
        name={names.field(type, at)}
        value={shown ?? (value === undefined ? '' : JSON.stringify(value, null, 2))}
        example={names.example(type, path)}
        isWrong={isWrong}
        isCode
        onChange={change}
      />
      {isWrong ? <span role="alert">{t('form.notJson')}</span> : null}
    </>
  );
}

/** What a text of JSON says; `undefined` if it is none. */
function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
