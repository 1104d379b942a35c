import { createSealer } from '../lib/calls/seal.ts';
import { begin, writeCursor } from '../lib/flow/cursor.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';

/** How many nodes the flows of the bench have: from a first try to the most that a flow may hold. */
export const sizes = [5, 50, 500, 2000] as const;

/** The id of the flow with this many nodes. */
export function drawingId(nodes: number): string {
  return `menus-${nodes}`;
}

/** A flow with this many nodes: menus in a chain, a message after each; 1 leads on, 9 back to the first menu. */
export function drawing(nodes: number): Flow {
  const menus = menusOf(nodes);
  const entries: [string, FlowNode][] = [['start', { type: 'start', exits: { next: menus[0] ?? 'end' } }]];
  for (const [place, menu] of menus.entries()) {
    const onward = menus[place + 1] ?? 'end';
    const message = `message${place}`;
    const hasMessage = entries.length + 3 <= nodes;
    entries.push([menu, branch(place, hasMessage ? message : onward)]);
    if (hasMessage) entries.push([message, play(place, onward)]);
  }
  entries.push(['end', { type: 'end', prompt: { text: 'Thank you for calling. Goodbye.' } }]);
  const id = drawingId(nodes);
  return {
    schema: 1,
    id,
    name: `Menus of ${nodes} nodes`,
    language: 'en-US',
    nodes: Object.fromEntries(entries),
  };
}

/** The flow of 5 nodes whose menus tell a variable. */
export function tellingDrawing(): Flow {
  const flow = drawing(5);
  const menus = new Set(menusOf(5));
  const nodes = Object.entries(flow.nodes).map(([id, node]): [string, FlowNode] => {
    if (!menus.has(id)) return [id, node];
    return [id, { ...node, prompt: { text: 'You are a ${Tier} customer. To go back press 9.' } }];
  });
  return { ...flow, id: 'menus-telling', nodes: Object.fromEntries(nodes) };
}

/** The webhook of a caller who has pressed 9 at its last menu, in a call that remembers variables. */
export function tellingStep(token: string, callSid: string): string {
  const { id: flow } = tellingDrawing();
  const node = menusOf(5).at(-1) ?? '';
  const cursor = { ...begin(flow, 1, 'en-US'), node, waiting: 'keys' as const, step: 3 };
  const variables = { Tier: { text: 'gold' }, Account: { text: '8800', spokenAs: 'digits' as const } };
  const sealed = createSealer([token]).seal({ variables }, { callSid, flow, version: 1, step: 3 });
  return `/voice/step?${writeCursor(cursor)}&memory=${sealed}`;
}

/** Webhooks of the flow's first version, one a menu: the caller has pressed 9 there. */
export function steps(nodes: number): string[] {
  return menusOf(nodes).map((menu) => stepAt(nodes, menu, 1));
}

/** The webhook of a caller who has pressed 9 at the last menu of a version. */
export function lastStep(nodes: number, version: number): string {
  return stepAt(nodes, menusOf(nodes).at(-1) ?? '', version);
}

function stepAt(nodes: number, node: string, version: number): string {
  const arrived = begin(drawingId(nodes), version, 'en-US');
  return `/voice/step?${writeCursor({ ...arrived, node, waiting: 'keys', step: 3 })}`;
}

function menusOf(nodes: number): string[] {
  return Array.from({ length: Math.ceil((nodes - 2) / 2) }, (_, place) => `menu${place}`);
}

function branch(place: number, onward: string): FlowNode {
  return {
    type: 'branch',
    label: `Menu ${place}`,
    prompt: { text: `This is menu ${place}. To go on press 1. To go back to the first menu press 9.` },
    timeoutPrompt: { text: 'We did not hear a key.' },
    errorPrompt: { text: 'That key has no meaning here. Please try again.' },
    maxErrors: 3,
    timeoutSeconds: 10,
    exits: { '1': onward, '9': 'menu0' },
  };
}

function play(place: number, onward: string): FlowNode {
  const text = `You have come past menu ${place}. Our lines are open from nine to five on working days.`;
  return { type: 'play', label: `Message ${place}`, prompt: { text }, exits: { next: onward } };
}
