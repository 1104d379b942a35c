import * as v from 'valibot';
import { type Flow, type FlowNode, nodeHead } from '../flow/flow.ts';
import { nodeType } from '../nodes/index.ts';
import type { DefinedType } from '../nodes/node.ts';
import { fieldOf } from '../nodes/settings.ts';
import { startsOf } from './graph.ts';

/** A node with its type, and its settings with their defaults filled in. */
export interface ParsedNode {
  readonly definition: DefinedType;
  readonly settings: Readonly<Record<string, unknown>>;
}

const starts = new WeakMap<Flow, string | undefined>();
const parsed = new WeakMap<FlowNode, ParsedNode | undefined>();

/** The id of the start node. Flows are immutable, so it is searched once. */
export function startOf(flow: Flow): string | undefined {
  if (!starts.has(flow)) starts.set(flow, startsOf(flow)[0]);
  return starts.get(flow);
}

/** A node parsed by its type; `undefined` if it does not fit. Nodes are immutable, so each is parsed once. */
export function parseNode(node: FlowNode): ParsedNode | undefined {
  if (!parsed.has(node)) parsed.set(node, parse(node));
  return parsed.get(node);
}

/** By type, what of a node is not parsed: its head, and labels of keys. */
const unread = new WeakMap<DefinedType, Partial<FlowNode>>();

/**
 * What people read of a node is left out: nothing that is parsed here needs it, and a version that was published before a rule for it,
 * such as that for control characters, is still walked.
 */
function unreadOf(definition: DefinedType): Partial<FlowNode> {
  const known = unread.get(definition);
  if (known !== undefined) return known;
  const labels = Object.entries(definition.settings).flatMap(([name, setting]) =>
    fieldOf(setting as v.GenericSchema)?.field === 'labels' ? [name] : [],
  );
  const names = [...Object.keys(nodeHead), ...labels];
  const found: Partial<FlowNode> = Object.fromEntries(names.map((name) => [name, undefined]));
  unread.set(definition, found);
  return found;
}

function parse(node: FlowNode): ParsedNode | undefined {
  const definition = nodeType(node.type);
  if (definition === undefined) return undefined;
  const result = v.safeParse(definition.schema, { exits: {}, ...node, ...unreadOf(definition) });
  return result.success ? { definition, settings: result.output } : undefined;
}
