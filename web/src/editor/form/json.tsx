import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNames } from '../../words/naming.ts';
import { useDesk } from '../desk.ts';
import { useSurroundings } from '../surroundings.ts';
import type { ControlProps } from './props.ts';

/** JSON as text. What is not JSON yet stays in the field and is not set. */
export function JsonControl({ type, path, at, value, onChange }: ControlProps) {
  const { t } = useTranslation();
  const { mayEdit } = useSurroundings();
  const desk = useDesk();
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
      <Input.TextArea
        aria-label={names.field(type, at)}
        disabled={!mayEdit}
        autoSize={{ minRows: 3, maxRows: 16 }}
        style={{ fontFamily: 'monospace' }}
        value={typed ?? (value === undefined ? '' : JSON.stringify(value, null, 2))}
        placeholder={names.example(type, path)}
        {...(isWrong ? { status: 'error' as const } : {})}
        onChange={({ target }) => change(target.value)}
        onBlur={() => {
          if (!isWrong) setTyped(undefined);
          desk.settle();
        }}
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
