import { exitsOf } from '../engine/graph.ts';
import type { Entry } from '../engine/result.ts';
import type { Flow } from '../flow/flow.ts';

/** A node that no call visits, or with connected exits that no call takes. */
export interface Untaken {
  readonly node: string;
  readonly visited: boolean;
  /** Its connected exits that no call takes. */
  readonly exits: readonly string[];
}

/** Collects the nodes and exits that calls take, in any number of flows. */
export class Coverage {
  private readonly taken = new Map<string, Set<string>>();

  /** Adds the journal entries of calls. */
  add(entries: readonly Pick<Entry, 'flow' | 'node' | 'exit'>[]): void {
    for (const { flow, node, exit } of entries) {
      const key = keyOf(flow, node);
      const exits = this.taken.get(key) ?? new Set();
      if (exit !== undefined) exits.add(exit);
      this.taken.set(key, exits);
    }
  }

  /** The nodes and exits of a flow that no call takes, node by node. */
  untaken(flow: Flow): Untaken[] {
    return Object.entries(flow.nodes).flatMap(([node, settings]): Untaken[] => {
      const taken = this.taken.get(keyOf(flow.id, node));
      if (taken === undefined) return [{ node, visited: false, exits: [] }];
      const exits = exitsOf(settings).flatMap(([exit]) => (taken.has(exit) ? [] : [exit]));
      return exits.length === 0 ? [] : [{ node, visited: true, exits }];
    });
  }
}

function keyOf(flow: string, node: string): string {
  return `${flow}/${node}`;
}

/** An untaken node as an English line: ``menu: `*` and timeout are never taken``. */
export function untakenText({ node, visited, exits }: Untaken): string {
  if (!visited) return `${node}: no call comes here`;
  const names = exits.map((exit) => (/^[a-z]/i.test(exit) ? exit : `\`${exit}\``));
  const last = names.at(-1) ?? '';
  const list = names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
  return `${node}: ${list} ${names.length === 1 ? 'is' : 'are'} never taken`;
}
