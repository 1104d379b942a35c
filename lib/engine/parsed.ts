import * as v from 'valibot';
import { type Flow, type FlowNode, nodeHead } from '../flow/flow.ts';
import { nodeType } from '../nodes/index.ts';
import type { DefinedType } from '../nodes/node.ts';
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

/**
 * What people read of a node is left out: nothing that is parsed here needs it, and a version that was published before a rule for it,
 * such as that for control characters, is still walked.
 */
const unread: Partial<FlowNode> = Object.fromEntries(Object.keys(nodeHead).map((name) => [name, undefined]));

function parse(node: FlowNode): ParsedNode | undefined {
  const definition = nodeType(node.type);
  if (definition === undefined) return undefined;
  const result = v.safeParse(definition.schema, { exits: {}, ...node, ...unread });
  return result.success ? { definition, settings: result.output } : undefined;
}
