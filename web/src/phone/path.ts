import type { Layer, Tag } from '../canvas/layer.ts';
import { wireId } from '../document/wires.ts';
import type { CallView } from './testcall.ts';

/** The way of a call through a flow, and the node at which it stands, as a layer over the drawing of that flow. */
export function pathLayer({ turns, node, flow, ended }: CallView, drawn: string, here: string): Layer {
  const nodes = new Map<string, Tag>();
  const wires = new Map<string, Tag>();
  const exits = new Map<string, Map<string, Tag>>();
  for (const entry of turns.flatMap(({ entries }) => entries)) {
    if (entry.flow !== drawn) continue;
    nodes.set(entry.node, path);
    if (entry.exit === undefined) continue;
    wires.set(wireId(entry.node, entry.exit), path);
    exits.set(entry.node, (exits.get(entry.node) ?? new Map<string, Tag>()).set(entry.exit, path));
  }
  if (flow === drawn && node !== '') {
    nodes.set(node, ended === undefined ? { tone: 'here', text: here } : { tone: 'here' });
  }
  return { nodes, wires, exits };
}

const path: Tag = { tone: 'path' };
