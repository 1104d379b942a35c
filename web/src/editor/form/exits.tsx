import { Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { targetOf } from '../../../../lib/flow/flow.ts';
import type { Problem } from '../../../../lib/flow/problem.ts';
import { disconnect, set } from '../../document/edits.ts';
import { labelOf, portsOf } from '../../document/ports.ts';
import { refusedFrom } from '../../document/wires.ts';
import { useNames } from '../../words/naming.ts';
import { useDocumentStore, useEditorState, useNode } from '../documentstore.ts';
import { useEditorContext } from '../editorcontext.ts';
import type { Tools } from '../tools.ts';
import { Field } from './field.tsx';
import { statusOf } from './status.ts';
import { TypedLine } from './typed.tsx';

interface ExitsProps {
  readonly id: string;
  readonly tools: Tools;
  readonly problems: readonly Problem[];
  /** Which exits: the ones of a choice, such as keys, or all the others. */
  readonly choice: readonly string[];
}

/** The exits of a node that are not part of a choice, each with the node it leads to. */
export function Exits({ id, tools, problems, choice }: ExitsProps) {
  const { t } = useTranslation();
  const names = useNames();
  const node = useNode(id);
  const rows = node === undefined ? [] : portsOf(node).rows.filter((exit) => !choice.includes(exit));
  if (node === undefined || rows.length === 0) return null;
  return (
    <Field name="exits" label={t('form.exits')} help={t('form.exitsHelp')} problems={problems}>
      <div className="exits">
        {rows.map((exit) => (
          <div key={exit} className="exit-row" data-field={`exits.${exit}`}>
            <span>{names.exit(node.type, exit)}</span>
            <Target id={id} exit={exit} tools={tools} problems={problems} />
          </div>
        ))}
      </div>
    </Field>
  );
}

interface KeysProps extends ExitsProps {
  /** The setting that holds what each stands for. */
  readonly setting: string;
}

/** The exits of a choice: which ones there are, what each stands for and where it leads. */
export function Keys({ id, tools, problems, choice, setting }: KeysProps) {
  const { t } = useTranslation();
  const names = useNames();
  const store = useDocumentStore();
  const { mayEdit } = useEditorContext();
  const node = useNode(id);
  const [opened, setOpened] = useState<readonly string[]>([]);
  if (node === undefined) return null;
  const { spare } = portsOf(node);
  const shown = choice.filter((exit) => !spare.includes(exit) || opened.includes(exit));
  const label = (exit: string, text: string) => {
    const { [exit]: _, ...rest } = (node[setting] ?? {}) as Record<string, string>;
    const labels = text === '' ? rest : { ...rest, [exit]: text };
    const edit = set(store.flow, id, setting, Object.keys(labels).length === 0 ? undefined : labels);
    store.apply({ ...edit, merge: `${edit.merge} ${exit}` });
  };
  return (
    <Field
      name={setting}
      label={names.setting(node.type, setting)}
      help={names.help(node.type, setting)}
      problems={problems}
      required
    >
      <div className="exits">
        {shown.map((exit) => (
          <div key={exit} className="exit-row" data-field={`exits.${exit}`}>
            <kbd>{exit}</kbd>
            <TypedLine
              name={t('canvas.key', { key: exit })}
              example={names.example(node.type, setting)}
              value={labelOf(node, exit)}
              most={100}
              onChange={(text) => label(exit, text)}
            />
            <Target id={id} exit={exit} tools={tools} problems={problems} />
          </div>
        ))}
      </div>
      {mayEdit ? (
        <div className="spare-keys">
          {choice
            .filter((exit) => !shown.includes(exit))
            .map((exit) => (
              <button
                key={exit}
                type="button"
                aria-label={t('canvas.key', { key: exit })}
                onClick={() => setOpened([...opened, exit])}
              >
                {exit}
              </button>
            ))}
        </div>
      ) : null}
    </Field>
  );
}

interface TargetProps extends Omit<ExitsProps, 'choice'> {
  readonly exit: string;
}

function Target({ id, exit, tools, problems }: TargetProps) {
  const { t } = useTranslation();
  const names = useNames();
  const store = useDocumentStore();
  const { mayEdit } = useEditorContext();
  const node = useNode(id);
  const target = node === undefined ? undefined : targetOf(node, exit);
  const name = node === undefined ? '' : names.exit(node.type, exit);
  // A large flow has many targets: they are listed when somebody looks.
  const [open, setOpen] = useState(false);
  const flow = useEditorState(({ history }) => (open ? history.flow : undefined));
  const called = useEditorState(({ history }) =>
    target === undefined ? '' : names.nodeAt(history.flow, target),
  );
  const options = useMemo(() => {
    if (flow === undefined) return target === undefined ? [] : [choiceOf(target, called)];
    const refused = refusedFrom(flow, id, exit);
    return Object.keys(flow.nodes).map((other) => ({
      ...choiceOf(other, names.nodeAt(flow, other)),
      disabled: refused.has(other),
    }));
  }, [flow, id, exit, target, called, names]);
  return (
    <Select
      allowClear
      status={statusOf(problems, `exits.${exit}`)}
      disabled={!mayEdit}
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={`${t('form.exits')}: ${name}`}
      placeholder={t('form.unconnected')}
      value={target ?? null}
      options={options}
      onOpenChange={setOpen}
      onChange={(next: string | null | undefined) => {
        if (next) tools.connect(id, exit, next);
        else store.apply(disconnect(store.flow, [{ source: id, exit }]));
      }}
    />
  );
}

/** A node to choose: what it is called, and its id if that differs. */
function choiceOf(id: string, called: string) {
  return { value: id, label: called === id ? id : `${called} (${id})` };
}
