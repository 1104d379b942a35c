import { createContext } from 'react';

/**
 * How a part of a drawing is set apart. `layer.css` gives each tone its colour; `error` and `warning` on a node are drawn as a
 * badge, `dim` makes a part pale, `path` is the way of a call and `here` the node where it stands.
 */
export type Tone =
  | 'error'
  | 'warning'
  | 'added'
  | 'removed'
  | 'changed'
  | 'moved'
  | 'path'
  | 'here'
  | 'dim'
  | 'count';

/** What is laid over one node, note, exit or wire. */
export interface Tag {
  readonly tone: Tone;
  /** One character, drawn where there is no room for words: on wires, and on nodes seen from afar. */
  readonly glyph?: string;
  /** A few words or a number, drawn on the node or beside the exit. */
  readonly text?: string;
  /** The full text, for the pointer and for screen readers. */
  readonly title?: string;
}

/**
 * All that is laid over a drawing by one source: the problems of a draft, the differences between two versions, how often callers
 * take each exit, the path of a call. A drawing takes several layers at once. Nodes are redrawn only if one of their tags differs.
 *
 * @example `{ nodes: new Map([['menu', { tone: 'here' }]]), exits: new Map([['menu', new Map([['1', { tone: 'count', text: '42' }]])]]) }`
 */
export interface Layer {
  /** By the id of a node, or the key of a note (`noteKey`). */
  readonly nodes?: ReadonlyMap<string, Tag>;
  /** By the id of a node, then by the exit. */
  readonly exits?: ReadonlyMap<string, ExitTags>;
  /** By the id of a wire (`wireId`). */
  readonly wires?: ReadonlyMap<string, Tag>;
}

/** The tags of a node's exits. */
export type ExitTags = ReadonlyMap<string, Tag>;

const none: readonly Tag[] = [];

/** What layers lay over a node or a wire; the same empty list for all that have nothing, which are most. */
export function tagsAt(layers: readonly Layer[], what: 'nodes' | 'wires', id: string): readonly Tag[] {
  if (!layers.some((layer) => layer[what]?.has(id))) return none;
  return layers.flatMap((layer) => layer[what]?.get(id) ?? []);
}

/** Whether two lists hold equal tags in the same order. */
export function sameTags(one: readonly Tag[], other: readonly Tag[]): boolean {
  return one.length === other.length && one.every((tag, index) => sameTag(tag, other[index]));
}

/** Whether two lists hold equal tags for the same exits. */
export function sameExits(one: readonly ExitTags[], other: readonly ExitTags[]): boolean {
  return one.length === other.length && one.every((tags, index) => sameExitTags(tags, other[index]));
}

function sameExitTags(one: ExitTags, other: ExitTags | undefined): boolean {
  if (one === other) return true;
  return one.size === other?.size && [...one].every(([exit, tag]) => sameTag(tag, other.get(exit)));
}

function sameTag(one: Tag, other: Tag | undefined): boolean {
  if (one === other) return true;
  const { tone, glyph, text, title } = one;
  return tone === other?.tone && glyph === other.glyph && text === other.text && title === other.title;
}

/** The tones of a list of tags as the value of `data-tone`; undefined if there are none. */
export function tonesOf(tags: readonly Tag[]): string | undefined {
  return tags.length === 0 ? undefined : tags.map(({ tone }) => tone).join(' ');
}

/** Whether the canvas is seen from so far that nothing on it can be read. */
export const FarContext = createContext(false);
