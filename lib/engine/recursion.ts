import { type Flow, nodeOf } from '../flow/flow.ts';
import type { Problem } from '../flow/problem.ts';
import { nodeType } from '../nodes/index.ts';
import type { Facts } from './facts.ts';
import { enteringOf, exitsOf, startsOf } from './graph.ts';

/** What a walk without waits for the caller can come to. */
interface Walk {
  /** Some path waits for the caller, ends the call, or leads to an unknown node, type or flow. */
  readonly escapes: boolean;
  /** Some path returns to the calling flow. */
  readonly returns: boolean;
}

const nowhere: Walk = { escapes: false, returns: false };
const leaving: Walk = { escapes: true, returns: false };

/**
 * The problem of a flow that enters itself again on every path, directly or through other flows, without waiting for the caller:
 * calls would loop. Reported at the first node that enters a flow.
 */
export function* checkCalls(flow: Flow, facts: Facts): Iterable<Problem> {
  const entering = Object.entries(flow.nodes).find(([, node]) => entered(node) !== undefined);
  if (startsOf(flow).length === 0 || entering === undefined) return;
  const { escapes, returns } = walkOf(flow, (id) => facts.flows?.get(id)?.document);
  if (escapes || returns) return;
  const [node] = entering;
  const message =
    'On every way this flow enters itself again, and nothing on the way waits for the caller: put a menu before it, or lead one exit elsewhere.';
  yield { rule: 'calls-itself', severity: 'error', node, field: 'flow', message };
}

/**
 * The walk of a flow. The walks of all flows that it can enter are computed together, and again until none changes: each flow is
 * walked a few times, however often the others enter it.
 */
function walkOf(flow: Flow, find: (id: string) => Flow | undefined): Walk {
  const walks = new Map<string, Walk>([[flow.id, nowhere]]);
  const known = (id: string) => {
    const found = walks.get(id) ?? nowhere;
    walks.set(id, found);
    return found;
  };
  const walk = (id: string): boolean => {
    const document = id === flow.id ? flow : find(id);
    const [start] = document === undefined ? [] : startsOf(document);
    const found =
      document === undefined || start === undefined
        ? leaving
        : walkFrom(document, start, { enter: known, seen: new Set() });
    const before = known(id);
    walks.set(id, found);
    return before.escapes !== found.escapes || before.returns !== found.returns;
  };
  // The first pass also walks the flows that it finds. Later ones go backwards, as most results depend on flows found later.
  for (const id of walks.keys()) walk(id);
  const backwards = [...walks.keys()].reverse();
  while (backwards.map(walk).includes(true));
  return known(flow.id);
}

interface Walking {
  /** The walk of an entered flow, as far as it is known. */
  enter(flow: string): Walk;
  /** The visited nodes of the flow. A cycle within one flow is a problem of its own. */
  readonly seen: Set<string>;
}

function walkFrom(flow: Flow, id: string, walking: Walking): Walk {
  const node = nodeOf(flow, id);
  const type = node === undefined ? undefined : nodeType(node.type);
  if (node === undefined || type === undefined) return leaving;
  if (walking.seen.has(id)) return nowhere;
  walking.seen.add(id);
  if (type.returns === true) return { escapes: false, returns: true };
  if (type.waitsFor !== undefined) return leaving;
  const other = entered(node);
  const exits = exitsOf(node);
  if (other === undefined && exits.length === 0) return leaving;
  const inside = other === undefined ? undefined : walking.enter(other);
  if (inside !== undefined && (inside.escapes || !inside.returns)) return { ...inside, returns: false };
  return anyOf(exits.map(([, target]) => walkFrom(flow, target, walking)));
}

function anyOf(walks: readonly Walk[]): Walk {
  return { escapes: walks.some(({ escapes }) => escapes), returns: walks.some(({ returns }) => returns) };
}

function entered(node: Flow['nodes'][string]): string | undefined {
  return enteringOf(node)?.flow;
}
