import type { TFunction } from 'i18next';
import { type Flow, nodeOf, targetOf } from '../../../lib/flow/flow.ts';
import { spanOf } from '../../../lib/flow/span.ts';
import type { CallRecord, Traffic } from '../api/generated/types.ts';
import type { ExitTags, Layer, Tag } from '../canvas/layer.ts';
import { wireId } from '../document/wires.ts';

/** A count, and how much of a whole it is: `12 · 40%`. */
function shareText(count: number, whole: number): string {
  return whole === 0 ? String(count) : `${count} · ${Math.round((100 * count) / whole)}%`;
}

/** How many calls came to each node, ended there and took each exit, as a layer; what no call came to is pale. */
export function trafficLayer({ calls, nodes: counts }: Traffic, flow: Flow, t: TFunction): Layer {
  const nodes = new Map<string, Tag>();
  const exits = new Map<string, ExitTags>();
  const wires = new Map<string, Tag>();
  for (const id of Object.keys(flow.nodes)) {
    const told = Object.hasOwn(counts, id) ? counts[id] : undefined;
    if (told === undefined) {
      nodes.set(id, { tone: 'dim', title: t('traffic.none') });
      continue;
    }
    const { entered, ended } = told;
    const ends = ended === 0 ? '' : ` · ${t('traffic.ended', { count: ended })}`;
    nodes.set(id, {
      tone: 'count',
      text: `${shareText(entered, calls)}${ends}`,
      title: t('traffic.node', { entered, ended }),
    });
    const taken = Object.entries(told.exits);
    exits.set(id, new Map(taken.map(([exit, count = 0]) => [exit, exitTag(count, entered, t)])));
  }
  for (const [id, node] of Object.entries(flow.nodes)) {
    for (const exit of Object.keys(node.exits ?? {})) {
      if ((counts[id]?.exits[exit] ?? 0) === 0) wires.set(wireId(id, exit), { tone: 'dim' });
    }
  }
  return { nodes, exits, wires };
}

function exitTag(count: number, entered: number, t: TFunction): Tag {
  return { tone: 'count', text: shareText(count, entered), title: t('traffic.exit', { count }) };
}

/**
 * The path of a call through one of its flows, as a layer: when it came to each node, which exits it took, and where it stood
 * last. `steps` are those of the call that happened in this version of the flow.
 */
export function pathLayer(call: CallRecord, steps: CallRecord['steps'], flow: Flow, t: TFunction): Layer {
  const nodes = new Map<string, Tag>();
  const exits = new Map<string, Map<string, Tag>>();
  const wires = new Map<string, Tag>();
  const last = call.steps.at(-1);
  for (const { node: id, at, exit } of steps) {
    const node = nodeOf(flow, id);
    if (node === undefined) continue;
    const times = nodes.get(id)?.text;
    const time = spanOf(call.startedAt, at);
    const text = times === undefined ? time : times.includes(time) ? times : `${times}, ${time}`;
    nodes.set(id, { tone: 'path', text });
    if (exit === undefined) continue;
    exits.set(id, (exits.get(id) ?? new Map()).set(exit, { tone: 'path' }));
    if (targetOf(node, exit) !== undefined) wires.set(wireId(id, exit), { tone: 'path' });
  }
  const end = last === undefined || steps.at(-1) !== last ? undefined : nodes.get(last.node);
  if (last !== undefined && end !== undefined) {
    nodes.set(last.node, { tone: 'here', title: t('traffic.here'), ...textOf(end) });
  }
  for (const [id, node] of Object.entries(flow.nodes)) {
    if (!nodes.has(id)) nodes.set(id, { tone: 'dim' });
    for (const exit of Object.keys(node.exits ?? {})) {
      if (!wires.has(wireId(id, exit))) wires.set(wireId(id, exit), { tone: 'dim' });
    }
  }
  return { nodes, exits, wires };
}

function textOf({ text }: Tag): Pick<Tag, 'text'> {
  return text === undefined ? {} : { text };
}
