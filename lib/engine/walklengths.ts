import { deepestStack } from '../flow/cursor.ts';
import { type Flow, type FlowNode, nodeOf, targetOf } from '../flow/flow.ts';
import { nodeType } from '../nodes/index.ts';
import type { Facts } from './facts.ts';
import { enteringOf, exitsOf, reachedFrom, startsOf, waitsAt } from './graph.ts';

/** The walks of a flow: how many nodes a call passes without waiting for the caller, in this flow and in those that it enters. */
export interface Walks {
  /** By node: the most nodes from it, itself included, to the next wait for the caller or the end. */
  lengthOf(node: string): number;
  /** By node that enters another flow: its exit back, and the most nodes from a wait in that flow to the next wait after this exit. */
  readonly after: ReadonlyMap<string, { readonly exit: string; readonly length: number }>;
  /** The exits that close a cycle without a wait for the caller. */
  readonly cycles: readonly { readonly node: string; readonly exit: string; readonly target: string }[];
  /** The nodes from which a call goes round in circles if the other flow cannot be entered. */
  readonly unentered: readonly { readonly node: string; readonly exit: string; readonly flow: string }[];
}

/**
 * Measures the walks of a flow. What happens in another flow is known if the facts hold its document. If they do not, that flow counts
 * as one that waits: the check at a publish knows it. Recursive, so the flow may have at most `mostNodes` nodes.
 */
export function walksOf(flow: Flow, { flows }: Pick<Facts, 'flows'> = {}): Walks {
  const others = new Map<string, OtherWalk>();
  const otherWalk: Inside = (id, levels) => {
    const known = id === flow.id ? { live: true, document: flow } : flows?.get(id);
    if (levels === 0 || (flows !== undefined && known?.live !== true && id !== flow.id)) return 'missing';
    if (known?.document === undefined) return 'unknown';
    const key = `${levels} ${id}`;
    const found = others.get(key) ?? measureOther(known.document, levels - 1, otherWalk);
    others.set(key, found);
    return found;
  };
  const { measured, cycles, after, inner } = measureFlow(flow, deepestStack, otherWalk);
  return {
    lengthOf: (id) => measured.get(id)?.length ?? 0,
    after,
    cycles,
    unentered: inner.size === 0 ? [] : unenteredIn(flow, (node) => passesOf(node, inner)),
  };
}

/** What happens in another flow, which may enter flows `levels` deep: no call can enter it, it is not known, or its walk. */
type Inside = (flow: string, levels: number) => OtherWalk | 'missing' | 'unknown';

/** The walks of a flow that another one enters. */
interface OtherWalk extends Measured {
  /** The most nodes from a wait to a return; left out if none is on a way between them. */
  readonly last?: number;
}

/** The walk from a node. */
interface Measured {
  /** The most nodes, with the first, to the next wait for the caller or the end. In another flow a cycle makes it infinite. */
  readonly length: number;
  /** The most nodes to a return to the calling flow; left out if a wait is on every way there. */
  readonly through?: number;
}

const here: Measured = { length: 0 };

/** The walks of a flow's nodes. */
interface MeasuredFlow extends Pick<Walks, 'cycles' | 'after'> {
  readonly measured: ReadonlyMap<string, Measured>;
  readonly inner: Inner;
}

/** What happens in each flow that a flow enters. */
type Inner = ReadonlyMap<string, ReturnType<Inside>>;

function measureFlow(flow: Flow, levels: number, otherWalk: Inside): MeasuredFlow {
  const inner = new Map<string, ReturnType<Inside>>();
  for (const node of Object.values(flow.nodes)) {
    const id = enteringOf(node)?.flow;
    if (id !== undefined && !inner.has(id)) inner.set(id, otherWalk(id, levels));
  }
  const measured = new Map<string, Measured>();
  const cycles: { node: string; exit: string; target: string }[] = [];
  const under = new Set<string>();

  function measure(id: string): Measured {
    const node = nodeOf(flow, id);
    if (node === undefined || waitsAt(node)) return here;
    const known = measured.get(id);
    if (known !== undefined) return known;
    under.add(id);
    let { length, through } = insideOf(node, inner);
    for (const [exit, target, passed = 0] of passesOf(node, inner)) {
      if (under.has(target)) {
        cycles.push({ node: id, exit, target });
        if (levels < deepestStack) length = Number.POSITIVE_INFINITY;
        continue;
      }
      const next = measure(target);
      length = Math.max(length, passed + next.length);
      through = longer(through, plus(next.through, passed));
    }
    under.delete(id);
    const found = measuredAs(length + 1, plus(through, 1));
    measured.set(id, found);
    return found;
  }

  for (const id of Object.keys(flow.nodes)) measure(id);
  const after = new Map<string, { exit: string; length: number }>();
  for (const [id, node] of inner.size === 0 ? [] : Object.entries(flow.nodes)) {
    const entering = enteringOf(node);
    const last = lastIn(inner, entering?.flow);
    const target = entering === undefined ? undefined : targetOf(node, entering.back);
    if (entering === undefined || last === undefined || target === undefined) continue;
    after.set(id, { exit: entering.back, length: last + measure(target).length });
  }
  return { measured, cycles, after, inner };
}

/** The walk of a flow that another one enters. */
function measureOther(flow: Flow, levels: number, otherWalk: Inside): OtherWalk {
  const starts = startsOf(flow);
  const { measured, inner } = measureFlow(flow, levels, otherWalk);
  let last: number | undefined;
  for (const id of reachedFrom(flow, starts)) {
    const node = nodeOf(flow, id);
    if (node === undefined) continue;
    const entering = enteringOf(node);
    const before = waitsAt(node) ? 0 : lastIn(inner, entering?.flow);
    if (before === undefined) continue;
    for (const [exit, target] of exitsOf(node)) {
      if (entering !== undefined && exit !== entering.back) continue;
      last = longer(last, plus(measured.get(target)?.through, before));
    }
  }
  const walk = measured.get(starts[0] ?? '') ?? here;
  return last === undefined ? walk : { ...walk, last };
}

/** An exit that a call takes without waiting for the caller, and how many nodes of another flow it passes before, if any. */
type Pass = readonly [exit: string, target: string, passed?: number];

function passesOf(node: FlowNode, inner: Inner): readonly Pass[] {
  if (waitsAt(node)) return [];
  const entering = enteringOf(node);
  const exits = exitsOf(node);
  if (entering === undefined) return exits;
  const inside = entering.flow === undefined ? 'unknown' : inner.get(entering.flow);
  return exits.flatMap(([exit, target]): Pass[] => {
    if (exit !== entering.back) return [[exit, target]];
    if (inside === 'missing') return exit === entering.fallback ? [[exit, target]] : [];
    const passed = inside === undefined || inside === 'unknown' ? undefined : inside.through;
    return passed === undefined ? [] : [[exit, target, passed]];
  });
}

/** What a call passes inside a node, before it takes an exit: another flow, or the return to one. */
function insideOf(node: FlowNode, inner: Inner): Measured {
  if (nodeType(node.type)?.returns === true) return { length: 0, through: 0 };
  if (inner.size === 0) return here;
  const inside = inner.get(enteringOf(node)?.flow ?? '');
  return inside === undefined || typeof inside === 'string' ? here : { length: inside.length };
}

function lastIn(inner: Inner, flow: string | undefined): number | undefined {
  const inside = inner.get(flow ?? '');
  return inside === undefined || typeof inside === 'string' ? undefined : inside.last;
}

/** The nodes whose way back is also their way on if the other flow cannot be entered, and leads to them again. */
function unenteredIn(flow: Flow, passes: (node: FlowNode) => readonly Pass[]): Walks['unentered'] {
  const skipping = new Map<
    string,
    { readonly exit: string; readonly flow: string; readonly target: string }
  >();
  for (const [id, node] of Object.entries(flow.nodes)) {
    const { flow: other, back = '', fallback } = enteringOf(node) ?? {};
    const target = targetOf(node, back);
    if (other === undefined || target === undefined || back !== fallback) continue;
    if (passes(node).some(([exit]) => exit === back)) continue;
    skipping.set(id, { exit: back, flow: other, target });
  }
  if (skipping.size === 0) return [];
  const groups = circlesOf(Object.keys(flow.nodes), (id) => {
    const node = nodeOf(flow, id);
    const skipped = skipping.get(id);
    const taken = node === undefined ? [] : passes(node).map(([, target]) => target);
    return skipped === undefined ? taken : [...taken, skipped.target];
  });
  return Array.from(skipping, ([node, { exit, flow: other, target }]) => ({
    node,
    exit,
    flow: other,
    target,
  }))
    .filter(({ node, target }) => groups.get(node) === groups.get(target))
    .map(({ target: _, ...found }) => found);
}

/** By id: a number that ids share if each leads to the other (Tarjan's strongly connected components). */
function circlesOf(ids: readonly string[], next: (id: string) => readonly string[]): Map<string, number> {
  const order = new Map<string, number>();
  const groups = new Map<string, number>();
  const open: string[] = [];
  const visit = (id: string): number => {
    const own = order.size;
    order.set(id, own);
    open.push(id);
    let low = own;
    for (const target of next(id)) {
      if (groups.has(target)) continue;
      low = Math.min(low, order.get(target) ?? visit(target));
    }
    if (low === own) for (const each of open.splice(open.lastIndexOf(id))) groups.set(each, own);
    return low;
  };
  for (const id of ids) if (!order.has(id)) visit(id);
  return groups;
}

function measuredAs(length: number, through: number | undefined): Measured {
  return through === undefined ? { length } : { length, through };
}

function plus(one: number | undefined, other: number): number | undefined {
  return one === undefined ? undefined : one + other;
}

function longer(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}
