import { settingsOf } from '../../../lib/engine/settings.ts';
import { type FlowNode, targetOf } from '../../../lib/flow/flow.ts';
import { nodeType } from '../../../lib/nodes/index.ts';

/** Whether calls begin at a node: nothing leads to it, and a flow keeps the one it has. */
export function begins({ type }: FlowNode): boolean {
  return nodeType(type)?.begins === true;
}

/** The exits of a node in the order in which the canvas shows them. */
export interface Ports {
  /** Whether other nodes can lead to it. */
  readonly inlet: boolean;
  /** The exits that have a line of their own. */
  readonly rows: readonly string[];
  /** Exits of a choice, such as keys, that are not connected; they are drawn small. */
  readonly spare: readonly string[];
}

/** The ports of a node: used ones of a choice first, then its other exits, then exits its type does not know. */
export function portsOf(node: FlowNode): Ports {
  const definition = nodeType(node.type);
  const defined = Object.keys(definition?.exits(node) ?? {});
  const choice = definition?.oneOf ?? [];
  const used = choice.filter((exit) => targetOf(node, exit) !== undefined || labelOf(node, exit) !== '');
  const unknown = Object.keys(node.exits ?? {}).filter((exit) => !defined.includes(exit));
  return {
    inlet: !begins(node),
    rows: [...used, ...defined.filter((exit) => !choice.includes(exit)), ...unknown],
    spare: choice.filter((exit) => !used.includes(exit)),
  };
}

/** What people have called an exit of a node; empty if they have not. */
export function labelOf(node: FlowNode, exit: string): string {
  const setting = settingsOf(node.type).find(({ field }) => field.field === 'labels');
  const labels = setting === undefined ? undefined : node[setting.name];
  if (typeof labels !== 'object' || labels === null || !Object.hasOwn(labels, exit)) return '';
  return String((labels as Record<string, unknown>)[exit] ?? '');
}

/** The first exit of a node that leads nowhere yet, one that was given a name or must lead somewhere before others. */
export function freeExit(node: FlowNode): string | undefined {
  const definition = nodeType(node.type);
  const exits = Object.entries(definition?.exits(node) ?? {});
  const free = exits.filter(([exit]) => targetOf(node, exit) === undefined);
  const named = free.find(([exit]) => labelOf(node, exit) !== '');
  return (named ?? free.find(([, { required }]) => required) ?? free[0])?.[0];
}
