import fc from 'fast-check';
import type { Flow, FlowNode } from '../../lib/flow/flow.ts';

/** The target of an exit: a number, of which the remainder by the number of nodes counts; `undefined` if it is not connected. */
type Lead = number | undefined;

/** A flow without a layout, with a node for each entry, whose exits have these targets. */
export function graphFlow(leads: readonly (readonly Lead[])[]): Flow {
  const idAt = (place: number) => (place === 0 ? 'start' : `n${place}`);
  const types = ['start', 'branch', 'play', 'transfer', 'end'];
  const exits = [['next'], ['1', '2', 'timeout', 'errors'], ['next'], ['next', 'failed'], []];
  const nodes = leads.map((ways, place): [string, FlowNode] => {
    const kind = place === 0 ? 0 : 1 + (place % 4);
    const led = (exits[kind] ?? []).flatMap((exit, index): [string, string][] => {
      const way = ways[index];
      return way === undefined ? [] : [[exit, idAt(1 + (way % Math.max(1, leads.length - 1)))]];
    });
    const known = led.filter(([, target]) => leads.length > 1 || target === 'start');
    return [
      idAt(place),
      { type: types[kind] ?? '', prompt: { text: `${place}` }, exits: Object.fromEntries(known) },
    ];
  });
  return { schema: 1, id: 'graph', name: 'Graph', nodes: Object.fromEntries(nodes) };
}

/** Flows of 1 to 40 nodes whose exits lead anywhere. */
export const graphFlows = fc
  .array(fc.array(fc.option(fc.nat(1000), { nil: undefined }), { minLength: 4, maxLength: 4 }), {
    minLength: 1,
    maxLength: 40,
  })
  .map(graphFlow);
