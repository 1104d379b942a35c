import type { Flow, FlowNode } from '../../lib/flow/flow.ts';

/** A flow that begins at the node `first`; `silent` is an end without a prompt. */
export function quietFlow(nodes: Record<string, FlowNode>): Flow {
  const start = { type: 'start', exits: { next: 'first' } };
  return {
    schema: 1,
    id: 'test',
    name: 'Test',
    nodes: { start, silent: { type: 'end' }, ...nodes },
  };
}

/** A menu that says `Menu.`. */
export function menu(exits: Record<string, string>, more: object = {}): FlowNode {
  return { type: 'branch', prompt: { text: 'Menu.' }, ...more, exits };
}

/** A transfer to `sales`, after which the call goes to the end without a prompt. */
export function transfer(more: object = {}, exits: Record<string, string> = { next: 'silent' }): FlowNode {
  return { type: 'transfer', skillGroup: 'sales', ...more, exits };
}

/** A node that says a text. */
export function play(text: string, next: string): FlowNode {
  return { type: 'play', prompt: { text }, exits: { next } };
}
