import type { Flow, FlowNode } from '../../lib/flow/flow.ts';

function flowOf(nodes: Readonly<Record<string, FlowNode>>): Flow {
  return { schema: 1, id: 'large', name: 'Large', nodes };
}

/** A tree of menus with this many nodes: four keys each, `*` to the menu before, and messages at the ends. */
export function tree(count: number): Flow {
  const idAt = (place: number) => (place === 0 ? 'start' : `n${place}`);
  const isThere = (place: number) => place < count;
  const nodes = Array.from({ length: count }, (_, place): [string, FlowNode] => {
    if (place === 0) return ['start', { type: 'start', exits: { next: 'n1' } }];
    const keys = ['1', '2', '3', '4'];
    const below = keys
      .map((key, index) => [key, 4 * (place - 1) + 2 + index] as const)
      .filter(([, child]) => isThere(child));
    if (below.length === 0) return [idAt(place), { type: 'play', prompt: { text: `Message ${place}` } }];
    const back = place === 1 ? {} : { '*': idAt(Math.floor((place - 2) / 4) + 1) };
    const exits = { ...Object.fromEntries(below.map(([key, child]) => [key, idAt(child)])), ...back };
    return [idAt(place), { type: 'branch', label: `Menu ${place}`, prompt: { text: 'Press a key.' }, exits }];
  });
  return flowOf(Object.fromEntries(nodes));
}

/** This many nodes one after the other. */
export function chain(count: number): Flow {
  const nodes = Array.from({ length: count }, (_, place): [string, FlowNode] => {
    const exits = place + 1 < count ? { exits: { next: `n${place + 1}` } } : {};
    if (place === 0) return ['start', { type: 'start', ...exits }];
    return [`n${place}`, { type: 'play', prompt: { text: `Message ${place}` }, ...exits }];
  });
  return flowOf(Object.fromEntries(nodes));
}

/** A start, and this many nodes less one that nothing leads to. */
export function loose(count: number): Flow {
  const nodes = Array.from({ length: count }, (_, place): [string, FlowNode] =>
    place === 0 ? ['start', { type: 'start' }] : [`n${place}`, { type: 'end' }],
  );
  return flowOf(Object.fromEntries(nodes));
}
