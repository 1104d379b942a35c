import type { TFunction } from 'i18next';
import { startsOf } from '../../../lib/engine/graph.ts';
import { nodeOf } from '../../../lib/flow/flow.ts';
import { mostNotes } from '../../../lib/flow/note.ts';
import { noteAt, noteSize, thingsOf } from '../../../lib/flow/notes.ts';
import { add, addNote } from '../document/edits.ts';
import { freeAmong, gap, measure, type Point } from '../document/geometry.ts';
import { begins, freeExit } from '../document/ports.ts';
import type { DocumentStore } from '../document/store.ts';
import { boxOf, placeOf } from '../document/things.ts';
import type { Wire } from '../document/wires.ts';

/** An exit that is not connected yet. */
export type OpenExit = Pick<Wire, 'source' | 'exit'>;

/** How nodes and notes come onto the canvas. */
export interface AddTools {
  addAt(type: string, at: Point, from?: OpenExit): void;
  /** Adds a node where calls go on from the selected one, else into the middle of what is seen. */
  addNext(type: string): void;
  /** Puts a note at a place, else into the middle of what is seen, and opens it to be written on. */
  addNote(at?: Point): void;
  /** Opens a note: this one, or else the only one that is selected. Returns whether there was one. */
  writeOn(id: string | undefined): boolean;
  /** The exit that a new node would follow, of a node or else of the selected one, and where it would stand. */
  next(after?: string): { readonly at: Point; readonly from?: OpenExit };
}

interface Kit {
  readonly store: DocumentStore;
  readonly mayEdit: boolean;
  readonly t: TFunction;
  readonly warn: (text: string) => void;
  /** Where a node stands in the middle of what is seen. */
  readonly middle: () => Point;
}

/** The tools that add nodes and notes. */
export function addTools({ store, mayEdit, t, warn, middle }: Kit): AddTools {
  const tools: AddTools = {
    addAt(type, at, from) {
      if (!mayEdit) return;
      if (isSecondStart(store, type)) return warn(t('canvas.startOnce'));
      const edit = add(store.flow, type, at, from);
      store.apply(edit);
      const [node] = edit.select ?? [];
      // What is typed next is meant for the new node.
      if (node !== undefined) store.show({ node, inside: true });
    },
    addNext(type) {
      const { at, from } = tools.next();
      tools.addAt(type, at, from);
    },
    addNote(at) {
      if (!mayEdit) return;
      const boxes = thingsOf(store.flow).flatMap((id) => boxOf(store.flow, id) ?? []);
      const edit = addNote(store.flow, at ?? freeAmong(boxes, middle(), noteSize({})));
      if (edit === undefined) return warn(t('canvas.noteFull', { most: mostNotes }));
      store.apply(edit);
      store.editNote(edit.key);
    },
    writeOn(id) {
      const [only, another] = store.selected;
      const key = [id, another === undefined ? only : undefined].find(
        (each) => each !== undefined && noteAt(store.flow, each) !== undefined,
      );
      if (key === undefined || !mayEdit) return false;
      store.editNote(key);
      return true;
    },
    next(after) {
      const [id, another] = after === undefined ? store.selected : [after];
      const node = id === undefined || another !== undefined ? undefined : nodeOf(store.flow, id);
      if (id === undefined || node === undefined) return { at: middle() };
      const [x, y] = placeOf(store.flow, id);
      const at: Point = [x + measure.width + gap[0], y];
      const exit = freeExit(node);
      return { at, ...(exit === undefined ? {} : { from: { source: id, exit } }) };
    },
  };
  return tools;
}

/** Whether a type is the one where calls begin, and the flow has such a node. */
export function isSecondStart(store: DocumentStore, type: string): boolean {
  return begins({ type }) && startsOf(store.flow).length > 0;
}
