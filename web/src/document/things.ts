import { type Flow, type FlowNode, nodeOf } from '../../../lib/flow/flow.ts';
import { noteAt, noteIdOf, noteKey, noteSize, titleOf, withNotes } from '../../../lib/flow/notes.ts';
import {
  type Box,
  freeAmong,
  freeWithin,
  onPixels,
  type Point,
  type Size,
  shapeOf,
  withinRange,
} from './geometry.ts';
import type { Step } from './history.ts';
import { begins } from './ports.ts';

/** Keys of things, each with a place. */
type Places = readonly (readonly [key: string, place: Point])[];

/** A kind of thing that has a place of its own on the canvas. Another kind is another row of `kinds`. */
interface Kind {
  /** Where the flow says that it stands; `undefined` if it does not say. */
  placeIn(flow: Flow, key: string): Point | undefined;
  /** How large it is; `undefined` if the flow has none of this key. */
  sizeIn(flow: Flow, key: string): Size | undefined;
  /** The flow with some of the kind at other places. */
  withPlaces(flow: Flow, places: Places): Flow;
  /** Whether it may be deleted. */
  deletable(flow: Flow, key: string): boolean;
  /** The flow without some of the kind, and without what leads to them. */
  without(flow: Flow, gone: ReadonlySet<string>): Flow;
  /** What a step says of one of the kind. */
  about(flow: Flow, key: string): Pick<Step, 'type' | 'label' | 'of'>;
}

const kinds: Readonly<Record<ThingKind, Kind>> = {
  node: {
    placeIn: ({ layout = {} }, key) => (Object.hasOwn(layout, key) ? layout[key] : undefined),
    sizeIn(flow, key) {
      const node = nodeOf(flow, key);
      return node === undefined ? undefined : shapeOf(node);
    },
    withPlaces: (flow, places) => ({ ...flow, layout: { ...flow.layout, ...Object.fromEntries(places) } }),
    deletable(flow, key) {
      const node = nodeOf(flow, key);
      return node !== undefined && !begins(node);
    },
    without(flow, gone) {
      const nodes = Object.entries(flow.nodes).filter(([key]) => !gone.has(key));
      const layout = Object.entries(flow.layout ?? {}).filter(([key]) => !gone.has(key));
      return {
        ...flow,
        nodes: Object.fromEntries(nodes.map(([key, node]) => [key, unconnected(node, gone)])),
        layout: Object.fromEntries(layout),
      };
    },
    about: (flow, key) => aboutNode(nodeOf(flow, key)),
  },
  note: {
    placeIn: (flow, key) => noteAt(flow, key)?.at,
    sizeIn(flow, key) {
      const note = noteAt(flow, key);
      return note === undefined ? undefined : noteSize(note);
    },
    withPlaces(flow, places) {
      const moved = places.flatMap(([key, at]) => {
        const note = noteAt(flow, key);
        return note === undefined ? [] : [[noteIdOf(key) ?? key, { ...note, at }] as const];
      });
      return withNotes(flow, { ...flow.notes, ...Object.fromEntries(moved) });
    },
    deletable: (flow, key) => noteAt(flow, key) !== undefined,
    without(flow, gone) {
      const notes = Object.entries(flow.notes ?? {}).filter(([id]) => !gone.has(noteKey(id)));
      return withNotes(flow, Object.fromEntries(notes));
    },
    about(flow, key) {
      const label = titleOf(noteAt(flow, key)?.text ?? '');
      return { of: 'notes', ...(label === '' ? {} : { label }) };
    },
  },
};

/** What stands on the canvas: a module of the flow, or a sticky note. */
export type ThingKind = 'node' | 'note';

/** The kind of the thing that goes by a key on the canvas. */
export function kindOf(key: string): ThingKind {
  return noteIdOf(key) === undefined ? 'node' : 'note';
}

/** Where the canvas draws a thing: where the flow says, within the range that a flow may use; the origin if it says nothing. */
export function placeOf(flow: Flow, key: string): Point {
  return withinRange(kinds[kindOf(key)].placeIn(flow, key) ?? [0, 0]);
}

/** Whether a flow says of a thing that it stands out of range: then it is drawn at the edge of the range. */
export function isOutOfRange(flow: Flow, key: string): boolean {
  const place = kinds[kindOf(key)].placeIn(flow, key);
  return place !== undefined && withinRange(place) !== place;
}

/** The room that a thing takes; `undefined` if the flow has none of this key. */
export function boxOf(flow: Flow, key: string): Box | undefined {
  const size = kinds[kindOf(key)].sizeIn(flow, key);
  if (size === undefined) return undefined;
  const [x, y] = placeOf(flow, key);
  return { x, y, width: size.width, height: size.height };
}

/** The room that each node and note takes. */
export function drawnBoxes(flow: Flow): ReadonlyMap<string, Box> {
  const keys = [...Object.keys(flow.nodes), ...Object.keys(flow.notes ?? {}).map(noteKey)];
  return new Map(
    keys.flatMap((key) => {
      const box = boxOf(flow, key);
      return box === undefined ? [] : [[key, box] as const];
    }),
  );
}

/**
 * The nearest place where something of a size covers no node: within a view if one is given and there is room in it, else at or below
 * the wished one.
 */
export function freePlace(flow: Flow, at: Point, size: Size, view?: Box): Point {
  const boxes = Object.keys(flow.nodes).flatMap((key) => boxOf(flow, key) ?? []);
  const within = view === undefined ? undefined : freeWithin(boxes, view, at, size);
  return within ?? freeAmong(boxes, at, size);
}

/** Whether a thing can be deleted: the node where calls begin cannot. */
export function deletable(flow: Flow, key: string): boolean {
  return kinds[kindOf(key)].deletable(flow, key);
}

/** The flow without some things, and without what leads to them. */
export function withoutThings(flow: Flow, gone: ReadonlySet<string>): Flow {
  return Object.values(kinds).reduce((rest, kind) => kind.without(rest, gone), flow);
}

/** The flow with things at other places, on whole pixels and within the range that a flow may use. */
export function withPlaces(flow: Flow, places: Places): Flow {
  const on = places.map(([key, place]) => [key, onPixels(place)] as const);
  return (Object.keys(kinds) as ThingKind[]).reduce(
    (next, kind) =>
      kinds[kind].withPlaces(
        next,
        on.filter(([key]) => kindOf(key) === kind),
      ),
    flow,
  );
}

/** What a step says of the things it was done to. */
export function aboutAll(flow: Flow, keys: readonly string[]): Pick<Step, 'type' | 'label' | 'count' | 'of'> {
  const [only] = keys;
  if (keys.length === 1 && only !== undefined) return kinds[kindOf(only)].about(flow, only);
  const notes = keys.filter((key) => kindOf(key) === 'note').length;
  const of = notes === 0 ? undefined : notes === keys.length ? 'notes' : 'both';
  return { count: keys.length, ...(of === undefined ? {} : { of }) };
}

/** What a step says of one node. */
export function aboutNode(node: FlowNode | undefined): Pick<Step, 'type' | 'label'> {
  if (node === undefined) return {};
  return { type: node.type, ...(node.label === undefined ? {} : { label: node.label }) };
}

function unconnected(node: FlowNode, gone: ReadonlySet<string>): FlowNode {
  const exits = Object.entries(node.exits ?? {});
  const kept = exits.filter(([, target]) => !gone.has(target));
  return kept.length === exits.length ? node : { ...node, exits: Object.fromEntries(kept) };
}
