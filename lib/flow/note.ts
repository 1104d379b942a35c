import * as v from 'valibot';
import { linesText } from './name.ts';
import { Position } from './position.ts';

/** What a flow may hold of notes. */
export const mostNotes = 100;

/** What a note may say, in characters. */
export const longestNote = 2000;

/** The colours of notes; the first is that of a note that names none. */
export const noteColors = ['yellow', 'green', 'blue', 'pink', 'gray'] as const;

/** A colour of a note. */
export type NoteColor = (typeof noteColors)[number];

/** How wide and high a note is that does not say so, in pixels at zoom 1. */
export const usualNoteSize = [240, 160] as const;

/** The least and the most that a side of a note may measure. */
export const noteSide = { least: 40, most: 4000 } as const;

const side = v.pipe(
  v.number('must be a number'),
  v.minValue(noteSide.least, `is smaller than ${noteSide.least}`),
  v.maxValue(noteSide.most, `is larger than ${noteSide.most}`),
);

/** A sticky note: the canvas shows it behind the nodes, and no call knows of it. */
export const Note = v.strictObject(
  {
    at: v.pipe(Position, v.description('Where its upper left corner is')),
    size: v.optional(
      v.pipe(
        v.strictTuple([side, side], 'must be two numbers: [width, height]'),
        v.description(`How wide and high it is; ${usualNoteSize.join(' by ')} where it does not say`),
      ),
    ),
    text: v.pipe(linesText(longestNote), v.description('What it says, in Markdown')),
    color: v.optional(
      v.pipe(
        v.picklist(noteColors, `must be one of ${noteColors.join(', ')}`),
        v.description(`What it looks like; ${noteColors[0]} where it does not say`),
      ),
    ),
  },
  'must be an object: { "at": [0, 0], "text": "…" }',
);

/** A sticky note, as it stands in a flow. */
export interface Note {
  readonly at: readonly [x: number, y: number];
  readonly size?: readonly [width: number, height: number];
  readonly text: string;
  readonly color?: NoteColor;
}
