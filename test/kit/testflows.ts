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

/** A flow that goes from its start to `first`, and has an end `bye`. */
export function flowOf(nodes: Record<string, FlowNode>, head: Partial<Flow> = {}): Flow {
  const start = { type: 'start', exits: { next: 'first' } };
  const bye = { type: 'end', prompt: { text: 'Bye.' } };
  return { schema: 1, id: 'test', name: 'Test', nodes: { start, bye, ...nodes }, ...head };
}

/** A node that says a text and goes on. */
export function play(text: string, next: string): FlowNode {
  return { type: 'play', prompt: { text }, exits: { next } };
}

/** A menu whose key 1 leads to the end. */
export function menuOf(text: string, more: object = {}): FlowNode {
  return { type: 'branch', prompt: { text }, ...more, exits: { 1: 'bye' } };
}
