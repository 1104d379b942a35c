import { type Flow, nodeOf } from '../flow/flow.ts';
import type { Problem } from '../flow/problem.ts';
import { nodeType } from '../nodes/index.ts';
import type { Facts } from './facts.ts';
import { exitsOf, startsOf } from './graph.ts';

/** What a walk without waits for the caller can come to. */
interface Walk {
  /** Some path waits for the caller, ends the call, or leads to an unknown node, type or flow. */
  readonly escapes: boolean;
  /** Some path returns to the calling flow. */
  readonly returns: boolean;
}

/**
 * The problem of a flow that enters itself again on every path, directly or through other flows, without waiting for the caller:
 * calls would loop. Reported at the first node that enters a flow.
 */
export function* checkCalls(flow: Flow, facts: Facts): Iterable<Problem> {
  const [start] = startsOf(flow);
  const entering = Object.entries(flow.nodes).find(([, node]) => entered(node) !== undefined);
  if (start === undefined || entering === undefined) return;
  const find = (id: string) => (id === flow.id ? flow : facts.flows?.get(id)?.document);
  const { escapes, returns } = walkFrom(flow, start, { find, stack: [flow.id], seen: new Set() });
  if (escapes || returns) return;
  const [node] = entering;
  const message =
    'On every way this flow enters itself again, and nothing on the way waits for the caller: put a menu before it, or lead one exit elsewhere.';
  yield { rule: 'calls-itself', severity: 'error', node, field: 'flow', message };
}

interface Walking {
  readonly find: (id: string) => Flow | undefined;
  /** The ids of the flows that are entered and not yet left. */
  readonly stack: readonly string[];
  /** The visited nodes of the current flow. A cycle within one flow is a problem of its own. */
  readonly seen: Set<string>;
}

function walkFrom(flow: Flow, id: string, walking: Walking): Walk {
  const node = nodeOf(flow, id);
  const type = node === undefined ? undefined : nodeType(node.type);
  if (node === undefined || type === undefined) return { escapes: true, returns: false };
  if (walking.seen.has(id)) return { escapes: false, returns: false };
  walking.seen.add(id);
  if (type.returns === true) return { escapes: false, returns: true };
  if (type.waitsFor !== undefined) return { escapes: true, returns: false };
  const other = entered(node);
  const exits = exitsOf(node);
  if (other === undefined) {
    if (exits.length === 0) return { escapes: true, returns: false };
    return anyOf(exits.map(([, target]) => walkFrom(flow, target, walking)));
  }
  if (walking.stack.includes(other)) return { escapes: false, returns: false };
  const document = walking.find(other);
  const [start] = document === undefined ? [] : startsOf(document);
  if (document === undefined || start === undefined) return { escapes: true, returns: false };
  const stack = [...walking.stack, other];
  const inside = walkFrom(document, start, { ...walking, stack, seen: new Set() });
  if (inside.escapes || !inside.returns) return { escapes: inside.escapes, returns: false };
  return anyOf(exits.map(([, target]) => walkFrom(flow, target, walking)));
}

function anyOf(walks: readonly Walk[]): Walk {
  return { escapes: walks.some(({ escapes }) => escapes), returns: walks.some(({ returns }) => returns) };
}

function entered(node: Flow['nodes'][string]): string | undefined {
  return nodeType(node.type)?.enters?.(node);
}
