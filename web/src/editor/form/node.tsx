import { Alert, Form, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { readSetting, type Setting, settingsOf } from '../../../../lib/engine/settings.ts';
import { longestDescription } from '../../../../lib/flow/flow.ts';
import { nodeType } from '../../../../lib/nodes/index.ts';
import { set } from '../../document/edits.ts';
import { useNames } from '../../words/naming.ts';
import { useDocumentStore, useNode } from '../documentstore.ts';
import { useProblems } from '../editorcontext.ts';
import type { Tools } from '../tools.ts';
import { Control } from './control.tsx';
import { Exits, Keys } from './exits.tsx';
import { Field } from './field.tsx';
import { MarkdownControl } from './markdown.tsx';
import { TypedLine } from './typed.tsx';

/** The form of a node, made from what its type says of itself. */
export function NodeForm({ id, tools }: { id: string; tools: Tools }) {
  const { t } = useTranslation();
  const store = useDocumentStore();
  const node = useNode(id);
  const problems = useProblems();
  if (node === undefined) return null;
  const definition = nodeType(node.type);
  const own = problems.filter((problem) => problem.node === id);
  const choice = settingsOf(node.type).some(({ field }) => field.field === 'labels')
    ? (definition?.oneOf ?? [])
    : [];
  const isKey = (field = '') => field === 'exits' || choice.some((exit) => field === `exits.${exit}`);
  const exits = own.filter(({ field }) => field?.startsWith('exits') === true);
  return (
    <Form layout="vertical" component="div" size="middle">
      {definition === undefined ? (
        <Alert type="warning" showIcon title={t('form.unknownType', { type: node.type })} />
      ) : null}
      <Field name="label" label={t('form.label')} problems={problemsOf(own, 'label')}>
        <TypedLine
          name={t('form.label')}
          value={node.label ?? ''}
          most={100}
          onChange={(text) => store.apply(set(store.flow, id, 'label', text || undefined))}
        />
      </Field>
      {settingsOf(node.type).map((setting) =>
        setting.field.field === 'labels' ? (
          <Keys
            key={setting.name}
            id={id}
            tools={tools}
            setting={setting.name}
            choice={choice}
            problems={[...problemsOf(own, setting.name), ...exits.filter(({ field }) => isKey(field))]}
          />
        ) : (
          <SettingField key={setting.name} id={id} setting={setting} />
        ),
      )}
      <Exits
        id={id}
        tools={tools}
        choice={choice}
        problems={choice.length === 0 ? exits : exits.filter(({ field }) => !isKey(field))}
      />
      <details className="node-note" open={node.description !== undefined}>
        <summary>{t('form.description')}</summary>
        <Field name="description" help={t('form.descriptionHelp')} problems={problemsOf(own, 'description')}>
          <MarkdownControl
            name={t('form.description')}
            value={node.description ?? ''}
            most={longestDescription.node}
            onChange={(text) => store.apply(set(store.flow, id, 'description', text || undefined))}
          />
        </Field>
      </details>
      <Typography.Text type="secondary" className="node-id">
        {t('form.nodeId')} <code>{id}</code>
      </Typography.Text>
    </Form>
  );
}

function SettingField({ id, setting }: { id: string; setting: Setting }) {
  const { t } = useTranslation();
  const names = useNames();
  const store = useDocumentStore();
  const node = useNode(id);
  const problems = useProblems();
  if (node === undefined) return null;
  const { name, field, min, max, default: initial, required } = setting;
  const label = names.setting(node.type, name);
  // A number that is not set shows its default as a hint, so that one sees what was chosen.
  const value = field.field === 'number' ? node[name] : readSetting(node, setting);
  const own = problemsOf(
    problems.filter((problem) => problem.node === id),
    name,
  );
  return (
    <Field
      name={name}
      label={label}
      help={names.help(node.type, name)}
      required={required}
      problems={own}
      {...(min === undefined || max === undefined
        ? {}
        : { extra: t('form.range', { min, max, initial: String(initial ?? '') }) })}
    >
      <Control
        id={id}
        type={node.type}
        setting={setting}
        path={name}
        at={name}
        value={value}
        given={[]}
        onChange={(next) => store.apply(set(store.flow, id, name, next))}
      />
    </Field>
  );
}

function problemsOf<P extends { readonly field?: string }>(problems: readonly P[], name: string): P[] {
  return problems.filter(({ field }) => field === name || field?.startsWith(`${name}.`) === true);
}
