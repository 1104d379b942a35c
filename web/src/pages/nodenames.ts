import { nodeOf } from '../../../lib/flow/flow.ts';
import { labelOf } from '../document/ports.ts';
import { useNames } from '../words/naming.ts';
import { useDocuments } from './queries.ts';

/** What people see of the nodes and exits of flows: the ids of what their drafts do not have. */
export interface NodeNames {
  node(flow: string, node: string): string;
  exit(flow: string, node: string, exit: string): string;
}

/** The names of the nodes and exits of some flows, by their drafts. */
export function useNodeNames(flows: Iterable<string>): NodeNames {
  const names = useNames();
  const drafts = useDocuments(new Set(flows));
  return {
    node(flow, id) {
      const draft = drafts.get(flow);
      return draft === undefined ? id : names.nodeAt(draft, id);
    },
    exit(flow, id, exit) {
      const draft = drafts.get(flow);
      const node = draft && nodeOf(draft, id);
      return node === undefined ? exit : `${names.exit(node.type, exit)} ${labelOf(node, exit)}`.trim();
    },
  };
}
