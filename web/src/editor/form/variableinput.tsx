import { FunctionOutlined } from '@ant-design/icons';
import { Button, Dropdown, Tooltip } from 'antd';
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentStore } from '../documentstore.ts';
import { useEditorContext } from '../editorcontext.ts';
import { useChips } from './chips.ts';
import { type Begun, begunAt, completed, fitting, segmentsOf } from './completion.ts';
import { useTyping } from './typing.ts';
import './typed.css';

interface VariableInputProps {
  readonly name: string;
  readonly value: string;
  readonly example: string;
  /** The names that it may use between `${` and `}`. */
  readonly variables: readonly string[];
  /** Whether it shows one line at first, not two. */
  readonly isLine?: boolean;
  readonly onChange: (text: string) => void;
}

/**
 * A text in which variables are marked, and completed where `$`, `￥`, `{` or `｛` is typed. While nobody writes in it, they are chips
 * with what people call them.
 */
export function VariableInput({
  name,
  value,
  example,
  variables,
  isLine = false,
  onChange,
}: VariableInputProps) {
  const { mayEdit } = useEditorContext();
  const field = useRef<HTMLTextAreaElement>(null);
  const behind = useRef<HTMLDivElement>(null);
  const list = useId();
  const called = useVariableName();
  const onLetter = (text: string) => mark(behind.current, text, variables);
  const { onInput, ...typing } = useTyping({ field, value, onChange, onLetter });
  const completion = useCompletion(field, variables, called);
  const chips = useChips(field, variables, called);
  useLayoutEffect(() => mark(behind.current, field.current?.value ?? '', variables), [variables]);
  const { choices, chosen } = completion;
  const open = { 'aria-controls': list, 'aria-activedescendant': `${list}${chosen}` };
  return (
    <div className="filled-field">
      <div ref={behind} className="filled-behind" aria-hidden="true" />
      <textarea
        ref={field}
        className={`typed${isLine ? ' is-line' : ''}`}
        aria-label={name}
        aria-autocomplete="list"
        {...(choices.length === 0 ? {} : open)}
        readOnly={!mayEdit}
        defaultValue={value}
        placeholder={example}
        rows={isLine ? 1 : 2}
        {...typing}
        onInput={(event) => {
          onInput(event);
          completion.look();
        }}
        onKeyDown={completion.press}
        onScroll={({ currentTarget }) => {
          if (behind.current !== null) behind.current.scrollTop = currentTarget.scrollTop;
        }}
        onBlur={() => {
          completion.close();
          typing.onBlur();
          chips.draw();
        }}
      />
      <div ref={chips.over} className="filled-over" aria-hidden="true" hidden onMouseDown={chips.press} />
      {choices.length === 0 ? null : <Choices {...{ list, name, choices, chosen, called }} {...completion} />}
    </div>
  );
}

interface ChoicesProps {
  /** The id of the list. */
  readonly list: string;
  readonly name: string;
  readonly choices: readonly string[];
  readonly chosen: number;
  readonly called: (variable: string) => string;
  readonly take: (variable: string) => void;
}

/** The variables that complete what was begun. */
function Choices({ list, name, choices, chosen, called, take }: ChoicesProps) {
  return (
    <div className="completion" id={list} role="listbox" aria-label={name}>
      {choices.map((variable, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are answered in the text, which keeps the focus
        <div
          key={variable}
          id={`${list}${index}`}
          role="option"
          aria-selected={index === chosen}
          tabIndex={-1}
          // The text keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => take(variable)}
        >
          {`\${${variable}}`} <small>{called(variable)}</small>
        </div>
      ))}
    </div>
  );
}

/** Draws the variables of a text behind it. */
function mark(behind: HTMLElement | null, text: string, variables: readonly string[]): void {
  behind?.replaceChildren(
    ...segmentsOf(text, variables).map((stretch) => {
      if (stretch.is === 'words') return stretch.text;
      const chip = document.createElement('mark');
      chip.textContent = stretch.text;
      if (stretch.is === 'wrong') chip.className = 'is-wrong';
      return chip;
    }),
  );
}

/** The list that completes what is begun before the caret. */
function useCompletion(
  field: React.RefObject<HTMLTextAreaElement | null>,
  variables: readonly string[],
  called: (variable: string) => string,
) {
  const [begun, setBegun] = useState<Begun | undefined>(undefined);
  const [at, setAt] = useState(0);
  const choices = begun === undefined ? [] : fitting(variables, called, begun.name);
  const chosen = Math.min(at, choices.length - 1);
  const close = () => setBegun(undefined);
  const take = (variable: string | undefined) => {
    const { current } = field;
    if (current === null || begun === undefined || variable === undefined) return;
    const next = completed(current.value, begun, variable);
    current.value = next.text;
    current.setSelectionRange(next.caret, next.caret);
    close();
    current.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  return {
    choices,
    chosen,
    close,
    take,
    look() {
      const { value = '', selectionStart = 0 } = field.current ?? {};
      setBegun(begunAt(value, selectionStart));
      setAt(0);
    },
    press(event: KeyboardEvent) {
      if (choices.length === 0 || event.nativeEvent.isComposing) return;
      const { length } = choices;
      if (event.key === 'ArrowDown') setAt((chosen + 1) % length);
      else if (event.key === 'ArrowUp') setAt((chosen + length - 1) % length);
      else if (event.key === 'Enter' || event.key === 'Tab') take(choices[chosen]);
      else if (event.key === 'Escape') close();
      else return;
      event.preventDefault();
    },
  };
}

/** What people call a variable; empty if that is its name. */
export function useVariableName(): (variable: string) => string {
  const { t, i18n } = useTranslation();
  return (variable) =>
    i18n.exists(`form.variables.${variable}`) ? t(`form.variables.${variable as 'WaitNo'}`) : '';
}

interface VariablesProps {
  readonly names: readonly string[];
  readonly insert: (name: string) => void;
}

/** A button that lists variables and inserts one. */
export function Variables({ names, insert }: VariablesProps) {
  const { t } = useTranslation();
  const store = useDocumentStore();
  const called = useVariableName();
  const items = names.map((name) => ({
    key: name,
    label: `${called(name)} \${${name}}`.trim(),
    onClick: () => {
      store.flush();
      insert(name);
    },
  }));
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Tooltip title={t('form.variable')}>
        <Button size="small" type="text" icon={<FunctionOutlined />} aria-label={t('form.variable')} />
      </Tooltip>
    </Dropdown>
  );
}
