import type { Flow, FlowNode } from '../../lib/flow/flow.ts';

/** A flow of these nodes. */
export function flowOf(id: string, nodes: Record<string, FlowNode>): Flow {
  return { schema: 1, id, name: `Flow ${id}`, nodes };
}

/** A flow that enters another one, and then asks for a key. */
export function entering(id: string, flow: string, exits: Record<string, string> = {}): Flow {
  return flowOf(id, {
    start: { type: 'start', exits: { next: 'other' } },
    other: { type: 'flow', flow, exits: { next: 'menu', ...exits } },
    menu: { type: 'branch', prompt: { text: `Menu of ${id}.` }, exits: { 1: 'other', 2: 'end' } },
    sorry: { type: 'end', prompt: { text: 'It failed.' } },
    end: { type: 'end', prompt: { text: 'Goodbye.' } },
  });
}

/** A flow that asks for a key, and returns. */
export function asking(id: string, text = `In ${id}.`): Flow {
  return flowOf(id, {
    start: { type: 'start', exits: { next: 'ask' } },
    ask: { type: 'branch', prompt: { text }, exits: { 1: 'back' } },
    back: { type: 'return' },
  });
}

/** A flow that enters another one at once and returns when that does. */
export function passing(id: string, flow: string): Flow {
  return flowOf(id, {
    start: { type: 'start', exits: { next: 'other' } },
    other: { type: 'flow', flow, exits: { next: 'back', failed: 'sorry' } },
    sorry: { type: 'end', prompt: { text: `${id} failed.` } },
    back: { type: 'return' },
  });
}
