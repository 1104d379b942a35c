import { InputNumber, Select, Switch } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { defined } from '../../../../lib/flow/defined.ts';
import { languages } from '../../../../lib/flow/language.ts';
import type { AudioPart, Prompt } from '../../../../lib/flow/prompt.ts';
import type { Field } from '../../../../lib/nodes/settings.ts';
import { languageName } from '../../words/languages.ts';
import { useNames } from '../../words/naming.ts';
import { useNode } from '../documentstore.ts';
import { useEditorContext, useProblems } from '../editorcontext.ts';
import { AudioChoice } from './audio.tsx';
import { useChoosing } from './choosing.ts';
import { JsonControl } from './json.tsx';
import { ListControl } from './list.tsx';
import { Marked } from './mark.tsx';
import { PointerPreview } from './pointerpreview.tsx';
import { PromptControl } from './prompt.tsx';
import type { ControlProps } from './props.ts';
import { ReferenceControl } from './reference.tsx';
import { unitOf } from './status.ts';
import { TypedLine } from './typed.tsx';
import { OperandControl, useKnownVariables, VariableTextControl } from './variable.tsx';

/** The control for a setting, marked by the problems of the setting. */
export function Control(props: ControlProps) {
  const problems = useProblems();
  const own = useMemo(() => problems.filter(({ node }) => node === props.id), [problems, props.id]);
  return (
    <Marked problems={own} at={props.at}>
      <PlainControl {...props} />
    </Marked>
  );
}

/** The control for a setting, chosen by the kind of field that the setting's schema names. */
function PlainControl(props: ControlProps) {
  const { type, setting, at, value, onChange } = props;
  const names = useNames();
  const choose = useChoosing(onChange);
  switch (setting.field.field) {
    case 'prompt':
      return <PromptField {...props} field={setting.field} />;
    case 'audio':
      return (
        <AudioChoice name={names.field(type, at)} value={value as AudioPart | undefined} onChange={choose} />
      );
    case 'number':
      return <NumberControl {...props} />;
    case 'switch':
      return <SwitchControl {...props} onChange={choose} />;
    case 'reference':
      return <ReferenceControl {...props} resource={setting.field.resource} />;
    case 'text':
      return <VariableTextControl {...props} />;
    case 'operand':
      return <OperandControl {...props} />;
    case 'json':
      return <JsonControl {...props} />;
    case 'pointer':
      return (
        <>
          <WordControl {...props} most={256} />
          <PointerPreview id={props.id} type={type} pointer={value} />
        </>
      );
    case 'variable':
      return <WordControl {...props} most={40} />;
    case 'exit':
      return <WordControl {...props} most={31} />;
    case 'choice':
      return <ChoiceControl {...props} onChange={choose} options={Object.keys(setting.field.options)} />;
    case 'language':
      return <LanguageControl {...props} onChange={choose} />;
    case 'list':
      return <EntriesControl {...props} field={setting.field} />;
    case 'labels':
      return null;
  }
}

function PromptField({
  field: { variables, names: naming },
  ...props
}: ControlProps & { readonly field: Extract<Field, { field: 'prompt' }> }) {
  const names = useNames();
  // The variable that another setting of the node names.
  const named = useNode(props.id)?.[naming ?? ''];
  const given = [...variables, ...(typeof named === 'string' ? [named] : []), ...props.given];
  return (
    <PromptControl
      name={names.field(props.type, props.at)}
      value={props.value as Prompt | undefined}
      example={names.example(props.type, props.path)}
      variables={useKnownVariables({ ...props, given })}
      onChange={props.onChange}
    />
  );
}

function EntriesControl({
  field,
  ...props
}: ControlProps & { readonly field: Extract<Field, { field: 'list' }> }) {
  const { id, type, path, at, value, given, onChange } = props;
  const { t } = useTranslation();
  const names = useNames();
  return (
    <ListControl
      field={field}
      at={at}
      called={(number) => t('form.entry', { name: names.entry(type, path), number })}
      value={value}
      given={given}
      onChange={onChange}
      draw={({ setting, value: own, given: known, onChange: change }, place) => {
        const way = `${path}.${setting.name}`;
        return (
          <>
            <span className="entry-name" title={names.help(type, way)}>
              {names.setting(type, way)}
            </span>
            <Control
              {...{ id, type, setting, given: known, value: own, onChange: change }}
              path={way}
              at={place}
            />
          </>
        );
      }}
    />
  );
}

function NumberControl({ setting, type, at, value, onChange }: ControlProps) {
  const { t } = useTranslation();
  const { mayEdit } = useEditorContext();
  const names = useNames();
  const { min, max, default: initial } = setting;
  return (
    <InputNumber
      aria-label={names.field(type, at)}
      disabled={!mayEdit}
      style={{ width: 140 }}
      precision={0}
      value={typeof value === 'number' ? value : null}
      placeholder={String(initial ?? '')}
      suffix={t(`form.${unitOf(setting.name)}`)}
      {...defined({ min, max })}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

/** What is set to its default is left out of the document, as the other controls leave it. */
function SwitchControl({ setting: { default: initial }, type, at, value, onChange }: ControlProps) {
  const { mayEdit } = useEditorContext();
  const names = useNames();
  return (
    <Switch
      aria-label={names.field(type, at)}
      disabled={!mayEdit}
      checked={value === true}
      onChange={(on) => onChange(on === initial ? undefined : on)}
    />
  );
}

/** A word with a longest length, in characters. */
function WordControl({ most, type, path, at, value, onChange }: ControlProps & { readonly most: number }) {
  const names = useNames();
  return (
    <TypedLine
      name={names.field(type, at)}
      value={typeof value === 'string' ? value : ''}
      example={names.example(type, path)}
      most={most}
      onChange={(text) => onChange(text === '' ? undefined : text)}
    />
  );
}

function LanguageControl({ type, at, value, onChange }: ControlProps) {
  const { i18n } = useTranslation();
  const { mayEdit } = useEditorContext();
  const names = useNames();
  return (
    <Select
      aria-label={names.field(type, at)}
      disabled={!mayEdit}
      style={{ width: '100%' }}
      showSearch={{ optionFilterProp: 'label' }}
      value={typeof value === 'string' ? value : null}
      options={languages.map((tag) => ({ value: tag, label: languageName(tag, i18n.language) }))}
      onChange={(next: string) => onChange(next)}
    />
  );
}

function ChoiceControl({
  options,
  type,
  path,
  at,
  value,
  onChange,
}: ControlProps & { readonly options: readonly string[] }) {
  const { mayEdit } = useEditorContext();
  const names = useNames();
  return (
    <Select
      aria-label={names.field(type, at)}
      disabled={!mayEdit}
      style={{ width: '100%' }}
      value={typeof value === 'string' ? value : null}
      options={options.map((option) => ({ value: option, label: names.option(type, path, option) }))}
      onChange={(next: string) => onChange(next)}
    />
  );
}
