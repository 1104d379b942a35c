import { AutoComplete, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { variablesOf } from '../../../../lib/engine/variables.ts';
import { callVariables } from '../../../../lib/flow/text.ts';
import { useNames } from '../../words/naming.ts';
import { useDocumentStore, useEditorState } from '../documentstore.ts';
import { useEditorContext } from '../editorcontext.ts';
import type { ControlProps } from './props.ts';
import { useVariableName, VariableInput, Variables } from './variableinput.tsx';

/** The names that a text may use at a node: those given, those that nodes before it set, and those of the call. */
export function useKnownVariables({ id, given }: Pick<ControlProps, 'id' | 'given'>): string[] {
  const set = useEditorState(({ history }) => variablesOf(history.flow).before(id).join(' '));
  return [...new Set([...given, ...set.split(' ').filter(Boolean), ...callVariables])];
}

/** A text in which variables are filled in. One that may be left out can be taken away again: an empty text is a value, too. */
export function VariableTextControl(props: ControlProps) {
  const { type, path, at, setting, value, onChange } = props;
  const { t } = useTranslation();
  const { mayEdit } = useEditorContext();
  const names = useNames();
  const variables = useKnownVariables(props);
  const text = typeof value === 'string' ? value : '';
  return (
    <div className="filled">
      <VariableInput
        name={names.field(type, at)}
        value={text}
        example={names.example(type, path)}
        variables={variables}
        isLine
        onChange={onChange}
      />
      {mayEdit ? (
        <div className="text-foot">
          <Variables names={variables} insert={(name) => onChange(`${text}\${${name}}`)} />
          {value !== undefined && !setting.required ? (
            <Button size="small" type="text" onClick={() => onChange(undefined)}>
              {t('form.leaveOut')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

/** The name of a variable that is looked at. */
export function OperandControl(props: ControlProps) {
  const { type, path, at, value, onChange } = props;
  const { mayEdit } = useEditorContext();
  const store = useDocumentStore();
  const names = useNames();
  const called = useVariableName();
  return (
    <AutoComplete
      aria-label={names.field(type, at)}
      disabled={!mayEdit}
      style={{ width: '100%' }}
      value={typeof value === 'string' ? value : ''}
      placeholder={names.example(type, path)}
      options={useKnownVariables(props).map((name) => ({
        value: name,
        label: (
          <span className="variable">
            {name} <small>{called(name)}</small>
          </span>
        ),
      }))}
      onChange={(next: string) => onChange(next === '' ? undefined : next)}
      onBlur={() => store.endStep()}
    />
  );
}
