import { type Flow, type FlowNode, nodeOf } from '../flow/flow.ts';
import { nodeType } from '../nodes/index.ts';
import type { Variable } from '../nodes/node.ts';
import { exitsOf, startsOf, waitsAt } from './graph.ts';

/** The variables that the nodes of a flow set, and the nodes where they are known. */
export interface FlowVariables {
  /** All names that a node sets. */
  readonly names: ReadonlySet<string>;
  /** Whether other flows, which this one enters or returns to, may set further ones. */
  readonly open: boolean;
  /** The secret ones: only the body of a request may name them. */
  readonly secrets: ReadonlySet<string>;
  /** The names that may be set when a call comes to a node, in the order in which the flow sets them. */
  before(node: string): readonly string[];
  /**
   * Whether a variable is set in every call that reaches a node; also `true` for a node that no call reaches. A secret one is set
   * only until the caller is next waited for.
   */
  isSure(node: string, name: string): boolean;
}

const known = new WeakMap<Flow, FlowVariables>();

/** The variables that the nodes of a flow set. Flows are immutable, so the result is cached; paths are followed on first use. */
export function variablesOf(flow: Flow): FlowVariables {
  const found = known.get(flow) ?? lookAt(flow);
  known.set(flow, found);
  return found;
}

const none: FlowVariables = {
  names: new Set(),
  open: false,
  secrets: new Set(),
  before: () => [],
  isSure: () => false,
};

function lookAt(flow: Flow): FlowVariables {
  const sets = new Map<string, readonly Variable[]>();
  for (const [id, node] of Object.entries(flow.nodes)) {
    const set = nodeType(node.type)?.sets?.(node) ?? [];
    if (set.length > 0) sets.set(id, set);
  }
  const open = Object.values(flow.nodes).some((node) => crosses(node));
  if (sets.size === 0) return open ? { ...none, open } : none;
  const all = [...sets.values()].flat();
  const names = [...new Set(all.map(({ name }) => name))];
  const secrets = new Set(all.flatMap(({ name, secret }) => (secret === true ? [name] : [])));
  const ways = new Ways(flow, sets, names, secrets);
  let maybe: Reached | undefined;
  let surely: Reached | undefined;
  return {
    names: new Set(names),
    open,
    secrets,
    before(node) {
      maybe ??= ways.follow('any');
      const bits = maybe.get(node);
      return bits === undefined ? [] : names.filter((_, place) => hasBit(bits, place));
    },
    isSure(node, name) {
      surely ??= ways.follow('all');
      const bits = surely.get(node);
      return bits === undefined || hasBit(bits, names.indexOf(name));
    },
  };
}

/** Whether a node leads into another flow. */
function crosses(node: FlowNode): boolean {
  const type = nodeType(node.type);
  return type?.enters !== undefined || type?.returns === true;
}

/** One bit for each name. */
type Bits = Uint32Array;

/** By reachable node: the variables that are set when a call arrives there. */
type Reached = ReadonlyMap<string, Bits>;

/**
 * The most 32-bit words that are merged. Real flows need a hundredth of it; for a flow built to need more, the result is incomplete.
 */
const mostWork = 50_000_000;

/** The paths through a flow, with the variables that are set on them. */
class Ways {
  private readonly flow: Flow;
  private readonly sets: ReadonlyMap<string, readonly Variable[]>;
  private readonly places: ReadonlyMap<string, number>;
  /** Further bits, for names that a node sets as secrets: whether the value is no secret, and so outlives a wait. */
  private readonly lasting: ReadonlyMap<string, number>;
  private readonly length: number;

  constructor(
    flow: Flow,
    sets: ReadonlyMap<string, readonly Variable[]>,
    names: readonly string[],
    secrets: ReadonlySet<string>,
  ) {
    this.flow = flow;
    this.sets = sets;
    this.places = new Map(names.map((name, place) => [name, place]));
    this.lasting = new Map(Array.from(secrets, (name, place) => [name, names.length + place]));
    this.length = Math.ceil((names.length + secrets.size) / 32);
  }

  /** Follows paths from the start until nothing changes. `any`: set on some path; `all`: set on every path. */
  follow(which: 'any' | 'all'): Reached {
    const reached = new Map<string, Bits>();
    const ahead = new Set<string>();
    for (const id of startsOf(this.flow)) {
      reached.set(id, new Uint32Array(this.length));
      ahead.add(id);
    }
    let work = 0;
    for (const id of ahead) {
      ahead.delete(id);
      const node = nodeOf(this.flow, id);
      const before = reached.get(id);
      if (node === undefined || before === undefined) continue;
      const type = nodeType(node.type);
      const set = this.sets.get(id) ?? [];
      const always = set.filter(({ exits }) => exits === undefined);
      const left = forgets(node, which) ? this.afterWait(before) : before;
      const after = this.with(this.without(left, type?.clears?.(node) ?? []), always);
      const ensured = type?.ensures?.(node);
      for (const [exit, target] of exitsOf(node)) {
        const there = set.filter(({ exits }) => exits?.includes(exit) === true);
        // A test never sees a secret: what it ensures is none.
        const tested = (ensured?.get(exit) ?? []).map((name) => ({ name }));
        const bits = this.with(after, [...there, ...tested]);
        work += this.length + 1;
        const known = reached.get(target);
        if (known === undefined) reached.set(target, bits.slice());
        if (known === undefined || merge(known, bits, which)) ahead.add(target);
      }
      if (work > mostWork) return new Map();
    }
    return reached;
  }

  private with(bits: Bits, variables: readonly Variable[]): Bits {
    if (variables.length === 0) return bits;
    const changed = bits.slice();
    for (const { name, secret } of variables) {
      change(changed, this.places.get(name), true);
      change(changed, this.lasting.get(name), secret !== true);
    }
    return changed;
  }

  private without(bits: Bits, names: readonly string[]): Bits {
    if (names.length === 0) return bits;
    const changed = bits.slice();
    for (const name of names) {
      change(changed, this.places.get(name), false);
      change(changed, this.lasting.get(name), false);
    }
    return changed;
  }

  /** The variables after a wait for the caller, which takes the secrets. */
  private afterWait(bits: Bits): Bits {
    const gone = Array.from(this.lasting).flatMap(([name, place]) => (hasBit(bits, place) ? [] : [name]));
    return this.without(bits, gone);
  }
}

/** Whether secrets count as gone after a node: a call that dials or queues may also go on at once, and then has them still. */
function forgets(node: FlowNode, which: 'any' | 'all'): boolean {
  return which === 'any' ? waitsAt(node) : nodeType(node.type)?.waitsFor !== undefined;
}

/** Sets or clears a bit, if there is one for the name. */
function change(bits: Bits, place: number | undefined, on: boolean): void {
  if (place === undefined) return;
  const word = bits[place >> 5] ?? 0;
  const bit = 1 << (place & 31);
  bits[place >> 5] = on ? word | bit : word & ~bit;
}

/** Merges the variables of another path; returns whether anything changed. */
function merge(known: Bits, bits: Bits, which: 'any' | 'all'): boolean {
  let isChanged = false;
  for (let place = 0; place < known.length; place += 1) {
    const before = known[place] ?? 0;
    const other = bits[place] ?? 0;
    const merged = (which === 'any' ? before | other : before & other) >>> 0;
    if (merged === before) continue;
    known[place] = merged;
    isChanged = true;
  }
  return isChanged;
}

function hasBit(bits: Bits, place: number): boolean {
  return place >= 0 && ((bits[place >> 5] ?? 0) & (1 << (place & 31))) !== 0;
}
