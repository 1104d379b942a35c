import type { i18n } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow, FlowNode } from '../../../lib/flow/flow.ts';
import { nodeOf } from '../../../lib/flow/flow.ts';
import { isVisible } from '../../../lib/flow/name.ts';
import { nodeType } from '../../../lib/nodes/index.ts';
import { noteAt, titleOf } from '../document/notes.ts';
import { settingsOf } from '../document/settings.ts';

/** What node types, settings and exits are called in the language of the console; else what the type itself says. */
export interface Names {
  type(type: string): string;
  about(type: string): string;
  setting(type: string, setting: string): string;
  help(type: string, setting: string): string;
  example(type: string, setting: string): string;
  exit(type: string, exit: string): string;
  /** What people see of a node: its label, else its type. */
  node(node: Pick<FlowNode, 'type' | 'label'>): string;
  /** What people see of a note: its title in quotation marks, where it has one. */
  note(title?: string): string;
  /** The same by id, of a node or a note; the id itself where the flow has neither. */
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
  const own = (name: string, setting: string) => settingsOf(name).find((each) => each.name === setting);
  return {
    type,
    node,
    about: (name) => word(`nodes.${name}.about`, nodeType(name)?.summary ?? ''),
    note,
    setting: (name, setting) =>
      shared.get(setting) ??
      word(`nodes.${name}.settings.${setting}.name`, own(name, setting)?.field.name ?? setting),
    help: (name, setting) => word(`nodes.${name}.settings.${setting}.help`, own(name, setting)?.about ?? ''),
    example: (name, setting) =>
      word(`nodes.${name}.settings.${setting}.example`, own(name, setting)?.field.example ?? ''),
    exit: (name, exit) => word(`nodes.${name}.exits.${exit}`, exitName(name, exit)),
    nodeAt(flow, id) {
      const paper = noteAt(flow, id);
      if (paper !== undefined) return note(titleOf(paper.text));
      const found = nodeOf(flow, id);
      return found === undefined ? id : node(found);
    },
  };
}

/** What a type calls an exit; one that follows from a node's settings is called as they name it. */
function exitName(type: string, exit: string): string {
  const exits = nodeType(type)?.exits({ type }) ?? {};
  return (Object.hasOwn(exits, exit) ? exits[exit]?.name : undefined) ?? exit;
}
