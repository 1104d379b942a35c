import type { FlowNode } from '../../../lib/flow/flow.ts';
import { nodeType } from '../../../lib/nodes/index.ts';

/**
 * The node after one of its settings was changed, with its connections as they follow from that: an exit that is called otherwise
 * now leads where it led before, and exits of what was taken out of a list lead nowhere. A connection that might be either stays
 * as it is, so that nothing is lost while a name is being typed.
 */
export function withFollowingExits(before: FlowNode, after: FlowNode, setting: string): FlowNode {
  const type = nodeType(after.type);
  if (type?.derivesExits !== true || after.exits === undefined) return after;
  const was = type.exits(before);
  const is = type.exits(after);
  const astray = Object.keys(after.exits).filter((exit) => !Object.hasOwn(is, exit));
  const fresh = Object.keys(is).filter((exit) => !Object.hasOwn(was, exit));
  const [old, ...more] = astray;
  if (old === undefined) return after;
  const [name, ...others] = fresh;
  if (name !== undefined && more.length === 0 && others.length === 0) return renamed(after, old, name);
  const isShorter = lengthOf(after[setting]) < lengthOf(before[setting]);
  return isShorter ? withExits(after, (exit) => (astray.includes(exit) ? undefined : exit)) : after;
}

function renamed(node: FlowNode, old: string, name: string): FlowNode {
  // What the new name led to already is not overwritten.
  if (node.exits !== undefined && Object.hasOwn(node.exits, name)) return node;
  return withExits(node, (exit) => (exit === old ? name : exit));
}

/** The node with its connections under other names; under none, it is taken away. */
function withExits(node: FlowNode, nameOf: (exit: string) => string | undefined): FlowNode {
  const exits = Object.entries(node.exits ?? {}).flatMap(([exit, target]) => {
    const name = nameOf(exit);
    return name === undefined ? [] : [[name, target] as const];
  });
  return { ...node, exits: Object.fromEntries(exits) };
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
