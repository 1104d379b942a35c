import type { i18n } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { settingAt } from '../../../lib/engine/settings.ts';
import type { Flow, FlowNode } from '../../../lib/flow/flow.ts';
import { nodeOf } from '../../../lib/flow/flow.ts';
import { isVisible } from '../../../lib/flow/name.ts';
import { noteAt, titleOf } from '../../../lib/flow/notes.ts';
import { nodeType } from '../../../lib/nodes/index.ts';

/** What node types, settings and exits are called in the language of the console; else what the type itself says. */
export interface Names {
  type(type: string): string;
  about(type: string): string;
  /** A setting by the way to it, such as `prompt` or `cases.when.value`; the same for the two below. */
  setting(type: string, path: string): string;
  help(type: string, path: string): string;
  example(type: string, path: string): string;
  /** A word of a choice. */
  option(type: string, path: string, value: string): string;
  /** What one object of a list is called: `Case`. */
  entry(type: string, path: string): string;
  /** A field of a node, as problems name it, with its places in lists: `Case 1 › Test 2 › Value`. */
  field(type: string, field: string): string;
  exit(type: string, exit: string): string;
  /** The name of a node: its label, else its type. */
  node(node: Pick<FlowNode, 'type' | 'label'>): string;
  /** The name of a folded node, with how many others it hides. */
  folded(name: string, count: number): string;
  /** The name of a note: its title in quotation marks, if it has one. */
  note(title?: string): string;
  /** The same by id, of a node or a note; the id itself if the flow has neither. */
  nodeAt(flow: Flow, id: string): string;
}

/** The names in the language that is shown. */
export function useNames(): Names {
  const { i18n, t } = useTranslation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `t` is another one in another language, `i18n` is not
  return useMemo(() => namesIn(i18n), [i18n, t]);
}

/** The names in the language that an instance of i18next is set to. */
export function namesIn(i18n: i18n): Names {
  const word = (path: string, fallback: string): string =>
    i18n.exists(path) ? String(i18n.t(path as never)) : fallback;
  const type = (name: string) => word(`nodes.${name}.name`, nodeType(name)?.name ?? name);
  const shared = new Map([
    ['label', i18n.t('form.label')],
    ['description', i18n.t('form.description')],
  ]);
  const note = (title = '') => (title === '' ? i18n.t('canvas.note') : i18n.t('canvas.noteNamed', { title }));
  const node = ({ type: kind, label }: Pick<FlowNode, 'type' | 'label'>) =>
    label !== undefined && isVisible(label) ? label.trim() : type(kind);
  const own = (name: string, path: string) => settingAt(name, path)?.setting;
  const key = (name: string, path: string) => `nodes.${name}.settings.${path.replaceAll('.', '.entries.')}`;
  const setting = (name: string, path: string) =>
    shared.get(path) ?? word(`${key(name, path)}.name`, own(name, path)?.field.name ?? path);
  const entry = (name: string, path: string) => {
    return word(`${key(name, path)}.name`, own(name, path)?.field.entry ?? path);
  };
  return {
    type,
    node,
    about: (name) => word(`nodes.${name}.about`, nodeType(name)?.summary ?? ''),
    note,
    folded: (name, count) => i18n.t('canvas.folded', { name, count }),
    setting,
    entry,
    // What stands between backticks in the docs is told by its name alone here.
    help: (name, path) => word(`${key(name, path)}.help`, own(name, path)?.about ?? '').replaceAll('`', ''),
    example: (name, path) => word(`${key(name, path)}.example`, own(name, path)?.field.example ?? ''),
    option(name, path, value) {
      const field = own(name, path)?.field;
      const options = field?.field === 'choice' ? field.options : {};
      return word(`${key(name, path)}.options.${value}`, options[value] ?? value);
    },
    field: (name, field) => fieldName(name, field, { setting, entry }),
    exit: (name, exit) => word(`nodes.${name}.exits.${exit}`, exitName(name, exit)),
    nodeAt(flow, id) {
      const paper = noteAt(flow, id);
      if (paper !== undefined) return note(titleOf(paper.text));
      const found = nodeOf(flow, id);
      return found === undefined ? id : node(found);
    },
  };
}

function fieldName(
  type: string,
  field: string,
  { setting, entry }: Pick<Names, 'setting' | 'entry'>,
): string {
  const parts: string[] = [];
  const way: string[] = [];
  for (const name of field.split('.')) {
    if (way.length > 0 && /^\d+$/.test(name)) {
      parts.splice(-1, 1, `${entry(type, way.join('.'))} ${Number(name) + 1}`);
      continue;
    }
    way.push(name);
    parts.push(setting(type, way.join('.')));
    // What stands in a text or a prompt has no name of its own.
    if (settingAt(type, way.join('.'))?.setting.field.field !== 'list') break;
  }
  return parts.join(' › ');
}

/** What a type calls an exit; one that follows from a node's settings is called as they name it. */
function exitName(type: string, exit: string): string {
  const exits = nodeType(type)?.exits({ type }) ?? {};
  return (Object.hasOwn(exits, exit) ? exits[exit]?.name : undefined) ?? exit;
}
