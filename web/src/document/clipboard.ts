import { type Flow, type FlowNode, flowFormat, mostNodes, nodeOf } from '../../../lib/flow/flow.ts';
import { isRecord, readJson } from '../../../lib/flow/json.ts';
import type { Note } from '../../../lib/flow/note.ts';
import { noteAt, noteIdOf, noteKey, noteSize, withNotes } from '../../../lib/flow/notes.ts';
import type { Problem } from '../../../lib/flow/problem.ts';
import { type Box, hull, onPixels, type Point, type Size, shapeOf } from './geometry.ts';
import type { Edit } from './history.ts';
import { freshId, freshNoteId } from './ids.ts';
import { begins } from './ports.ts';
import { maxReadLength } from './reading.ts';
import { aboutAll, placeOf } from './things.ts';
import { shapeProblems } from './validate.ts';
import { type Wire, wireId } from './wires.ts';

/** Copied nodes and notes as JSON text: for the same flow, another flow, or an e-mail. */
export interface Clip {
  readonly branchline: 'nodes';
  /** The flow that they were copied from. */
  readonly flow: string;
  readonly nodes: Readonly<Record<string, FlowNode>>;
  readonly layout: Readonly<Record<string, Point>>;
  readonly notes?: Readonly<Record<string, Note>>;
}

/** The result of a paste. */
export interface Pasted extends Edit {
  /** Connections to nodes that are neither pasted nor in this flow; they were left out. */
  readonly lost: readonly Wire[];
  /** The ids of nodes that were left out: a flow has one node where calls begin. */
  readonly left: readonly string[];
}

/** The nodes and notes as a clip, without the start; `undefined` if nothing remains. */
export function copy(flow: Flow, ids: readonly string[]): Clip | undefined {
  const nodes: Record<string, FlowNode> = {};
  const layout: Record<string, Point> = {};
  const notes: Record<string, Note> = {};
  for (const id of ids) {
    const note = noteAt(flow, id);
    if (note !== undefined) notes[noteIdOf(id) ?? id] = { ...note, at: placeOf(flow, id) };
    const node = nodeOf(flow, id);
    if (node === undefined || begins(node)) continue;
    nodes[id] = node;
    layout[id] = placeOf(flow, id);
  }
  const noted = Object.keys(notes).length === 0 ? {} : { notes };
  if (Object.keys({ ...nodes, ...notes }).length === 0) return undefined;
  return { branchline: 'nodes', flow: flow.id, nodes, layout, ...noted };
}

/** How many nodes and notes a clip holds. */
export function countOf({ nodes, notes = {} }: Clip): { nodes: number; notes: number } {
  return { nodes: Object.keys(nodes).length, notes: Object.keys(notes).length };
}

/** The box around everything in a clip. */
export function boundsOf({ nodes, layout, notes = {} }: Clip): Box {
  const box = ([x, y]: Point, { width, height }: Size): Box => ({ x, y, width, height });
  return hull([
    ...Object.entries(nodes).map(([id, node], index) => box(placeIn(layout, id, index), shapeOf(node))),
    ...Object.values(notes).map((note) => box(note.at, noteSize(note))),
  ]);
}

/** The place of a node in a clip; nodes without one are placed in a cascade. */
function placeIn(layout: Clip['layout'], id: string, index: number): Point {
  return (Object.hasOwn(layout, id) ? layout[id] : undefined) ?? [index * 40, index * 40];
}

/** The content of a text on the clipboard: a clip, or what is wrong with the clip in it. Empty if it is something else. */
export interface ReadClip {
  readonly clip?: Clip;
  readonly problems?: readonly Problem[];
}

/** Reads a clip from a text. If one node or note has the wrong shape, the whole clip is refused. */
export function readClip(text: string): ReadClip {
  if (text.length > maxReadLength) return {};
  const { value } = { value: undefined, ...readJson(text) };
  if (!isRecord(value) || value.branchline !== 'nodes') return {};
  const { flow, nodes = {}, layout = {}, notes = {} } = value;
  const held = { schema: flowFormat, id: 'clip', name: 'clip', nodes, layout, notes };
  if (Object.keys(nodes ?? {}).length > mostNodes) return {};
  const problems = shapeProblems(held);
  if (problems.length > 0) return { problems };
  const clip = {
    ...held,
    branchline: 'nodes',
    flow: typeof flow === 'string' ? flow : '',
  } as unknown as Clip;
  const { nodes: some, notes: others } = countOf(clip);
  return some + others === 0 ? {} : { clip };
}

/**
 * Puts the nodes and notes of a clip into a flow, their upper left corner at a place, under ids that are free. Connections
 * among them are kept, and those to others if they come from this flow and the other is still there.
 */
export function paste(flow: Flow, clip: Clip, at: Point, did: 'paste' | 'duplicate' = 'paste'): Pasted {
  const coming = Object.entries(clip.nodes).filter(([, node]) => !begins(node));
  const fresh = new Map<string, string>();
  const given = new Set<string>();
  for (const [id] of coming) {
    const next = freshId(flow, id, given);
    fresh.set(id, next);
    given.add(next);
  }
  const lost: Wire[] = [];
  const nodes = { ...flow.nodes };
  for (const [id, node] of coming) nodes[fresh.get(id) ?? id] = rewired(id, node);

  function rewired(source: string, node: FlowNode): FlowNode {
    if (node.exits === undefined) return node;
    const exits: Record<string, string> = {};
    for (const [exit, target] of Object.entries(node.exits)) {
      const there = fresh.get(target) ?? (clip.flow === flow.id && nodeOf(flow, target) ? target : undefined);
      if (there === undefined) lost.push({ id: wireId(source, exit), source, exit, target });
      else exits[exit] = there;
    }
    return { ...node, exits };
  }

  const { x: left, y: top } = boundsOf(clip);
  const put = ([x, y]: Point): Point => onPixels([at[0] + x - left, at[1] + y - top]);
  const layout: Record<string, Point> = { ...flow.layout };
  coming.forEach(([id], index) => {
    layout[fresh.get(id) ?? id] = put(placeIn(clip.layout, id, index));
  });
  const notes = pasteNotes(flow, clip, put);
  const next = withNotes({ ...flow, nodes, layout }, { ...flow.notes, ...notes });
  const select = [...given, ...Object.keys(notes).map(noteKey)];
  return {
    step: { did, ...aboutAll(next, select) },
    flow: select.length === 0 ? flow : next,
    select,
    lost,
    left: Object.keys(clip.nodes).filter((id) => !fresh.has(id)),
  };
}

function pasteNotes(flow: Flow, { notes = {} }: Clip, put: (place: Point) => Point): Record<string, Note> {
  const pasted: Record<string, Note> = {};
  for (const [id, note] of Object.entries(notes)) {
    pasted[freshNoteId(flow, id, new Set(Object.keys(pasted)))] = { ...note, at: put(note.at) };
  }
  return pasted;
}
