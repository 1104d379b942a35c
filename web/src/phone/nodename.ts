import { type Flow, nodeOf } from '../../../lib/flow/flow.ts';
import { useNames } from '../words/naming.ts';

/** Finds what people see of a node, by the ids of its flow and its own. */
export function useNodeName(
  flow: Flow,
  others: ReadonlyMap<string, Flow>,
): (id: string, node: string) => string {
  const names = useNames();
  return (id, node) => {
    const drawn = id === flow.id ? flow : others.get(id);
    const found = drawn && nodeOf(drawn, node);
    return found === undefined ? node : names.node(found);
  };
}
