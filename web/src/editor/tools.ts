import type { Adding } from './adding.ts';
import type { Changing } from './changing.ts';
import type { Clipping } from './clipping.ts';

/** All that a key, a button or a menu can do to the drawing; each tells the user what cannot be seen. */
export interface Tools extends Adding, Changing, Clipping {
  undo(): void;
  redo(): void;
  /** Remembers where the pointer is, in pixels of the window. */
  point(x: number, y: number): void;
}
