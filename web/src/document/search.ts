import { exitsOf } from '../../../lib/engine/graph.ts';
import type { Flow, FlowNode } from '../../../lib/flow/flow.ts';
import { noteKey } from '../../../lib/flow/notes.ts';
import { labelOf } from './ports.ts';

/** A hit of a search. */
export interface Hit {
  /** The node or the note; without one it is the flow itself. */
  readonly node?: string;
  /** The field, with dots, as in problems: `prompt.text`, `exits.1`. */
  readonly field: string;
  readonly text: string;
}

/**
 * The hits of a query, which hold all its words, at most one a node and field: ids, labels, texts, audio, groups, keys with what
 * they stand for; then notes, and the flow's description. `nameOf` gives the words that a type is shown under. Case does not
 * matter.
 */
export function find(flow: Flow, query: string, nameOf: (type: string) => string, most = 50): Hit[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits: Hit[] = [];
  for (const place of placesOf(flow, nameOf)) {
    const folded = place.text.toLocaleLowerCase();
    if (words.every((word) => folded.includes(word))) hits.push(place);
    if (hits.length >= most) return hits;
  }
  return hits;
}

function* placesOf(flow: Flow, nameOf: (type: string) => string): Iterable<Hit> {
  for (const [id, node] of Object.entries(flow.nodes)) {
    for (const [field, text] of textsOf(id, node, nameOf)) yield { node: id, field, text };
  }
  for (const [id, { text }] of Object.entries(flow.notes ?? {}))
    yield { node: noteKey(id), field: 'text', text };
  if (flow.description !== undefined) yield { field: 'description', text: flow.description };
}

function* textsOf(id: string, node: FlowNode, nameOf: (type: string) => string): Iterable<[string, string]> {
  yield ['label', [node.label ?? '', nameOf(node.type), id].filter(Boolean).join(' · ')];
  for (const [exit] of exitsOf(node)) {
    yield [`exits.${exit}`, `${exit} ${labelOf(node, exit)}`.trim()];
  }
  for (const [name, value] of Object.entries(node)) {
    if (name !== 'type' && name !== 'label' && name !== 'exits') yield* leaves(name, value);
  }
}

function* leaves(field: string, value: unknown): Iterable<[string, string]> {
  if (typeof value === 'string') yield [field, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) yield* leaves(`${field}.${name}`, inner);
}
