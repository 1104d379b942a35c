import { useRef } from 'react';
import { useEditorContext } from '../editorcontext.ts';
import { useTyping } from './typing.ts';
import './typed.css';

interface TypedProps {
  readonly name: string;
  readonly value: string;
  readonly example?: string;
  /** How many characters it may have. */
  readonly most?: number;
  readonly onChange: (text: string) => void;
}

/** A line of text. */
export function TypedLine({ name, value, example, most, onChange }: TypedProps) {
  const { mayEdit } = useEditorContext();
  const field = useRef<HTMLInputElement>(null);
  const handlers = useTyping({ field, value, most, onChange });
  return (
    <input
      ref={field}
      className="typed"
      aria-label={name}
      readOnly={!mayEdit}
      defaultValue={value}
      placeholder={example}
      autoComplete="off"
      {...handlers}
    />
  );
}

interface TypedTextProps extends TypedProps {
  readonly isWrong?: boolean;
  readonly isCode?: boolean;
}

/** A text of several lines, which grows with what stands in it. */
export function TypedText(props: TypedTextProps) {
  const { name, value, example, most, isWrong = false, isCode = false, onChange } = props;
  const { mayEdit } = useEditorContext();
  const field = useRef<HTMLTextAreaElement>(null);
  const handlers = useTyping({ field, value, most, onChange });
  return (
    <textarea
      ref={field}
      className={`typed${isCode ? ' is-code' : ''}`}
      aria-label={name}
      aria-invalid={isWrong}
      readOnly={!mayEdit}
      defaultValue={value}
      placeholder={example}
      rows={2}
      {...handlers}
    />
  );
}
