import { settingAt } from '../../../../lib/engine/settings.ts';
import { nodeOf } from '../../../../lib/flow/flow.ts';
import { set } from '../../document/edits.ts';
import { type Heard, type PromptRow, promptWith } from '../../document/prompts.ts';
import { useNames } from '../../words/naming.ts';
import { useDocumentStore, useNode } from '../documentstore.ts';
import { AudioChoice } from '../form/audio.tsx';
import { useKnownVariables } from '../form/variable.tsx';
import { VariableInput } from '../form/variableinput.tsx';

/** What is heard at a row, to be edited as in the form of its node. */
export function HeardCell({ row, name }: { row: PromptRow; name: string }) {
  const store = useDocumentStore();
  const change = (heard: Heard) => {
    if (nodeOf(store.flow, row.node) === undefined) return;
    store.apply(set(store.flow, row.node, row.setting, promptWith(store.flow, row, heard)));
  };
  if (row.audio !== '') return <AudioChoice name={name} value={{ audio: row.audio }} onChange={change} />;
  return <TextCell row={row} name={name} change={change} />;
}

interface TextCellProps {
  readonly row: PromptRow;
  readonly name: string;
  readonly change: (heard: Heard) => void;
}

function TextCell({ row: { node: id, setting, text }, name, change }: TextCellProps) {
  const names = useNames();
  const node = useNode(id);
  const type = node?.type ?? '';
  const field = settingAt(type, setting)?.setting.field;
  const { variables = [], names: naming = '' } = field?.field === 'prompt' ? field : {};
  // The variable that another setting of the node names.
  const own = node?.[naming];
  const known = useKnownVariables({ id, given: [...variables, ...(typeof own === 'string' ? [own] : [])] });
  return (
    <VariableInput
      name={name}
      value={text}
      example={names.example(type, setting)}
      variables={known}
      isLine
      onChange={(next) => change({ text: next })}
    />
  );
}
