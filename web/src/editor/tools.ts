import type { Point } from '../document/geometry.ts';
import type { AddTools } from './addtools.ts';
import type { ClipboardTools } from './clipboardtools.ts';
import type { EditTools } from './edittools.ts';

/** How one goes through a flow without a mouse. */
export interface NavigationTools {
  /** The node that a key is meant for: the one with the focus, else the only one that is selected. */
  nodeAt(thing: string | undefined): string | undefined;
  /** Opens the form of a node and puts the focus into it. Returns whether there was a node. */
  open(thing: string | undefined): boolean;
  /** Goes on along the connections; several selected nodes stay where they are. Returns whether there was a way. */
  walk(key: string, thing: string | undefined): boolean;
  /** Puts the focus on a node of the drawing, which is brought into view for it. */
  focus(id: string): void;
  /** Makes the drawing larger by a factor, or shows all of it, or all in its own size. */
  zoom(by: number | 'fit' | 'natural'): void;
}

/** How what follows a node is hidden on the drawing, and shown again. The flow stays as it is. */
export interface FoldTools {
  /** Folds a node, or unfolds it if it is folded. */
  fold(id: string): void;
  unfoldAll(): void;
}

/** What keys, buttons and menus can do to the drawing. Each tool tells the user what the drawing does not show. */
export interface Tools extends AddTools, EditTools, ClipboardTools, FoldTools, NavigationTools {
  undo(): void;
  redo(): void;
  /** The place of the drawing that is seen at a point of the window, which is in pixels. */
  drawingAt(x: number, y: number): Point;
  /** The point of the window at which a place of the drawing is seen. */
  windowAt(place: Point): Point;
  /** Remembers where the pointer is, in pixels of the window. */
  point(x: number, y: number): void;
}
