import { exitsOf } from '../engine/graph.ts';
import { usesOf } from '../engine/uses.ts';
import type { Cursor } from '../flow/cursor.ts';
import type { Flow } from '../flow/flow.ts';
import type { FindFlow } from './known.ts';

/** Tells which variables the rest of a call may read, so that states which differ in others count as one. */
export class Readings {
  private readonly flows: readonly Flow[];
  /** By variable: the nodes of the only flow from which a node that names it can be reached. */
  private readonly before = new Map<string, ReadonlySet<string>>();

  constructor(flows: readonly Flow[]) {
    this.flows = flows;
  }

  /** Whether a node that the call can still come to names a variable. If calls enter other flows, all of them count. */
  mayRead({ node }: Pick<Cursor, 'node'>, variable: string): boolean {
    const [flow, ...others] = this.flows;
    if (flow === undefined || others.length > 0) return true;
    const before = this.before.get(variable) ?? leadingToMention(flow, variable);
    this.before.set(variable, before);
    return before.has(node);
  }
}

/** The ids of the nodes that name a variable, and of those from which a call can come to one. */
function leadingToMention(flow: Flow, variable: string): Set<string> {
  const into = new Map<string, string[]>();
  const found = new Set<string>();
  for (const [id, node] of Object.entries(flow.nodes)) {
    for (const [, target] of exitsOf(node)) into.set(target, [...(into.get(target) ?? []), id]);
    if (JSON.stringify(node).includes(variable)) found.add(id);
  }
  // A set also goes on with what is added meanwhile.
  for (const id of found) for (const from of into.get(id) ?? []) found.add(from);
  return found;
}

/** A flow, and all flows that its calls may enter. */
export function flowsFrom(flow: Flow, find: FindFlow): Flow[] {
  const found = new Map<string, Flow>([[flow.id, flow]]);
  const ahead = [flow];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    for (const id of usesOf(next).flows ?? []) {
      const other = found.has(id) ? undefined : find(id);
      if (other === undefined) continue;
      found.set(id, other);
      ahead.push(other);
    }
  }
  return [...found.values()];
}
