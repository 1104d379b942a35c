import type { Adding } from './adding.ts';
import type { Changing } from './changing.ts';
import type { Clipping } from './clipping.ts';

/** What keys, buttons and menus can do to the drawing. Each tool tells the user what the drawing does not show. */
export interface Tools extends Adding, Changing, Clipping {
  undo(): void;
  redo(): void;
  /** Remembers where the pointer is, in pixels of the window. */
  point(x: number, y: number): void;
}
