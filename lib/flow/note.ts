import * as v from 'valibot';
import { linesText } from './name.ts';
import { Position } from './position.ts';

/** The most notes of a flow. */
export const mostNotes = 100;

/** The longest text of a note, in characters. */
export const longestNote = 2000;

/** The colours of notes; the first one is the default. */
export const noteColors = ['yellow', 'green', 'blue', 'pink', 'gray'] as const;

/** A colour of a note. */
export type NoteColor = (typeof noteColors)[number];

/** The default width and height of a note, in pixels at zoom 1. */
export const usualNoteSize = [240, 160] as const;

/** The smallest and the largest width or height of a note, in pixels at zoom 1. */
export const noteSide = { min: 40, max: 4000 } as const;

const side = v.pipe(
  v.number('must be a number'),
  v.minValue(noteSide.min, `is smaller than ${noteSide.min}`),
  v.maxValue(noteSide.max, `is larger than ${noteSide.max}`),
);

/** The schema of a sticky note. The canvas shows it behind the nodes; it has no effect on calls. */
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
