import { type Flow, type FlowNode, nodeOf, targetOf } from '../../../lib/flow/flow.ts';
import { nodeType } from '../../../lib/nodes/index.ts';
import { freePlace, type Point, placeOf, shapeOf } from './geometry.ts';
import type { Edit, Step } from './history.ts';
import { freshId } from './ids.ts';
import type { Wire } from './wires.ts';

/** Adds a node of a type at a place, or just below where that is taken, and connects an exit to it where one is given. */
export function add(flow: Flow, type: string, at: Point, from?: { source: string; exit: string }): Edit {
  const id = freshId(flow, type);
  const definition = nodeType(type);
  const exits = Object.keys(definition?.exits ?? {}).length > 0 ? { exits: {} } : {};
  const node: FlowNode = { type, ...exits };
  const place = freePlace(flow, at, shapeOf(node));
  let next = withNode(withPlaces(flow, [[id, place]]), id, node);
  if (from !== undefined && definition?.begins !== true) next = withExit(next, from.source, from.exit, id);
  return { step: { did: 'add', type }, flow: next, select: [id] };
}

/** Leads an exit to a node, wherever it led before. */
export function connect(flow: Flow, source: string, exit: string, target: string): Edit {
  const node = nodeOf(flow, source);
  const before = node === undefined ? undefined : targetOf(node, exit);
  const step: Step = { did: before === undefined ? 'connect' : 'reconnect', ...about(node) };
  return { step, flow: before === target ? flow : withExit(flow, source, exit, target) };
}

/** Takes connections away. */
export function disconnect(flow: Flow, wires: readonly Pick<Wire, 'source' | 'exit'>[]): Edit {
  let next = flow;
  for (const { source, exit } of wires) next = withExit(next, source, exit, undefined);
  const only = wires.length === 1 && wires[0] !== undefined ? nodeOf(flow, wires[0].source) : undefined;
  return { step: { did: 'disconnect', count: wires.length, ...about(only) }, flow: next };
}

/** Puts nodes somewhere else. */
export function move(flow: Flow, places: readonly (readonly [id: string, place: Point])[]): Edit {
  const moved = places.filter(([id, [x, y]]) => {
    const [left, top] = placeOf(flow, id);
    return nodeOf(flow, id) !== undefined && (left !== Math.round(x) || top !== Math.round(y));
  });
  const next = moved.length === 0 ? flow : withPlaces(flow, moved);
  return {
    step: {
      did: 'move',
      ...aboutAll(
        flow,
        places.map(([id]) => id),
      ),
    },
    flow: next,
  };
}

/** Sets a setting of a node; undefined takes it away. */
export function set(flow: Flow, id: string, setting: string, value: unknown): Edit {
  const node = nodeOf(flow, id);
  if (node === undefined) return { step: { did: 'set' }, flow };
  const { [setting]: _, ...rest } = node;
  const next = (value === undefined ? rest : { ...node, [setting]: value }) as FlowNode;
  const did = setting === 'label' ? 'rename' : 'set';
  const step: Step = { did, field: setting, ...about(node) };
  return { step, flow: withNode(flow, id, next), merge: `${did} ${id} ${setting}` };
}

/** Sets a field of the flow itself, such as its name; undefined takes it away. */
export function setHead(
  flow: Flow,
  field: 'name' | 'language' | 'voice' | 'description',
  value?: string,
): Edit {
  const { [field]: _, ...rest } = flow;
  const next = (value === undefined ? rest : { ...flow, [field]: value }) as Flow;
  return { step: { did: 'head', field }, flow: next, merge: `head ${field}` };
}

/** Whether a node can be deleted: the one where calls begin cannot. */
export function deletable(flow: Flow, id: string): boolean {
  const node = nodeOf(flow, id);
  return node !== undefined && nodeType(node.type)?.begins !== true;
}

/** Deletes nodes with the connections at both their ends, and further connections; what is protected stays. */
export function remove(
  flow: Flow,
  ids: readonly string[],
  wires: readonly Pick<Wire, 'source' | 'exit'>[] = [],
  did: 'delete' | 'cut' = 'delete',
): Edit {
  const gone = new Set(ids.filter((id) => deletable(flow, id)));
  if (gone.size === 0) return disconnect(flow, wires);
  const nodes: Record<string, FlowNode> = {};
  for (const [id, node] of Object.entries(disconnect(flow, wires).flow.nodes)) {
    if (!gone.has(id)) nodes[id] = without(node, gone);
  }
  const layout = Object.fromEntries(Object.entries(flow.layout ?? {}).filter(([id]) => !gone.has(id)));
  return { step: { did, ...aboutAll(flow, [...gone]) }, flow: { ...flow, nodes, layout }, select: [] };
}

/** Puts another document in place of this one, which keeps its id. */
export function replace(flow: Flow, next: Flow, did: 'json' | 'restore' | 'take'): Edit {
  return { step: { did }, flow: next.id === flow.id ? next : { ...next, id: flow.id } };
}

/** The flow with a node under an id. */
export function withNode(flow: Flow, id: string, node: FlowNode): Flow {
  return { ...flow, nodes: { ...flow.nodes, [id]: node } };
}

/** The flow with nodes at other places, on whole pixels. */
export function withPlaces(flow: Flow, places: readonly (readonly [id: string, place: Point])[]): Flow {
  const layout = { ...flow.layout };
  for (const [id, [x, y]] of places) layout[id] = [Math.round(x), Math.round(y)];
  return { ...flow, layout };
}

/** What a step says of the nodes it was done to. */
export function aboutAll(flow: Flow, ids: readonly string[]): Pick<Step, 'type' | 'label' | 'count'> {
  const [only] = ids;
  return ids.length === 1 && only !== undefined ? about(nodeOf(flow, only)) : { count: ids.length };
}

/** What a step says of one node. */
export function about(node: FlowNode | undefined): Pick<Step, 'type' | 'label'> {
  if (node === undefined) return {};
  return { type: node.type, ...(node.label === undefined ? {} : { label: node.label }) };
}

function withExit(flow: Flow, source: string, exit: string, target: string | undefined): Flow {
  const node = nodeOf(flow, source);
  if (node === undefined || targetOf(node, exit) === target) return flow;
  const { [exit]: _, ...rest } = node.exits ?? {};
  return withNode(flow, source, {
    ...node,
    exits: target === undefined ? rest : { ...rest, [exit]: target },
  });
}

function without(node: FlowNode, gone: ReadonlySet<string>): FlowNode {
  const exits = Object.entries(node.exits ?? {});
  const kept = exits.filter(([, target]) => !gone.has(target));
  return kept.length === exits.length ? node : { ...node, exits: Object.fromEntries(kept) };
}
