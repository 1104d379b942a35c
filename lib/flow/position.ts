import * as v from 'valibot';

/** A place on the canvas, in pixels at zoom 1. */
export const Position = v.strictTuple(
  [v.number('must be a number'), v.number('must be a number')],
  'must be two numbers: [x, y]',
);
