import type { Flow, FlowNode } from '../../lib/flow/flow.ts';

/** A flow that says one text and ends: it can be published. */
export function greeting(id: string, text = 'Hello.'): Flow {
  return {
    schema: 1,
    id,
    name: `Flow ${id}`,
    nodes: {
      start: { type: 'start', exits: { next: 'hello' } },
      hello: { type: 'play', label: 'Hello', prompt: { text }, exits: { next: 'end' } },
      end: { type: 'end' },
    },
    layout: { start: [0, 0], hello: [240, 0.5] },
  };
}

/** A flow with this many nodes that can be published: menus in a row, each leads to the next; some ids are JavaScript's own. */
export function corridor(id: string, count: number): Flow {
  const ids = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'];
  const idAt = (place: number) => ids[place] ?? `menu-${place}`;
  const menus = Array.from({ length: count - 2 }, (_, place): [string, FlowNode] => [
    idAt(place),
    {
      type: 'branch',
      prompt: { text: `您好，这里是第${place}层。For the next floor press 1.` },
      exits: { '1': place + 3 === count ? 'end' : idAt(place + 1) },
    },
  ]);
  return {
    schema: 1,
    id,
    name: `Corridor of ${count}`,
    language: 'zh-CN',
    nodes: {
      start: { type: 'start', exits: { next: idAt(0) } },
      ...Object.fromEntries(menus),
      end: { type: 'end' },
    },
    layout: { ...Object.fromEntries(menus.map(([node], place) => [node, [place * 240, 0] as const])) },
  };
}

/** A small drawing with a menu that leads back to itself. */
export const drawing: Flow = {
  schema: 1,
  id: 'try',
  name: 'Try',
  nodes: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'play', label: 'Hello', prompt: { text: 'Hello.' }, exits: { next: 'menu' } },
    menu: {
      type: 'branch',
      label: 'Main',
      prompt: { text: 'Press 1.' },
      exits: { '1': 'bye', '#': 'menu', timeout: 'bye' },
    },
    bye: { type: 'end' },
  },
  layout: { start: [0, 0], hello: [300, 0], menu: [600, 0], bye: [900, 0] },
};
